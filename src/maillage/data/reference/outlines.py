"""Derives the outlines for display: projected, rounded, without repeated points."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from maillage.data.reference.projection import project, projection_of
from maillage.data.reference.schema import CONTOURS
from maillage.data.sources.cog import SANS_EPCI

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from maillage.data.sources.contours import Anneau
    from maillage.kernel.niveau import Niveau

PAS_METRES = 50
"""Grid of the outlines: coordinates are multiples of it. A screen map shows no less."""

_MIN_POINTS = 4  # a triangle, closed


def derive_contours(
    rings: Mapping[Niveau, Mapping[str, list[Anneau]]], territoires: pa.Table
) -> pa.Table:
    """One row per territory that has an outline, sorted by level and code."""
    departements = {
        (row["niveau"], row["code"]): row["codes_departements"][0]
        for row in territoires.select(["niveau", "code", "codes_departements"]).to_pylist()
    }
    rows = [
        _outline(niveau.value, code, own, departements[niveau.value, code])
        for niveau, by_code in rings.items()
        for code, own in by_code.items()
        if code != SANS_EPCI
    ]
    rows.sort(key=lambda row: (row["niveau"], row["code"]))
    return pa.Table.from_pylist(rows, schema=CONTOURS)


def _outline(niveau: str, code: str, rings: list[Anneau], departement: str) -> dict[str, Any]:
    projection = projection_of(departement)
    quantised = [_quantise(ring, projection) for ring in rings]
    kept = [ring for ring in quantised if len(ring) >= _MIN_POINTS]
    return {
        "niveau": niveau,
        "code": code,
        "projection": projection,
        "anneaux": [ring.ravel().tolist() for ring in kept],
    }


def _quantise(ring: Anneau, projection: str) -> NDArray[np.int64]:
    """Points of a ring on the grid, each different from the one before. Shape `(n, 2)`."""
    degrees = np.array(ring, dtype=np.float64)
    x, y = project(degrees[:, 0], degrees[:, 1], projection)
    points = np.stack([x, y], axis=1)
    points = (points + PAS_METRES // 2) // PAS_METRES * PAS_METRES
    moved = np.any(points[1:] != points[:-1], axis=1)
    return np.asarray(points[np.concatenate([[True], moved])])
