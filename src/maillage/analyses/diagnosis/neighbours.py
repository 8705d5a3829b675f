"""Comparable territories, from matrices that are prepared once per level."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from maillage.indicators.comparables import is_arrondissement, nearest, standardise, vector

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from maillage.indicators.cube import Cube
    from maillage.kernel.niveau import Niveau

NOMBRE = 10
"""Comparable territories of a diagnosis."""


class Voisinages:
    """Nearest territories of the same level; what `find_comparables` finds, prepared once."""

    def __init__(self, cube: Cube) -> None:
        self._cube = cube
        self._matrices: dict[
            tuple[Niveau, bool], tuple[NDArray[np.float64], NDArray[np.bool_]]
        ] = {}
        self._found: dict[tuple[Niveau, str], list[tuple[str, float]]] = {}

    def find(self, niveau: Niveau, code: str) -> list[tuple[str, float]]:
        """Codes and distances, nearest first; empty for France.

        Raises:
            KeyError: no such territory.
        """
        key = (niveau, code)
        if key not in self._found:
            codes = self._cube.codes[niveau]
            row = self._cube.position(niveau, code)
            matrix, eligibles = self._matrix(niveau, is_arm=is_arrondissement(niveau, code))
            self._found[key] = [
                (codes[rank], distance)
                for rank, distance in nearest(matrix, row, NOMBRE, eligibles)
            ]
        return self._found[key]

    def _matrix(
        self, niveau: Niveau, *, is_arm: bool
    ) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
        """Standardised vectors of the communes, or of the arrondissements; NaN for the others."""
        if (niveau, is_arm) not in self._matrices:
            codes = self._cube.codes[niveau]
            eligibles = np.array([is_arrondissement(niveau, other) == is_arm for other in codes])
            raw = np.where(eligibles[:, None], vector(self._cube, niveau), np.nan)
            self._matrices[niveau, is_arm] = (standardise(raw), eligibles)
        return self._matrices[niveau, is_arm]
