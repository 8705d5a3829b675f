"""One rounding, halves away from zero, exact at any size."""

from __future__ import annotations

import numpy as np
import pytest

from maillage.regles.aide_au_poste.arrondi import prorata, to_centimes


def test_halves_go_away_from_zero() -> None:
    montants = np.array([1, 3, -1, -3, 5, 0])

    assert prorata(montants, np.array([1]), np.array([2])).tolist() == [1, 2, -1, -2, 3, 0]


def test_just_under_and_over_a_half() -> None:
    montants = np.array([499, 500, 501, -499, -500])

    assert prorata(montants, np.array([1]), np.array([1000])).tolist() == [0, 1, 1, 0, -1]


def test_a_product_beyond_int64_is_still_exact() -> None:
    """4 × 10¹⁸ × 3 does not fit in int64; the third of it does."""
    grand = np.array([4 * 10**18, 7])

    assert prorata(grand, np.array([3]), np.array([3])).tolist() == [4 * 10**18, 7]
    assert prorata(grand, np.array([3]), np.array([3])).dtype == np.int64


def test_a_product_at_the_border_of_the_fast_path() -> None:
    for borne in (2**51, 2**61, 2**62):
        for produit in (borne - 1, borne, borne + 1):
            attendu = (produit + 1) // 2
            assert prorata(np.array([produit]), np.array([1]), np.array([2])).tolist() == [attendu]
            assert prorata(np.array([-produit]), np.array([1]), np.array([2])).tolist() == [
                -attendu
            ]
            # a divisor at the same border: 1 × 1 ÷ d is nothing, d × 1 ÷ d is one
            un = prorata(np.array([1, produit]), np.array([1]), np.array([produit]))
            assert un.tolist() == [0, 1]


def test_a_result_that_does_not_fit_is_refused() -> None:
    with pytest.raises(OverflowError):
        prorata(np.array([2**62]), np.array([4]), np.array([1]))


@pytest.mark.parametrize("denominateur", [0, -1])
def test_a_denominator_is_positive(denominateur: int) -> None:
    with pytest.raises(ValueError, match="positive"):
        prorata(np.array([1]), np.array([1]), np.array([denominateur]))


def test_nothing_gives_nothing() -> None:
    vide = np.array([], dtype=np.int64)

    assert prorata(vide, vide, vide).tolist() == []


@pytest.mark.parametrize(
    ("euros", "centimes"),
    [(20441.0, 2044100), (565.34, 56534), (0.005, 1), (1.005, 101), (2.675, 268), (-0.005, -1)],
)
def test_euros_become_cents(euros: float, centimes: int) -> None:
    assert to_centimes(np.array([euros])).tolist() == [centimes]


@pytest.mark.parametrize("euros", [np.nan, np.inf, -np.inf, 2e9])
def test_what_is_not_an_amount_is_refused(euros: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        to_centimes(np.array([euros]))
