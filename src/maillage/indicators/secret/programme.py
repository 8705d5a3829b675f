"""One linear program, solved: the only place that calls the solver."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy import sparse

_OPTIMAL = 0
_INFEASIBLE = 2


class SansSolution(ArithmeticError):
    """Nothing meets the equations within the bounds."""


def minimise(
    couts: NDArray[np.float64],
    equations: sparse.csr_array,
    membres: NDArray[np.float64],
    bornes: tuple[NDArray[np.float64], NDArray[np.float64]],
    *,
    entier: bool = False,
) -> NDArray[np.float64]:
    """Cheapest unknowns that meet equations within bounds.

    Args:
        couts: Cost of each unknown. Shape `(n,)`.
        equations: Shape `(m, n)`.
        membres: What each equation is worth. Shape `(m,)`.
        bornes: Least and most of each unknown, such that the cost has a least. Shapes `(n,)`.
        entier: Whether unknowns are whole.

    Returns:
        The unknowns. Shape `(n,)`.

    Raises:
        SansSolution: nothing fits.
        ArithmeticError: the solver fails.
    """
    found = milp(
        couts,
        integrality=np.full(len(couts), int(entier)),
        bounds=Bounds(*bornes),
        constraints=LinearConstraint(equations, membres, membres),
    )
    if found.status != _OPTIMAL:
        msg = f"the linear program has no optimum: {found.message}"
        raise SansSolution(msg) if found.status == _INFEASIBLE else ArithmeticError(msg)
    return np.asarray(found.x)
