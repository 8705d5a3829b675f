"""A readable engine in plain loops, PySAL `access`, and ours, on the same small worlds."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from access import Access
from access.weights import gaussian, step_fn
from hypothesis import assume, given
from hypothesis import strategies as st

from maillage.indicators.access.catchment import ZONES, GaussianDecay, e2sfca
from maillage.indicators.access.pairs import Pairs, Points, build_pairs, count_reachable
from maillage.indicators.access.travel import RAYON_TERRE_KM, Hypotheses, Milieu

if TYPE_CHECKING:
    from collections.abc import Callable

CENTRALES = Hypotheses.centrales()
SPEEDS = {0: 25, 1: 40, 2: 55}

place = st.tuples(
    st.floats(45, 45.4, allow_nan=False),
    st.floats(3, 3.5, allow_nan=False),
    st.sampled_from(Milieu),
)
known_place = st.just((45.1, 3.1, Milieu.RURAL))  # so that some points coincide


@dataclass(frozen=True)
class World:
    """Origins with their demand, structures with their supply."""

    origines: list[tuple[float, float, Milieu]]
    demande: list[float]
    structures: list[tuple[float, float, Milieu]]
    offre: list[float]

    @property
    def pairs(self) -> Pairs:
        return build_pairs(as_points(self.origines), as_points(self.structures), CENTRALES)


@st.composite
def worlds(draw: st.DrawFn, minimum_demand: int = 0) -> World:
    origines = draw(st.lists(place | known_place, min_size=1, max_size=8))
    structures = draw(st.lists(place | known_place, min_size=1, max_size=8))
    demande = st.integers(minimum_demand, 2000).map(float)
    return World(
        origines,
        [draw(demande) for _ in origines],
        structures,
        [draw(st.integers(0, 5).map(float)) for _ in structures],
    )


def as_points(places: list[tuple[float, float, Milieu]]) -> Points:
    latitude, longitude, milieux = np.array(places, dtype=np.float64).T
    return Points(latitude, longitude, milieux.astype(np.uint8))


def minutes_between(a: tuple[float, float, Milieu], b: tuple[float, float, Milieu]) -> float:
    """Haversine, then half of the detoured path at each speed."""
    phi_a, phi_b = math.radians(a[0]), math.radians(b[0])
    half_lat, half_lon = (phi_b - phi_a) / 2, math.radians(b[1] - a[1]) / 2
    h = math.sin(half_lat) ** 2 + math.cos(phi_a) * math.cos(phi_b) * math.sin(half_lon) ** 2
    road = 1.3 * 2 * RAYON_TERRE_KM * math.asin(math.sqrt(h))
    return 60 * (road / 2 / SPEEDS[a[2]] + road / 2 / SPEEDS[b[2]])


def as_trips(pairs: Pairs) -> dict[tuple[int, int], float]:
    return {
        (i, int(pairs.structure[p])): float(pairs.minutes[p])
        for i in range(pairs.nombre_origines)
        for p in range(pairs.debut[i], pairs.debut[i + 1])
    }


def score_in_loops(
    world: World, trips: dict[tuple[int, int], float], weigh: Callable[[float], float]
) -> list[float]:
    """E2SFCA as its authors write it, one structure and one origin at a time."""
    shares = {}
    for j, offre in enumerate(world.offre):
        competing = math.fsum(
            world.demande[i] * weigh(minutes) for (i, k), minutes in trips.items() if k == j
        )
        shares[j] = offre / competing if competing > 0 else 0.0
    return [
        math.fsum(shares[j] * weigh(minutes) for (k, j), minutes in trips.items() if k == i)
        for i in range(len(world.origines))
    ]


def weigh_by_zone(minutes: float) -> float:
    return 1.0 if minutes <= 15 else 0.68 if minutes <= 30 else 0.22


def weigh_by_bell(minutes: float) -> float:
    return math.exp(-(minutes**2) / (2 * 20**2))


@given(worlds())
def test_times_are_those_of_the_haversine(world: World) -> None:
    found = as_trips(world.pairs)
    for i, origine in enumerate(world.origines):
        for j, structure in enumerate(world.structures):
            minutes = minutes_between(origine, structure)
            if (i, j) in found:
                assert math.isclose(found[i, j], minutes, rel_tol=1e-9, abs_tol=1e-6)
            else:
                assert minutes > 45 - 1e-6


@given(worlds(), st.sampled_from([0, 7.5, 15, 30, 45]))
def test_counts_are_those_of_a_loop(world: World, limit: float) -> None:
    pairs = world.pairs
    retenues = np.array(world.offre) > 2
    expected = [0] * len(world.origines)
    for (i, j), minutes in as_trips(pairs).items():
        expected[i] += minutes <= limit and world.offre[j] > 2
    assert count_reachable(pairs, retenues, limit).tolist() == expected


@given(worlds())
def test_scores_are_those_of_a_loop(world: World) -> None:
    pairs, trips = world.pairs, as_trips(world.pairs)
    demande, offre = np.array(world.demande), np.array(world.offre)
    np.testing.assert_allclose(
        e2sfca(pairs, demande, offre, ZONES),
        score_in_loops(world, trips, weigh_by_zone),
        rtol=1e-12,
    )
    np.testing.assert_allclose(
        e2sfca(pairs, demande, offre, GaussianDecay(20, 45)),
        score_in_loops(world, trips, weigh_by_bell),
        rtol=1e-12,
    )


def score_with_pysal(
    world: World, trips: dict[tuple[int, int], float], weigh: Callable[[float], float], limit: float
) -> dict[int, float]:
    """PySAL's own class, given our trips. Origins that reach nothing are missing from its answer."""
    costs = pd.DataFrame(
        [(i, j, minutes) for (i, j), minutes in trips.items()], columns=["origin", "dest", "cost"]
    )
    engine = Access(
        demand_df=pd.DataFrame({"geoid": range(len(world.demande)), "demand": world.demande}),
        demand_index="geoid",
        demand_value="demand",
        supply_df=pd.DataFrame({"geoid": range(len(world.offre)), "supply": world.offre}),
        supply_index="geoid",
        supply_value="supply",
        cost_df=costs,
        cost_origin="origin",
        cost_dest="dest",
        cost_name="cost",
    )
    found = engine.enhanced_two_stage_fca(name="score", weight_fn=weigh, max_cost=limit)
    column = found["score_supply"].dropna()
    return dict(zip(column.index.tolist(), column.tolist(), strict=True))


