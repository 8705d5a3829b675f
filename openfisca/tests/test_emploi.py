"""The table of typical households is what OpenFisca-France gives, from Python and from its web API."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pytest
from openfisca_core.simulations import SimulationBuilder
from serveur import ask, serve

import emploi
from maillage.analyses.emploi.foyers import DOSSIER, read_hypotheses
from maillage.regles.engine.legislation import load_legislation
from situations import IMPOT, build_situation

if TYPE_CHECKING:
    from pathlib import Path

    from situations import Poste

pytestmark = pytest.mark.filterwarnings(
    # exemptions that OpenFisca-France computes beside divide by zero
    "ignore:divide by zero:RuntimeWarning",
    "ignore:invalid value:RuntimeWarning",
)
HYPOTHESES = read_hypotheses()
GARDEES = {
    tuple(ligne.split(",")[:4]): ligne
    for ligne in (DOSSIER / emploi.FICHIER).read_text(encoding="utf-8").splitlines()
    if not ligne.startswith(("#", "mois,"))
}
ECHANTILLON = (
    ("seul_rsa", 0, 0),
    ("isole_2_enfants", 24, 50),
    ("couple_2_enfants_smic", 10, 0),
    ("seul_57_ass", 0, 0),
    ("seul_57_proprietaire", 26, 0),
    ("jeune_22_heberge", 35, 200),
)
PRESTATIONS = (
    *("af_nettes_crds", "cf_net_crds", "asf_nette_crds", "rsa", "ppa_nette_crds", "aide_logement"),
)


@pytest.fixture(scope="module")
def france() -> emploi.France:
    return emploi.France()


def choose(france: emploi.France, mois: str) -> list[Poste]:
    postes = [
        poste
        for poste in france.list_postes(HYPOTHESES, mois)
        if (poste.foyer.code, poste.heures, poste.majoration_centimes) in ECHANTILLON
    ]
    assert len(postes) == len(ECHANTILLON)
    return postes


def get_gardee(ligne: list[str]) -> str:
    return GARDEES[tuple(ligne[:4])]


@pytest.mark.parametrize("mois", HYPOTHESES.mois)
def test_rows_computed_apart_are_those_of_the_table(france: emploi.France, mois: str) -> None:
    """The whole table is compared by `python3 tools/openfisca.py`; here a few rows, by themselves."""
    postes = choose(france, mois)
    resultats = france.compute(postes)
    for poste in postes:
        ligne = emploi.build_ligne(poste, resultats)
        assert ",".join(ligne) == get_gardee(ligne)


def test_the_web_api_gives_the_same_rows(france: emploi.France, tmp_path: Path) -> None:
    with serve("openfisca_france", tmp_path / "journal.txt") as adresse:
        for mois in HYPOTHESES.mois:
            postes = choose(france, mois)
            reponse = ask(f"{adresse}/calculate", build_situation(postes))
            resultats = emploi.read_reponse(reponse, postes[0])
            for poste in postes:
                ligne = emploi.build_ligne(poste, resultats)
                assert ",".join(ligne) == get_gardee(ligne)


def test_every_row_of_the_table_is_asked_for(france: emploi.France) -> None:
    attendues = {
        (p.mois, p.foyer.code, str(p.heures), f"{p.majoration_centimes / 100:.2f}")
        for mois in HYPOTHESES.mois
        for p in france.list_postes(HYPOTHESES, mois)
    }
    assert attendues == GARDEES.keys()


@pytest.mark.parametrize("mois", HYPOTHESES.mois)
def test_both_read_the_same_smic(france: emploi.France, mois: str) -> None:
    nous = load_legislation().resolve("smic.horaire_brut", date.fromisoformat(f"{mois}-01"))
    assert france.get_smic(mois) == pytest.approx(float(str(nous.valeur)))


@pytest.mark.parametrize("mois", HYPOTHESES.mois)
def test_no_part_of_the_income_is_forgotten(france: emploi.France, mois: str) -> None:
    """Over a year, what OpenFisca-France calls disposable income is our parts, month by month, plus two.

    The two are the Christmas bonus (`aefa`) and the back-to-school allowance (`ars`), paid once a
    year: the table leaves them out, and the documentation says so.
    """
    postes = choose(france, mois)
    simulation = SimulationBuilder().build_from_entities(france.systeme, build_situation(postes))
    annee = mois[:4]
    total = sum(simulation.calculate_add(nom, annee).astype(float) for nom in PRESTATIONS)
    total += simulation.calculate("aefa", annee) + simulation.calculate("ars_nette_crds", annee)
    total += simulation.calculate(IMPOT, annee)
    # households and families hold the same people here, in the same order
    menages = simulation.populations["menage"].members_entity_id
    for nom in ("salaire_net", "ass"):
        total += np.bincount(menages, simulation.calculate_add(nom, annee))
    disponible = simulation.calculate("revenu_disponible", annee)
    assert np.abs(disponible - total).max() < 0.5


def test_what_a_household_lives_on_is_what_its_assumption_says(france: emploi.France) -> None:
    for mois in HYPOTHESES.mois:
        postes = [p for p in france.list_postes(HYPOTHESES, mois) if not p.heures]
        resultats = france.compute(postes)
        for poste in postes:
            rsa = resultats["familles"][poste.code]["rsa"] > 0
            ass = resultats["individus"][poste.code]["ass"] > 0
            assert (rsa, ass) == (poste.foyer.avant == "rsa", poste.foyer.avant == "ass")


def test_the_assumptions_on_the_employer_are_heard(france: emploi.France) -> None:
    """One point more of accidents at work; from fifty employees, FNAL 0.50 % for 0.10 %, PEEC 0.45 %."""
    [poste] = [
        p
        for p in france.list_postes(HYPOTHESES, HYPOTHESES.mois[-1])
        if (p.foyer.code, p.heures, p.majoration_centimes) == ("seul_rsa", 24, 0)
    ]
    brut, cotisations = get_couts(france, poste)
    plus_risque = replace(poste, taux_accident_travail=poste.taux_accident_travail + 0.01)
    assert get_couts(france, plus_risque)[1] - cotisations == pytest.approx(0.01 * brut, abs=0.01)
    plus_grand = replace(poste, effectif=60)
    assert get_couts(france, plus_grand)[1] - cotisations == pytest.approx(0.0085 * brut, abs=0.01)


def get_couts(france: emploi.France, poste: Poste) -> tuple[float, float]:
    """Gross pay, and contributions of the employer at full rate."""
    ligne = dict(
        zip(emploi.COLONNES, emploi.build_ligne(poste, france.compute([poste])), strict=True)
    )
    return float(ligne["salaire_brut"]), float(ligne["cotisations_employeur"])
