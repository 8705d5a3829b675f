"""The YAML cases again, to the cent: OpenFisca's own runner compares in 32 bits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import yaml
from openfisca_core.simulations import SimulationBuilder

import cas

if TYPE_CHECKING:
    from openfisca_maillage import CountryTaxBenefitSystem

CAS = [un_cas for nom in cas.FICHIERS for un_cas in yaml.safe_load(cas.render(nom))]


def isoformat(entrees: Any) -> Any:
    """Dates as OpenFisca reads them in its own files: text."""
    return {
        str(nom): isoformat(valeur)
        if isinstance(valeur, dict)
        else valeur
        if isinstance(valeur, (int, float, str))
        else valeur.isoformat()
        for nom, valeur in entrees.items()
    }


@pytest.mark.parametrize("nom", cas.FICHIERS)
def test_the_yaml_files_are_the_ones_the_program_writes(nom: str) -> None:
    """`.venv-openfisca/bin/python openfisca/outils/cas.py` refreshes them."""
    assert (cas.DOSSIER / f"{nom}.yaml").read_text(encoding="utf-8") == cas.render(nom)


@pytest.mark.parametrize("un_cas", CAS, ids=lambda un_cas: un_cas["name"])
def test_a_case_is_exact(systeme: CountryTaxBenefitSystem, un_cas: dict[str, Any]) -> None:
    if "reforms" in un_cas:
        systeme = systeme.apply_reform(un_cas["reforms"])
    batisseur = SimulationBuilder()
    batisseur.set_default_period(str(un_cas["period"]))
    simulation = batisseur.build_from_dict(systeme, isoformat(un_cas["input"]))
    assert simulation is not None
    marge = un_cas.get("absolute_error_margin", 0)
    for nom, attendu in un_cas["output"].items():
        dates = attendu if isinstance(attendu, dict) else {un_cas["period"]: attendu}
        for periode, valeur in dates.items():
            trouve = simulation.calculate(nom, str(periode))[0]
            if isinstance(valeur, float):
                # the rounding of the case, and the half step of the float32 that holds it
                assert abs(float(trouve) - valeur) <= marge + np.spacing(np.float32(valeur))
            else:
                assert trouve == valeur


def test_every_case_is_carried_over() -> None:
    assert len(CAS) == sum(
        (cas.CAS / nom / "cas.toml").read_text(encoding="utf-8").count("[[cas]]")
        for nom in cas.FICHIERS
    )
    assert {nom for un_cas in CAS for nom in un_cas["output"] if nom.startswith("refus_")} == {
        "refus_montant_total_annuel",
        "refus_contrat_passerelle",
        "refus_part_departement",
    }