# `access` 1.1 calls pandas in a way that pandas 3.1 announces the end of; nothing of ours does.
@pytest.mark.filterwarnings("ignore:The inplace keyword in DataFrame:pandas.errors.Pandas4Warning")
@given(worlds(minimum_demand=1))
def test_scores_are_those_of_pysal(world: World) -> None:
    """Demand is above zero: PySAL divides by zero where a structure has none."""
    pairs, trips = world.pairs, as_trips(world.pairs)
    assume(trips)
    demande, offre = np.array(world.demande), np.array(world.offre)
    engines = (
        (ZONES, step_fn(dict(zip(ZONES.bornes, ZONES.poids, strict=True))), 45),
        (GaussianDecay(20, 30), gaussian(20), 30),
    )
    for decay, weigh, limit in engines:
        ours = e2sfca(pairs, demande, offre, decay)
        theirs = score_with_pysal(world, trips, weigh, limit)
        expected = [theirs.get(i, 0.0) for i in range(len(demande))]
        np.testing.assert_allclose(ours, expected, rtol=1e-12, atol=1e-15)


@given(worlds(), place)
def test_one_more_structure_never_lowers_a_count(
    world: World, another: tuple[float, float, Milieu]
) -> None:
    more = World(world.origines, world.demande, [*world.structures, another], [*world.offre, 1.0])
    every = np.ones(len(more.structures), dtype=bool)
    for limit in (15, 30, 45):
        before = count_reachable(world.pairs, every[:-1], limit)
        assert (count_reachable(more.pairs, every, limit) >= before).all()


@given(worlds(), st.data())
def test_the_order_of_the_rows_does_not_matter(world: World, data: st.DataObject) -> None:
    origins = data.draw(st.permutations(range(len(world.origines))))
    structures = data.draw(st.permutations(range(len(world.structures))))
    mixed = World(
        [world.origines[i] for i in origins],
        [world.demande[i] for i in origins],
        [world.structures[j] for j in structures],
        [world.offre[j] for j in structures],
    )
    moved = {(origins[i], structures[j]): m for (i, j), m in as_trips(mixed.pairs).items()}
    assert moved == as_trips(world.pairs)
    scores = e2sfca(mixed.pairs, np.array(mixed.demande), np.array(mixed.offre), ZONES)
    straight = e2sfca(world.pairs, np.array(world.demande), np.array(world.offre), ZONES)
    np.testing.assert_allclose(scores, straight[list(origins)], rtol=1e-12)


@given(worlds())
def test_supply_that_somebody_reaches_is_shared_out_whole(world: World) -> None:
    demande, offre = np.array(world.demande), np.array(world.offre)
    reached = {j for (i, j) in as_trips(world.pairs) if world.demande[i] > 0}
    shared = e2sfca(world.pairs, demande, offre, ZONES) @ demande
    assert math.isclose(shared, sum(world.offre[j] for j in reached), rel_tol=1e-12, abs_tol=1e-12)
