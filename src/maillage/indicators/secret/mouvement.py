"""Another table that fits everything published: the proof that a figure is protected.

A movement adds to some atoms and takes from others without changing any published cell. If one
raises a hidden figure by so much, an attacker cannot exclude that it is higher by so much.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from maillage.indicators.secret.programme import SansSolution, minimise

if TYPE_CHECKING:
    from numpy.typing import NDArray

BRUIT = 1e-7
"""Movement of a cell, relative to that of the target, that is only the solver's rounding."""
_DETOUR = 1e-4  # what moving one more hidden atom costs: movements stay short
_PORTEE = 1e6  # no atom needs to move a million times more than the target


@dataclass(frozen=True, slots=True, eq=False)
class Terrain:
    """What a movement may change, and at what cost, as a linear program without its target.

    Attributes:
        libres: Atoms that no published cell gives by itself, as ranks.
        visibles: Cells that may be hidden, over the free atoms. Shape `(visibles, libres)`.
        couts: Information lost by hiding each of them. Shape `(visibles,)`, above 0.
        rangs: What the caller calls these cells. Shape `(visibles,)`.
        equations: Over the rises, then the falls, of the free atoms, then of the visible cells.
    """

    libres: NDArray[np.intp]
    visibles: sparse.csr_array
    couts: NDArray[np.float64]
    rangs: NDArray[np.intp]
    equations: sparse.csr_array


def make_terrain(
    fixes: sparse.csr_array,
    visibles: sparse.csr_array,
    couts: NDArray[np.float64],
    rangs: NDArray[np.intp],
) -> Terrain:
    """Linear program in which some cells can no longer change. Shapes `(cellules, atomes)`."""
    alone = np.flatnonzero(np.diff(fixes.indptr) == 1)
    libres = np.setdiff1d(np.arange(fixes.shape[1]), fixes[alone].indices)
    fixes, visibles = fixes[:, libres], visibles[:, libres]
    fixes = fixes[np.flatnonzero(np.diff(fixes.indptr))]
    identity = sparse.eye_array(len(couts), format="csr")
    empty = sparse.csr_array((fixes.shape[0], len(couts)))
    equations = sparse.vstack(
        [
            sparse.hstack([visibles, -visibles, -identity, identity]),
            sparse.hstack([fixes, -fixes, empty, empty]),
        ],
        format="csr",
    )
    return Terrain(libres, visibles, couts, rangs, equations)


@dataclass(frozen=True, slots=True, eq=False)
class Savoir:
    """What an attacker knows beside what is published.

    Attributes:
        planchers: Least that each atom can be. Shape `(atomes,)`; 0 for an outsider.
        geles: Atoms that he knows exactly. Shape `(atomes,)`.
    """

    planchers: NDArray[np.float64]
    geles: NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Mouvement:
    """A movement, and what it costs.

    Attributes:
        atomes: Added to each atom. Shape `(atomes,)`.
        cout: Information lost by hiding the visible cells that it changes.
        touchees: Visible cells that it changes, as ranks among `Terrain.visibles`.
    """

    atomes: NDArray[np.float64]
    cout: float
    touchees: NDArray[np.intp]


def find_mouvement(
    terrain: Terrain,
    montants: NDArray[np.float64],
    savoir: Savoir,
    cible: NDArray[np.float64],
    ecart: float,
) -> Mouvement | None:
    """Cheapest movement that changes the target by so much; None when there is none.

    Args:
        terrain: What may be changed.
        montants: True amount of each atom, shape `(atomes,)`.
        savoir: What the attacker knows.
        cible: 1 for the atoms that the target sums up, shape `(atomes,)`.
        ecart: Change of the target, negative to lower it, never 0.

    Raises:
        ArithmeticError: the solver fails.
    """
    unit = abs(ecart)
    aim = cible[terrain.libres]
    if not aim.any():
        return None
    visibles = len(terrain.couts)
    target = sparse.csr_array(np.concatenate([aim, -aim, np.zeros(2 * visibles)])[None, :])
    equations = sparse.vstack([terrain.equations, target], format="csr")
    sides = np.zeros(equations.shape[0])
    sides[-1] = np.sign(ecart)
    rises = np.where(savoir.geles, 0.0, _PORTEE)
    falls = np.clip((montants - savoir.planchers) / unit, 0.0, rises)
    atoms = np.concatenate([rises[terrain.libres], falls[terrain.libres]])
    upper = np.concatenate([atoms, np.full(2 * visibles, np.inf)])
    costs = np.concatenate([np.full(len(atoms), _DETOUR), terrain.couts, terrain.couts])
    try:
        found = minimise(costs, equations, sides, (np.zeros_like(upper), upper))
    except SansSolution:
        return None
    up, down = np.split(found[: len(atoms)], 2)
    change = np.zeros(len(montants))
    change[terrain.libres] = up - down
    touched = np.flatnonzero(np.abs(terrain.visibles @ (up - down)) > BRUIT)
    return Mouvement(change * unit, float(terrain.couts[touched].sum()), touched)
