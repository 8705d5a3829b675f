"""The smallest groups that the tables tell apart: every cell of every table is a sum of them.

With one table they are its inner cells. With two they are finer: the structures that left, those
that joined, what was added to a revised figure. An attacker is assumed to know who is in which
cell; only the amounts are unknown to him.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from scipy import sparse

from maillage.indicators.secret.tableau import Cellule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from maillage.indicators.secret.tableau import Contribution, Tableau

Place: TypeAlias = tuple[str, str]
"""Inner cell of one table."""
Signature: TypeAlias = tuple[Place | None, ...]
"""Inner cell in each of the tables; None in those that do not hold the amount."""


@dataclass(frozen=True, slots=True, eq=False)
class Atomes:
    """Atoms of one or several tables.

    Attributes:
        parts: What each structure brings to the atom, the largest first.
        montants: Shape `(atomes,)`, never negative.
        maxima: Largest part of one structure. Shape `(atomes,)`.
        seuls: Atoms of one structure alone. Shape `(atomes,)`.
        tables: One matrix per table, shape `(cellules, atomes)`: 1 where the cell holds the atom.
    """

    parts: tuple[Mapping[str, float], ...] = field(repr=False)
    montants: NDArray[np.float64]
    maxima: NDArray[np.float64]
    seuls: NDArray[np.bool_]
    tables: tuple[sparse.csr_array, ...]

    def __len__(self) -> int:
        return len(self.parts)


def split(tableaux: Sequence[Tableau]) -> Atomes:
    """Atoms of tables on the same measure.

    Raises:
        ValueError: with several tables, two contributions of a structure in one table have the
            same `piece`: they could not be followed from one table to the next.
    """
    layers = _single(tableaux[0]) if len(tableaux) == 1 else _layers(tableaux)
    groups: dict[Signature, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for signature, contributeur, amount in layers:
        groups[signature][contributeur].append(amount)
    signatures = sorted(groups, key=lambda signature: [place or ("", "") for place in signature])
    parts = tuple(
        _largest_first({nom: math.fsum(amounts) for nom, amounts in groups[signature].items()})
        for signature in signatures
    )
    tables = tuple(
        _membership(tableau, [signature[rank] for signature in signatures])
        for rank, tableau in enumerate(tableaux)
    )
    return Atomes(
        parts=parts,
        montants=np.array([math.fsum(part.values()) for part in parts]),
        maxima=np.array([max(part.values()) for part in parts]),
        seuls=np.array([len(part) == 1 for part in parts], dtype=bool),
        tables=tables,
    )


def _largest_first(parts: Mapping[str, float]) -> dict[str, float]:
    return dict(sorted(parts.items(), key=lambda part: (-part[1], part[0])))


def _single(tableau: Tableau) -> Iterator[tuple[Signature, str, float]]:
    for contribution in tableau.contributions:
        yield (_place(contribution),), contribution.contributeur, contribution.valeur


def _place(contribution: Contribution) -> Place:
    return contribution.ligne, contribution.colonne


def _layers(tableaux: Sequence[Tableau]) -> Iterator[tuple[Signature, str, float]]:
    """Amounts cut at each value that a contribution takes: 10 then 12 is 10 in both, 2 in one.

    Whoever subtracts one table from the other sees exactly these layers.

    Raises:
        ValueError: two contributions of a structure in one table have the same `piece`.
    """
    followed: dict[tuple[str, str], list[Contribution | None]] = {}
    for rank, tableau in enumerate(tableaux):
        for contribution in tableau.contributions:
            key = (contribution.contributeur, contribution.piece)
            versions = followed.setdefault(key, [None] * len(tableaux))
            if versions[rank] is not None:
                msg = (
                    f"« {tableau.nom} »: two contributions of one structure have the piece "
                    f"{contribution.piece!r}; each needs its own to be followed between tables"
                )
                raise ValueError(msg)
            versions[rank] = contribution
    for (contributeur, _), versions in followed.items():
        floor = 0.0
        for level in sorted({version.valeur for version in versions if version is not None}):
            signature = tuple(
                None if version is None or version.valeur < level else _place(version)
                for version in versions
            )
            yield signature, contributeur, level - floor
            floor = level


def _membership(tableau: Tableau, places: Sequence[Place | None]) -> sparse.csr_array:
    """Which cells of a table hold which atoms. Shape `(cellules, atomes)`."""
    ranks = {cellule: rank for rank, cellule in enumerate(tableau.cellules)}
    rows, columns = [], []
    for atome, place in enumerate(places):
        if place is None:
            continue
        for ligne in tableau.lignes.lignee(place[0]):
            for colonne in tableau.colonnes.lignee(place[1]):
                rows.append(ranks[Cellule(ligne, colonne)])
                columns.append(atome)
    ones = np.ones(len(rows))
    return sparse.csr_array((ones, (rows, columns)), shape=(len(ranks), len(places)))
