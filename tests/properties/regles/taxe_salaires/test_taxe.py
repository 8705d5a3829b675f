"""The tax on wages never falls when the pay rises, and never exceeds its gross amount."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from maillage.regles.taxe_salaires.formules import (
    majoration_individuelle_2014_2017,
    majoration_individuelle_depuis_2018,
    taxe_apres_decote,
    taxe_due,
)

AMOUNTS = st.lists(st.floats(0, 500_000), min_size=2, max_size=8).map(sorted)


def column(valeur: float, n: int) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.full(n, valeur)


def after(brutes: list[float]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    n = len(brutes)
    return taxe_apres_decote(np.array(brutes), column(1200, n), column(2040, n), column(0.75, n))


@given(AMOUNTS)
def test_rises_with_the_gross_tax_and_stays_under_it(brutes: list[float]) -> None:
    obtenues = after(brutes)
    assert (np.diff(obtenues) >= -1e-9).all()
    assert (obtenues <= np.array(brutes) + 1e-9).all()


def test_both_sides_of_the_franchise_and_of_the_ceiling() -> None:
    obtenues = after([0, 1199.99, 1200, 1200.01, 2039.99, 2040, 2040.01])
    assert np.round(obtenues, 4).tolist() == [0, 0, 0, 570.0175, 2039.9825, 2040, 2040.01]


@given(AMOUNTS)
def test_the_allowance_never_makes_a_credit(brutes: list[float]) -> None:
    n = len(brutes)
    nettes = np.array(brutes)
    dues = taxe_due(nettes, np.full(n, fill_value=True), column(24_256, n))
    assert (dues >= 0).all()
    assert (nettes - dues <= 24_256 + 1e-6).all()
    assert taxe_due(nettes, np.full(n, fill_value=False), column(24_256, n)).tolist() == brutes


@given(AMOUNTS)
def test_increases_rise_with_the_pay_and_the_third_bracket_adds(pays: list[float]) -> None:
    n, pay = len(pays), np.array(pays)
    seuils = [column(seuil, n) for seuil in (7721, 15417, 152279)]
    taux = [column(un, n) for un in (0.0425, 0.0935, 0.1575)]
    trois = majoration_individuelle_2014_2017(pay, *seuils, *taux)
    deux = majoration_individuelle_depuis_2018(pay, *seuils[:2], *taux[:2])
    assert (np.diff(trois) >= 0).all()
    assert (trois >= deux - 1e-9).all()
    assert (deux[pay <= 7721] == 0).all()
