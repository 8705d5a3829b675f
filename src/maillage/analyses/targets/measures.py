"""Measures of how columns of départements move together: correlations, quartiles, least squares."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

MIN_PAIRES = 3
"""Fewer points always align: no correlation is computed on them."""


def pearson(x: NDArray[np.float64], y: NDArray[np.float64]) -> float:
    """Linear correlation of two columns without missing figure; NaN when one does not vary.

    Args:
        x: Shape `(n,)`, n at least 3.
        y: Shape `(n,)`.

    Raises:
        ValueError: the shapes differ, or there are fewer than three points.
    """
    if x.shape != y.shape or len(x) < MIN_PAIRES:
        msg = f"two columns of the same length, 3 at least: got {x.shape} and {y.shape}"
        raise ValueError(msg)
    dx, dy = x - x.mean(), y - y.mean()
    spread = float(np.sqrt((dx @ dx) * (dy @ dy)))
    return float(np.clip((dx @ dy) / spread, -1.0, 1.0)) if spread > 0 else float("nan")


def spearman(x: NDArray[np.float64], y: NDArray[np.float64]) -> float:
    """Correlation of the ranks, ties sharing their mean rank.

    Raises:
        ValueError: as `pearson`.
    """
    return pearson(mean_ranks(x), mean_ranks(y))


def mean_ranks(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Rank of each figure, 1 for the lowest; equal figures share the mean of their ranks."""
    ordered = np.sort(values)
    low = np.searchsorted(ordered, values, side="left")
    high = np.searchsorted(ordered, values, side="right")
    return np.asarray((low + high + 1) / 2, dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Ajustement:
    """Ordinary least squares with an intercept.

    Attributes:
        constante: Intercept.
        coefficients, erreurs, r2_partiels: One per explanatory column.
        r2: Part of the variance explained.
        n: Rows used.
    """

    constante: float
    coefficients: tuple[float, ...]
    erreurs: tuple[float, ...]
    r2_partiels: tuple[float, ...]
    r2: float
    n: int


def fit(y: NDArray[np.float64], columns: Sequence[NDArray[np.float64]]) -> Ajustement:
    """Least squares of y on the columns and a constant.

    The partial R² of a column is the part of the variance left by the others that it explains.

    Raises:
        ValueError: there are not more rows than coefficients.
    """
    n, k = len(y), len(columns) + 1
    if n <= k:
        msg = f"{n} rows cannot give {k} coefficients and their errors"
        raise ValueError(msg)
    design = np.column_stack([np.ones(n), *columns])
    beta, residual = _solve(design, y)
    spread = float(((y - y.mean()) ** 2).sum())
    covariance = np.linalg.inv(design.T @ design) * residual / (n - k)
    partial = [_partial_r2(design, y, column, residual) for column in range(1, k)]
    return Ajustement(
        constante=float(beta[0]),
        coefficients=tuple(float(b) for b in beta[1:]),
        erreurs=tuple(float(np.sqrt(covariance[c, c])) for c in range(1, k)),
        r2_partiels=tuple(partial),
        r2=1.0 - residual / spread,
        n=n,
    )


def _solve(
    design: NDArray[np.float64], y: NDArray[np.float64]
) -> tuple[NDArray[np.float64], float]:
    beta = np.asarray(np.linalg.lstsq(design, y, rcond=None)[0], dtype=np.float64)
    left = y - design @ beta
    return beta, float(left @ left)


def _partial_r2(
    design: NDArray[np.float64], y: NDArray[np.float64], column: int, residual: float
) -> float:
    without = _solve(np.delete(design, column, axis=1), y)[1]
    return 1.0 - residual / without
