"""Arithmetic in which an absence never becomes a number."""

from __future__ import annotations

import numpy as np

from maillage.indicators.columns import mask, product, ratio, sum_by_group
from maillage.kernel.valeur import Absence, Colonne

SECRETE, INCONNUE = Absence.SECRETE, Absence.INCONNUE


def test_ratio_says_why_it_is_not_a_number() -> None:
    haut = Colonne.from_valeurs([1, 1, SECRETE, 0, SECRETE])
    bas = Colonne.from_valeurs([4, 0, 2, INCONNUE, 0])
    assert list(ratio(haut, bas, 100)) == [25, Absence.SANS_OBJET, SECRETE, INCONNUE, SECRETE]


def test_product_is_unknown_as_soon_as_one_is() -> None:
    left = Colonne.from_valeurs([2, 2, SECRETE])
    assert list(product(left, Colonne.from_valeurs([3, INCONNUE, 0]), 0.5)) == [
        3,
        INCONNUE,
        SECRETE,
    ]


def test_mask_removes_known_figures() -> None:
    found = mask(Colonne.from_valeurs([1, 2]), np.array([True, False]), SECRETE)
    assert list(found) == [SECRETE, 2]


def test_a_group_needs_all_its_figures() -> None:
    column = Colonne.from_valeurs([1, 2, 3, SECRETE, INCONNUE, INCONNUE, 9])
    groups = np.array([0, 0, 1, 1, 1, 1, -1], dtype=np.intp)
    assert list(sum_by_group(column, groups, 3)) == [3, INCONNUE, INCONNUE]
