"""The attack that the protection must withstand: how closely a reader can bound each hidden cell.

Two linear programs per hidden cell, its least and its most, given all that is published; by whole
numbers when figures are whole. To be run before a publication leaves, as a second opinion.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy import sparse

from maillage.indicators.secret.atomes import split
from maillage.indicators.secret.programme import minimise
from maillage.indicators.secret.tableau import Nature

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from maillage.indicators.secret.atomes import Atomes
    from maillage.indicators.secret.publication import Publication
    from maillage.indicators.secret.tableau import Cellule


_LOIN = 0.5  # an atom this close to the limit that stands for none is not bounded


class Bornes(NamedTuple):
    """What a reader can deduce of a hidden cell; `plafond` is infinite when nothing bounds it."""

    plancher: float
    plafond: float


def bound(
    publications: Sequence[Publication], attaquant: str = ""
) -> tuple[Mapping[Cellule, Bornes], ...]:
    """Bounds of the hidden cells of each publication, all of them being known together.

    Args:
        publications: Of the same measure and period.
        attaquant: Structure that uses what it knows of itself; empty for an outsider.

    Raises:
        ArithmeticError: the solver fails.
        ValueError: contributions cannot be followed from one publication to the next.
    """
    atomes = split([publication.tableau for publication in publications])
    seen = sparse.vstack(
        [
            membership[np.flatnonzero(~publication.cachees)]
            for publication, membership in zip(publications, atomes.tables, strict=True)
        ],
        format="csr",
    )
    jeu = _Jeu(seen, seen @ atomes.montants, _known(atomes, attaquant))
    return tuple(
        {
            publication.tableau.cellules[rank]: jeu.bound(
                membership[[rank]].toarray()[0],
                entier=publication.tableau.nature is not Nature.MONTANT,
            )
            for rank in np.flatnonzero(publication.cachees).tolist()
        }
        for publication, membership in zip(publications, atomes.tables, strict=True)
    )


class _Jeu(NamedTuple):
    """What an attacker works with: equations, their sides, least and most of each atom."""

    equations: sparse.csr_array
    membres: NDArray[np.float64]
    limites: tuple[NDArray[np.float64], NDArray[np.float64]]

    def bound(self, cell: NDArray[np.float64], *, entier: bool) -> Bornes:
        """Least and most of a sum of atoms.

        Raises:
            ArithmeticError: the solver fails.
        """
        low, high = (
            minimise(sens * cell, self.equations, self.membres, self.limites, entier=entier)
            for sens in (1, -1)
        )
        unbounded = (
            (high >= _LOIN * self.limites[1]) & (cell > 0) & (self.limites[0] < self.limites[1])
        )
        return Bornes(float(cell @ low), math.inf if unbounded.any() else float(cell @ high))


def _known(atomes: Atomes, attaquant: str) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Least and most that the attacker knows of each atom. Shapes `(atomes,)`.

    An atom that some published cell holds is never above the sum of all: a limit well above it
    stands for no limit.
    """
    own = np.array([parts.get(attaquant, 0.0) for parts in atomes.parts])
    alone = np.array([set(parts) == {attaquant} for parts in atomes.parts], dtype=bool)
    far = 10.0 * (1.0 + np.ceil(atomes.montants.sum()))
    return own, np.where(alone, own, far)
