"""The territories most like another one: standardised Euclidean distance on a documented vector.

The vector describes need and settlement, never supply nor access: those are what one wants to
compare between like territories. Each dimension is centred and scaled by its standard deviation
over the level. A missing dimension is left out of a pair: the squared distance over the shared ones
is scaled up to the full vector, and a pair that shares fewer than half of them is not compared.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from maillage.kernel.niveau import Niveau

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from maillage.indicators.cube import Cube

_COMMUN = (
    "population",
    "evolution_population",
    "demandeurs_emploi_pour_100_15_64",
    "taux_chomage_rp",
    "niveau_vie_median_moyen",
    "part_population_rurale",
    "part_population_qpv",
)
_DEPARTEMENTAL = (*_COMMUN, "rsa_pour_100_20_64", "taux_pauvrete")
VECTEUR: dict[Niveau, tuple[str, ...]] = {
    Niveau.REGION: _DEPARTEMENTAL,
    Niveau.DEPARTEMENT: _DEPARTEMENTAL,
    Niveau.ZONE_EMPLOI: _COMMUN,
    Niveau.EPCI: _COMMUN,
    Niveau.CLPE: _COMMUN,
    Niveau.COMMUNE: _COMMUN,
}
"""Indicators of the vector by level, latest period of each; the population by its logarithm."""
_LOGARITHMES = frozenset({"population"})
_ARRONDISSEMENT = re.compile(r"751(?:0[1-9]|1\d|20)|6938[1-9]|132(?:0[1-9]|1[0-6])")


def vector(cube: Cube, niveau: Niveau) -> NDArray[np.float64]:
    """Raw vector of every territory of a level. Shape `(territoires, dimensions)`, NaN if absent."""
    columns = []
    for indicateur in VECTEUR.get(niveau, ()):
        releve = cube.find_releve(indicateur, niveau)
        if releve is None:
            columns.append(np.full(len(cube.codes[niveau]), np.nan))
            continue
        values = releve.colonnes[releve.derniere].nombres
        columns.append(_logarithm(values) if indicateur in _LOGARITHMES else values)
    return np.column_stack(columns) if columns else np.empty((len(cube.codes[niveau]), 0))


def _logarithm(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Natural logarithm; a territory without inhabitants is compared on the other dimensions."""
    return np.log(np.where(values > 0, values, np.nan))


def standardise(matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    """Columns centred and divided by their standard deviation; a constant column becomes 0.

    Args:
        matrix: Shape `(n, d)`, NaN where a figure is absent, and so in the result.
    """
    known = ~np.isnan(matrix)
    counts = np.maximum(known.sum(axis=0), 1)
    centred = matrix - np.where(known, matrix, 0.0).sum(axis=0) / counts
    spread = np.sqrt(np.where(known, centred**2, 0.0).sum(axis=0) / counts)
    scale = np.abs(np.where(known, matrix, 0.0)).max(axis=0, initial=0.0)
    constant = spread <= np.finfo(np.float64).eps * 8 * scale
    return np.asarray(np.where(constant, 0.0 * centred, centred / np.where(constant, 1.0, spread)))


def distances(matrix: NDArray[np.float64], row: int) -> NDArray[np.float64]:
    """Distance of every row to one row of a standardised matrix. Shape `(n,)`.

    Infinite for the row itself and for those that share fewer than half of the dimensions.
    """
    gaps = matrix - matrix[row]
    shared = ~np.isnan(gaps)
    counts = shared.sum(axis=1)
    squares = np.where(shared, gaps, 0.0)
    dimensions = matrix.shape[1]
    total = np.einsum("ij,ij->i", squares, squares) * dimensions / np.maximum(counts, 1)
    found = np.where((counts * 2 >= dimensions) & (counts > 0), np.sqrt(total), np.inf)
    found[row] = np.inf
    return found


def nearest(
    matrix: NDArray[np.float64],
    row: int,
    n: int = 10,
    eligibles: NDArray[np.bool_] | None = None,
) -> list[tuple[int, float]]:
    """Nearest rows of a standardised matrix, with their distance, nearest first.

    Equal distances keep the order of the rows.

    Args:
        matrix: Standardised, shape `(territoires, dimensions)`.
        row: The territory that others are compared with.
        n: How many to return at most.
        eligibles: Rows that may be returned, shape `(territoires,)`; all by default.
    """
    found = distances(matrix, row)
    if eligibles is not None:
        found = np.where(eligibles, found, np.inf)
    order = np.argsort(found, kind="stable")[:n]
    return [(int(rank), float(found[rank])) for rank in order if np.isfinite(found[rank])]


def find_comparables(cube: Cube, niveau: Niveau, code: str, n: int = 10) -> list[tuple[str, float]]:
    """Codes of the most comparable territories of the same level, with their distance.

    Communes are compared with communes, municipal arrondissements among themselves. Empty for
    France.

    Raises:
        KeyError: no such territory.
    """
    row = cube.position(niveau, code)
    codes = cube.codes[niveau]
    kinds = np.array([is_arrondissement(niveau, other) for other in codes])
    eligibles = kinds == kinds[row]
    raw = np.where(eligibles[:, None], vector(cube, niveau), np.nan)
    return [
        (codes[rank], distance) for rank, distance in nearest(standardise(raw), row, n, eligibles)
    ]


def is_arrondissement(niveau: Niveau, code: str) -> bool:
    """Whether a commune code is that of an arrondissement of Paris, Lyon or Marseille."""
    return niveau is Niveau.COMMUNE and _ARRONDISSEMENT.fullmatch(code) is not None
