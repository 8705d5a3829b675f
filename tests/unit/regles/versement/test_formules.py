"""Advance and final right of an annexe in one row."""

from __future__ import annotations

import numpy as np
import pytest

from maillage.regles.versement.formules import avance_mensuelle_centimes, droit_final_centimes


def test_a_twelfth_or_a_month_of_the_annexe() -> None:
    avances = avance_mensuelle_centimes(np.array([42572000, 10940264, 0]), np.array([12, 8, 3]))

    assert avances.tolist() == [3547667, 1367533, 0]


@pytest.mark.parametrize(
    ("realises", "attendu"),
    [(0, 0), (12000, 21286000), (23999, 42570226), (24000, 42572000), (24001, 42572000)],
)
def test_both_sides_of_the_cap(realises: int, attendu: int) -> None:
    droits = droit_final_centimes(
        np.array([42572000]), np.array([2000]), np.array([12]), np.array([realises])
    )

    assert droits.tolist() == [attendu]


def test_nothing_agreed_gives_no_right() -> None:
    droits = droit_final_centimes(np.array([0]), np.array([0]), np.array([12]), np.array([500]))

    assert droits.tolist() == [0]
