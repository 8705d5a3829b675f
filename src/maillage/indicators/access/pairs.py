"""Which structures are within reach of which origins, and in how many minutes: computed once, kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import coo_array
from scipy.spatial import cKDTree

from maillage.indicators.access.travel import Milieu, chord_to_km, km_to_chord, unit_vectors

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from maillage.indicators.access.travel import Hypotheses

_MARGE = 1 + 1e-9
"""The search radius is widened by it, so that rounding never loses a pair at the very limit."""
_MINUTES_MAX = 255


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """Places that trips start from or lead to.

    Attributes:
        latitude, longitude: Degrees WGS84, all known. Shape `(n,)`.
        milieux: Values of `Milieu`. Shape `(n,)`.
    """

    latitude: NDArray[np.float64]
    longitude: NDArray[np.float64]
    milieux: NDArray[np.uint8]

    def __post_init__(self) -> None:
        if not self.latitude.shape == self.longitude.shape == self.milieux.shape:
            msg = "latitude, longitude and milieux have the same shape"
            raise ValueError(msg)
        if not (np.isfinite(self.latitude).all() and np.isfinite(self.longitude).all()):
            msg = "every point has a latitude and a longitude"
            raise ValueError(msg)

    def __len__(self) -> int:
        return len(self.latitude)


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Origins and the structures within `max_minutes` of each, as compressed sparse rows.

    Attributes:
        debut: Row pointer: the pairs of origin i are `debut[i]:debut[i + 1]`. Shape `(n + 1,)`.
        structure: Structure of each pair, increasing inside a row. Shape `(p,)`, int32.
        minutes: Travel time of each pair. Shape `(p,)`.
        nombre_structures: Number of structures, reached or not.
        max_minutes: Longest trip kept, inclusive.
        minute_entiere: Travel time rounded up. A trip lasts T minutes or less, T whole, exactly
            when its rounded-up time does, so a slider in minutes costs one look-up per pair.
    """

    debut: NDArray[np.int32]
    structure: NDArray[np.int32]
    minutes: NDArray[np.float64]
    nombre_structures: int
    max_minutes: float
    minute_entiere: NDArray[np.uint8] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "minute_entiere", np.ceil(self.minutes).astype(np.uint8))

    @property
    def nombre_origines(self) -> int:
        """Number of origins, with a structure in reach or not."""
        return len(self.debut) - 1

    def __len__(self) -> int:
        return len(self.minutes)


def build_pairs(
    origines: Points, structures: Points, hypotheses: Hypotheses, max_minutes: float = 45
) -> Pairs:
    """Every (origin, structure) at `max_minutes` or less, by the hypotheses given.

    The search runs once per couple of milieux, on points of the unit sphere: inside a couple, time
    is proportional to distance, so the radius is exact and no candidate is thrown away.

    Raises:
        ValueError: `max_minutes` is not between 0 and 255.
    """
    if not 0 <= max_minutes <= _MINUTES_MAX:
        msg = f"max_minutes is between 0 and {_MINUTES_MAX}, not {max_minutes}"
        raise ValueError(msg)
    starts, ends = ([_Group.of(points, m) for m in Milieu] for points in (origines, structures))
    pace = hypotheses.minutes_par_km
    blocks = [
        _search(start, end, float(pace[start.milieu] + pace[end.milieu]), max_minutes)
        for start, end in product(starts, ends)
    ]
    origine, structure, minutes = (
        np.concatenate([block[part] for block in blocks]) for part in range(3)
    )
    kept = minutes <= max_minutes
    return pairs_from_triplets(
        origine[kept], structure[kept], minutes[kept], (len(origines), len(structures)), max_minutes
    )


def pairs_from_triplets(
    origine: NDArray[np.integer],
    structure: NDArray[np.integer],
    minutes: NDArray[np.float64],
    shape: tuple[int, int],
    max_minutes: float,
) -> Pairs:
    """Pairs from one row per trip, in any order.

    Args:
        origine: Rank of the origin of each trip, no couple twice. Shape `(p,)`.
        structure: Rank of its structure. Shape `(p,)`.
        minutes: How long it takes. Shape `(p,)`.
        shape: Number of origins, number of structures.
        max_minutes: Longest trip that was looked for.
    """
    # couples are unique, so the conversion sorts and never adds; a trip of 0 minutes stays a pair
    rows = coo_array(
        (minutes, (origine.astype(np.int32), structure.astype(np.int32))), shape=shape
    ).tocsr()
    rows.sort_indices()
    return Pairs(rows.indptr, rows.indices, rows.data, shape[1], max_minutes)


def count_reachable(pairs: Pairs, retenues: NDArray[np.bool_], minutes: float) -> NDArray[np.int64]:
    """Number of structures that each origin reaches in so many minutes, the limit included.

    Args:
        pairs: Trips.
        retenues: Which structures count. Shape `(m,)`.
        minutes: Limit, inclusive, not beyond `pairs.max_minutes`.

    Returns:
        Shape `(n,)`, one count per origin.

    Raises:
        ValueError: the limit lies beyond the trips that were kept.
    """
    if minutes > pairs.max_minutes:
        msg = f"trips were kept up to {pairs.max_minutes} minutes, {minutes} asked"
        raise ValueError(msg)
    counted = (pairs.minutes <= minutes) & retenues[pairs.structure]
    total = np.concatenate(([0], np.cumsum(counted, dtype=np.int64)))
    return np.asarray(total[pairs.debut[1:]] - total[pairs.debut[:-1]])


@dataclass(frozen=True, slots=True, eq=False)
class _Group:
    """Points of one milieu: their ranks among all, and a tree of their places on the sphere."""

    milieu: Milieu
    ranks: NDArray[np.int64]
    tree: cKDTree

    @classmethod
    def of(cls, points: Points, milieu: Milieu) -> _Group:
        ranks = np.flatnonzero(points.milieux == milieu)
        places = unit_vectors(points.latitude[ranks], points.longitude[ranks])
        return cls(milieu, ranks, cKDTree(places, compact_nodes=False, balanced_tree=False))


def _search(
    start: _Group, end: _Group, pace: float, max_minutes: float
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Candidate trips at so many minutes per kilometre: origin, structure, minutes."""
    radius = km_to_chord(max_minutes / pace) * _MARGE
    found = start.tree.sparse_distance_matrix(end.tree, radius, output_type="ndarray")
    return start.ranks[found["i"]], end.ranks[found["j"]], chord_to_km(found["v"]) * pace
