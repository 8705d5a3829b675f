"""Published costings and the spending of 2019, from ETP and amounts of the law."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from maillage.kernel.valeur import Absence
from maillage.regles.budget.chiffrage import (
    KINDS_RAP_2019,
    check_total_2019,
    chiffrer_execution_2019,
    chiffrer_publie,
    implied_effectif,
)
from maillage.regles.budget.lecture import load_budget
from maillage.regles.engine.legislation import load_parametres

TEXT = Path(__file__).with_name("chiffrages.toml").read_text(encoding="utf-8")
CASES = tomllib.loads(TEXT)
BUDGET = load_budget()


@pytest.mark.parametrize("cas", CASES["cas"], ids=lambda cas: cas["titre"])
def test_a_published_costing_is_reproduced(cas: dict[str, Any]) -> None:
    publie = BUDGET.get_chiffrage(cas["chiffrage"])
    implicite = implied_effectif(publie)
    chiffrage = chiffrer_publie(publie, implicite)
    assert round(implicite.valeur) == cas["etp_implicites"]
    assert not isinstance(chiffrage.valeur_centimes, Absence)
    assert round(chiffrage.valeur_centimes / 100) == cas["cout_recalcule_euros"]
    assert chiffrage.ecart_centimes == pytest.approx(0, abs=1)


@pytest.mark.parametrize("cas", CASES["execution_2019"], ids=lambda cas: cas["titre"])
def test_the_spending_of_2019_by_kind(cas: dict[str, Any]) -> None:
    valeurs = load_parametres(date(2019, 1, 1))
    socles = {
        kind: float(valeurs.get(f"aide_au_poste.montant_socle.{kind}").valeur)  # type: ignore[arg-type]  # an amount
        for kind in KINDS_RAP_2019
    }
    chiffrages = chiffrer_execution_2019(BUDGET, socles, cas["taux_module_moyen"])
    implicites = [chiffrage.etp_implicites for chiffrage in chiffrages]
    connus = [round(etp) for etp in implicites if not isinstance(etp, Absence)]
    assert dict(zip(KINDS_RAP_2019, connus, strict=True)) == cas["etp_implicites"]
    ecart, phrase = check_total_2019(BUDGET, chiffrages)
    assert not isinstance(ecart, Absence)
    assert round(ecart) == cas["ecart_aux_76000_postes_finances"]
    assert "part modulée" in phrase


def test_every_case_cites_its_text() -> None:
    assert all(cas["texte"] for liste in CASES.values() for cas in liste)
