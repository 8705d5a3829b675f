"""Standardised distance, missing dimensions, arrondissements."""

from __future__ import annotations

import numpy as np
import pytest

from maillage.indicators.comparables import (
    distances,
    find_comparables,
    is_arrondissement,
    nearest,
    standardise,
)
from maillage.indicators.cube import Cube, Releve
from maillage.kernel.niveau import Niveau
from maillage.kernel.valeur import Absence, Colonne

NAN = float("nan")


def test_columns_are_centred_and_scaled_without_the_missing_ones() -> None:
    found = standardise(np.array([[1.0, 5.0], [3.0, 5.0], [NAN, 5.0]]))
    expected = np.array([[-1.0, 0.0], [1.0, 0.0], [NAN, 0.0]])
    np.testing.assert_allclose(found, expected)


def test_a_constant_that_floats_cannot_average_exactly_stays_constant() -> None:
    found = standardise(np.full((3, 1), 0.1))
    np.testing.assert_array_equal(found, np.zeros((3, 1)))


def test_distance_is_scaled_to_the_full_vector() -> None:
    """Two shared dimensions out of four: the squared distance counts twice."""
    matrix = np.array([[0.0, 0, 0, 0], [3.0, 4.0, NAN, NAN], [1.0, NAN, NAN, NAN]])
    found = distances(matrix, 0)
    assert found[0] == np.inf
    assert found[1] == pytest.approx(50**0.5)
    assert found[2] == np.inf  # one of four is fewer than half


def test_nearest_come_first_and_ties_keep_their_order() -> None:
    matrix = np.array([[0.0], [2.0], [1.0], [-1.0], [9.0]])
    assert nearest(matrix, 0, 3) == [(2, 1.0), (3, 1.0), (1, 2.0)]
    assert nearest(matrix, 0, 3, np.array([True, True, False, False, True])) == [
        (1, 2.0),
        (4, 9.0),
    ]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("75056", False),
        ("75101", True),
        ("75120", True),
        ("75121", False),
        ("69389", True),
        ("69380", False),
        ("13216", True),
        ("13217", False),
        ("13200", False),
        ("2A004", False),
    ],
)
def test_arrondissements_are_told_by_their_code(code: str, expected: bool) -> None:  # noqa: FBT001 — a table of cases
    assert is_arrondissement(Niveau.COMMUNE, code) is expected
    assert not is_arrondissement(Niveau.EPCI, code)


def test_arrondissements_are_not_compared_with_communes() -> None:
    codes = ("13055", "35238", "44109", "75101", "75102")
    names = ("population", "taux_chomage_rp", "part_population_rurale", "part_population_qpv")
    releves = {
        (name, Niveau.COMMUNE): Releve(
            name, Niveau.COMMUNE, {"2021": Colonne.from_valeurs([50, 10, 11, 10, 10])}, {}
        )
        for name in names
    }
    cube = Cube("v", {Niveau.COMMUNE: codes}, releves)
    assert [code for code, _ in find_comparables(cube, Niveau.COMMUNE, "35238")] == [
        "44109",
        "13055",
    ]
    assert [code for code, _ in find_comparables(cube, Niveau.COMMUNE, "75101")] == ["75102"]


def test_a_territory_without_inhabitants_has_no_logarithm() -> None:
    column = Colonne.from_valeurs([0, 10, Absence.INCONNUE])
    releves = {("population", Niveau.EPCI): Releve("population", Niveau.EPCI, {"2021": column}, {})}
    cube = Cube("v", {Niveau.EPCI: ("a", "b", "c")}, releves)
    assert find_comparables(cube, Niveau.EPCI, "a") == []
