"""Scores by hand; decays that refuse nonsense."""

from __future__ import annotations

import numpy as np
import pytest

from maillage.indicators.access.catchment import ZONES, GaussianDecay, StepDecay, e2sfca
from maillage.indicators.access.pairs import Pairs, pairs_from_triplets


@pytest.fixture
def pairs() -> Pairs:
    """The worked example of docs/explications/acces.md: two communes, two structures."""
    return pairs_from_triplets(
        np.array([0, 0, 1]), np.array([0, 1, 1]), np.array([10.0, 20.0, 40.0]), (2, 2), 45
    )


def test_the_worked_example_of_the_documentation(pairs: Pairs) -> None:
    scores = e2sfca(pairs, np.array([1000.0, 500.0]), np.ones(2), ZONES)
    # P: 1 / 1000 ; Q: 1 / (0.68 × 1000 + 0.22 × 500) = 1 / 790
    assert scores[0] == pytest.approx(1 / 1000 + 0.68 / 790, abs=1e-15)
    assert scores[1] == pytest.approx(0.22 / 790, abs=1e-15)


def test_one_column_per_kind_gives_the_same_as_one_call_per_kind(pairs: Pairs) -> None:
    demande, offre = np.array([1000.0, 500.0]), np.array([[1.0, 0.0], [1.0, 1.0]])
    together = e2sfca(pairs, demande, offre, ZONES)
    apart = [e2sfca(pairs, demande, column, ZONES) for column in offre.T]
    np.testing.assert_array_equal(together, np.column_stack(apart))


def test_a_structure_that_nobody_reaches_adds_nothing(pairs: Pairs) -> None:
    scores = e2sfca(pairs, np.array([0.0, 0.0]), np.ones(2), ZONES)
    assert scores.tolist() == [0, 0]


def test_zones_include_their_upper_limit() -> None:
    minutes = np.array([0.0, 15.0, 15.001, 30.0, 30.001, 45.0])
    trips = pairs_from_triplets(np.zeros(6, int), np.arange(6), minutes, (1, 6), 45)
    assert ZONES.weigh(trips).tolist() == [1, 1, 0.68, 0.68, 0.22, 0.22]
    fractional = StepDecay((15.001, 30.0005), (1.0, 0.5))
    assert fractional.weigh(trips).tolist() == [1, 1, 1, 0.5, 0, 0]


def test_a_gaussian_stops_at_its_limit_included() -> None:
    minutes = np.array([0.0, 20.0, 30.0, 31.0])
    trips = pairs_from_triplets(np.zeros(4, int), np.arange(4), minutes, (1, 4), 45)
    found = GaussianDecay(20, 30).weigh(trips)
    np.testing.assert_allclose(found, [1, np.exp(-0.5), np.exp(-1.125), 0], rtol=1e-15)


def test_a_decay_beyond_the_trips_kept_is_refused(pairs: Pairs) -> None:
    with pytest.raises(ValueError, match="60"):
        e2sfca(pairs, np.ones(2), np.ones(2), GaussianDecay(20, 60))


@pytest.mark.parametrize(
    ("bornes", "poids", "message"),
    [
        ((), (), "one weight per zone"),
        ((15.0,), (1.0, 0.5), "one weight per zone"),
        ((30.0, 15.0), (1.0, 0.5), "increase"),
        ((15.0,), (-1.0,), "0 or more"),
    ],
)
def test_steps_that_make_no_sense_are_refused(
    bornes: tuple[float, ...], poids: tuple[float, ...], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        StepDecay(bornes, poids)


def test_a_gaussian_without_width_is_refused() -> None:
    with pytest.raises(ValueError, match="above 0"):
        GaussianDecay(0, 45)
