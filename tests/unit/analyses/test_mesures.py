"""Correlations, ranks and least squares, on figures that a hand can check."""

from __future__ import annotations

import math

import numpy as np
import pytest

from maillage.analyses.targets.measures import fit, mean_ranks, pearson, spearman


def test_pearson_of_a_straight_line_and_of_its_opposite() -> None:
    x = np.array([1.0, 2.0, 4.0])

    assert pearson(x, 3 * x + 1) == pytest.approx(1.0)
    assert pearson(x, -x) == pytest.approx(-1.0)


def test_pearson_of_a_known_example() -> None:
    x = np.array([1.0, 2.0, 3.0, 4.0])
    y = np.array([1.0, 3.0, 2.0, 5.0])

    assert pearson(x, y) == pytest.approx(5.5 / math.sqrt(5 * 8.75))


def test_a_constant_column_has_no_correlation() -> None:
    assert math.isnan(pearson(np.ones(3), np.array([1.0, 2.0, 3.0])))


@pytest.mark.parametrize("other", [np.ones(2), np.ones(4)])
def test_too_few_points_or_unequal_columns_are_refused(other: np.ndarray) -> None:
    with pytest.raises(ValueError, match="same length"):
        pearson(other, np.ones(min(3, len(other))))


def test_ties_share_their_mean_rank() -> None:
    assert mean_ranks(np.array([10.0, 30.0, 10.0, 20.0])).tolist() == [1.5, 4.0, 1.5, 3.0]
    assert spearman(np.array([1.0, 2.0, 100.0]), np.array([2.0, 3.0, 4.0])) == pytest.approx(1.0)


def test_least_squares_find_an_exact_plane() -> None:
    a = np.array([0.0, 1.0, 2.0, 3.0, 5.0])
    b = np.array([1.0, 0.0, 4.0, 2.0, 2.0])

    found = fit(1 + 2 * a - 3 * b, [a, b])

    assert found.constante == pytest.approx(1.0)
    assert found.coefficients == pytest.approx((2.0, -3.0))
    assert found.r2 == pytest.approx(1.0)
    assert found.r2_partiels == pytest.approx((1.0, 1.0))


def test_a_useless_column_explains_nothing() -> None:
    a = np.array([-1.0, 1.0, -1.0, 1.0])
    b = np.array([-1.0, -1.0, 1.0, 1.0])
    noise = np.array([0.1, -0.1, -0.1, 0.1])

    found = fit(2 * a + noise, [a, b])

    assert found.coefficients == pytest.approx((2.0, 0.0), abs=1e-12)
    assert found.r2_partiels[1] == pytest.approx(0.0, abs=1e-12)
    assert found.erreurs == pytest.approx((0.1, 0.1))


def test_more_coefficients_than_rows_are_refused() -> None:
    with pytest.raises(ValueError, match="coefficients"):
        fit(np.ones(3), [np.ones(3), np.ones(3)])
