"""Limits included, bad input refused, empty worlds."""

from __future__ import annotations

import numpy as np
import pytest

from maillage.indicators.access.pairs import (
    Pairs,
    Points,
    build_pairs,
    count_reachable,
    pairs_from_triplets,
)
from maillage.indicators.access.travel import Hypotheses

CENTRALES = Hypotheses.centrales()
ALL = np.ones(3, dtype=bool)


def make_points(*places: tuple[float, float, int]) -> Points:
    latitude, longitude, milieux = np.array(places, dtype=np.float64).reshape(-1, 3).T
    return Points(latitude, longitude, milieux.astype(np.uint8))


@pytest.fixture
def pairs() -> Pairs:
    """Origin 0 at 15, 30 and 45 minutes of the three structures; origin 1 reaches nothing."""
    return pairs_from_triplets(
        np.array([0, 0, 0]), np.array([2, 0, 1]), np.array([45.0, 15.0, 30.0]), (2, 3), 45
    )


def test_a_limit_is_included(pairs: Pairs) -> None:
    found = [count_reachable(pairs, ALL, minutes).tolist() for minutes in (14, 15, 30, 45)]
    assert found == [[0, 0], [1, 0], [2, 0], [3, 0]]
    assert count_reachable(pairs, ALL, np.nextafter(30, 0)).tolist() == [1, 0]


def test_only_the_structures_that_count_are_counted(pairs: Pairs) -> None:
    assert count_reachable(pairs, np.array([False, True, False]), 45).tolist() == [1, 0]


def test_pairs_are_sorted_and_their_minutes_follow(pairs: Pairs) -> None:
    assert pairs.structure.tolist() == [0, 1, 2]
    assert pairs.minutes.tolist() == [15, 30, 45]
    assert pairs.debut.tolist() == [0, 3, 3]
    assert (pairs.nombre_origines, len(pairs)) == (2, 3)


def test_beyond_the_trips_kept_a_count_is_refused(pairs: Pairs) -> None:
    with pytest.raises(ValueError, match="46"):
        count_reachable(pairs, ALL, 46)


@pytest.mark.parametrize("max_minutes", [-1, 256])
def test_limits_that_do_not_fit_are_refused(max_minutes: float) -> None:
    nowhere = make_points()
    with pytest.raises(ValueError, match="between 0 and 255"):
        build_pairs(nowhere, nowhere, CENTRALES, max_minutes)


def test_a_world_without_structures_or_without_origins_has_no_pair() -> None:
    here, nowhere = make_points((48.1, -1.7, 0)), make_points()
    assert build_pairs(here, nowhere, CENTRALES).debut.tolist() == [0, 0]
    assert build_pairs(nowhere, here, CENTRALES).debut.tolist() == [0]


def test_a_structure_at_the_centre_is_reached_in_no_time() -> None:
    here = make_points((48.1, -1.7, 2))
    found = build_pairs(here, here, CENTRALES, 0)
    assert found.minutes.tolist() == [0.0]
    assert found.minute_entiere.tolist() == [0]


def test_points_without_coordinates_or_of_unequal_length_are_refused() -> None:
    one, two = np.zeros(1), np.zeros(2)
    with pytest.raises(ValueError, match="same shape"):
        Points(one, two, np.zeros(1, np.uint8))
    with pytest.raises(ValueError, match="latitude and a longitude"):
        Points(np.array([np.nan]), one, np.zeros(1, np.uint8))
