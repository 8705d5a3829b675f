"""Cells as the ASP writes them: decimals with a point, booleans in words, empty when there is nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


def write_hundredths(
    valeurs: NDArray[np.int64], absents: NDArray[np.bool_] | None = None
) -> pa.Array:
    """Hundredths as « 12.34 ».

    Distinct values are written once: there are fewer of them than rows.
    """
    distinctes, rangs = np.unique(valeurs, return_inverse=True)
    textes = pa.array([f"{v // 100}.{v % 100:02d}" for v in distinctes.tolist()], pa.string())
    return textes.take(pa.array(rangs.reshape(-1), mask=absents))


def write_integers(
    valeurs: NDArray[np.int64], absents: NDArray[np.bool_] | None = None
) -> pa.Array:
    """Whole numbers."""
    return pa.array(valeurs.astype(np.int64), mask=absents)


def write_booleans(valeurs: NDArray[np.bool_]) -> pa.Array:
    """« true » or « false »."""
    return pc.if_else(pa.array(valeurs), "true", "false")


def pick(mots: Sequence[str | None], rangs: NDArray[Any]) -> pa.Array:
    """Words by their ranks."""
    return pa.array(mots, pa.string()).take(pa.array(rangs.astype(np.int64)))


def repeat(mot: str, nombre: int) -> pa.Array:
    """The same word in every row."""
    return pa.repeat(pa.scalar(mot), nombre)
