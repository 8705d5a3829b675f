"""What accounts give to the panel, by hand; what they do not know they do not give."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from factories.exercices import ANNEE, write_exercice

from maillage.analyses.comptes.exercice import compute_exercice
from maillage.analyses.comptes.heure import sum_charges
from maillage.analyses.panel.comptes import (
    DES_MEMES_EUROS,
    LIES,
    RATIOS,
    RATIOS_COMPTES,
    choose_exercice,
    read_comptes,
)
from maillage.data.sources.fec.lecture import read_fec
from maillage.indicators.panel.contribution import Mesure
from maillage.indicators.pilotage.heures import Heures, make_unknown
from maillage.kernel.valeur import Absence

if TYPE_CHECKING:
    from pathlib import Path

    from maillage.analyses.comptes.exercice import Exercice

HEURES = Heures(6_500.0, 5_000.0, 60_000.0, ())
AI = frozenset({"AI"})


@pytest.fixture
def exercice(tmp_path: Path) -> Exercice:
    """The year of `factories.exercices`: charges 6,000 + 9,000 + 4,000 + 90,000 + 20,000 + 3,000 + 400 €."""
    return compute_exercice(read_fec(write_exercice(tmp_path, ANNEE)))


def test_ratios_of_accounts_by_hand(exercice: Exercice) -> None:
    """132,400 € of charges, 120,000 € of sales, 5,000 hours billed."""
    assert sum_charges(exercice) == 132_400
    found = read_comptes(exercice, HEURES, AI)
    assert set(found) == set(RATIOS_COMPTES)
    assert found["cout_heure"] == Mesure(132_400 / 5_000, 5_000)
    assert found["ventes_par_heure"] == Mesure(120_000 / 5_000, 5_000)
    assert found["resultat_pour_100"].valeur == pytest.approx(
        100 * exercice.sig[-1].centimes / 100 / 132_400
    )
    assert found["mois_de_tresorerie"] == Mesure(exercice.cloture.mois_sur_exercice, 132_400)  # type: ignore[arg-type]


def test_kinds_that_do_not_bill_are_divided_by_hours_worked(exercice: Exercice) -> None:
    assert read_comptes(exercice, HEURES, frozenset({"ACI"}))["cout_heure"].poids == 6_500


def test_without_hours_only_what_needs_none_is_given(exercice: Exercice) -> None:
    found = read_comptes(exercice, make_unknown([date(2024, 1, 1)]), AI)
    assert set(found) == {"resultat_pour_100", "mois_de_tresorerie"}


def test_without_charges_or_opening_nothing_is_given(tmp_path: Path) -> None:
    ventes = [("VE", "20240131", {"411000": 100, "708400": -100})]
    vide = compute_exercice(read_fec(write_exercice(tmp_path, ventes)))
    assert vide.cloture.mois_sur_exercice is Absence.INCONNUE
    assert read_comptes(vide, make_unknown([]), AI) == {}


def test_only_one_year_of_twelve_months_that_closes_in_the_year(exercice: Exercice) -> None:
    court = replace(
        exercice, mouvements=replace(exercice.mouvements, mois=exercice.mouvements.mois[:6])
    )
    assert choose_exercice([exercice, court], 2024) is exercice
    assert choose_exercice([court], 2024) is None
    assert choose_exercice([exercice], 2023) is None
    assert choose_exercice([exercice, exercice], 2024) is None
    assert choose_exercice([], 2024) is None


def test_ratios_of_the_same_euros_are_linked_and_each_is_in_one_set() -> None:
    [euros] = LIES
    assert euros <= set(RATIOS)
    assert set(DES_MEMES_EUROS) < euros
    assert "part_ventes" in euros
    assert "mois_de_tresorerie" not in euros
