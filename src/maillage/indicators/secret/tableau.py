"""A table to protect: who contributes how much to which cell, margins included."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from enum import Enum
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from maillage.indicators.secret.nomenclature import Nomenclature


class Nature(Enum):
    """What the cells of a table add up."""

    MONTANT = "montant"
    """Amounts, hours, ETP: any number that is not negative."""
    ENTIER = "entier"
    """Whole numbers: persons, contracts."""
    REPONSES = "reponses"
    """Answers themselves: 1 for each structure and inner cell."""


class Contribution(NamedTuple):
    """What one structure brings to one inner cell.

    Attributes:
        contributeur: Opaque identifier of the structure. It never leaves the computation.
        valeur: Not negative; 0 is a contribution, unknown is none.
        ligne: Leaf of the rows.
        colonne: Leaf of the columns.
        piece: What tells apart two contributions of one structure, the same from a publication to
            the next: an activity, the number of an annexe.
    """

    contributeur: str
    valeur: float
    ligne: str
    colonne: str
    piece: str = ""


class Cellule(NamedTuple):
    """Place of a cell, margin or not."""

    ligne: str
    colonne: str


@dataclass(frozen=True, slots=True)
class Tableau:
    """One measure over one period, in one or two dimensions, with every margin.

    The text form hides the contributions: a table may come in a log.

    Attributes:
        nom: What the table shows, for messages.
        lignes: Rows.
        colonnes: Columns; a bare total for a table in one dimension.
        contributions: All of them, in any order.
        nature: What the cells add up.

    Raises:
        ValueError: a value is negative, not finite or not whole when it should be, a place is not
            an inner cell, or a contributor has no name.
    """

    nom: str
    lignes: Nomenclature
    colonnes: Nomenclature
    contributions: tuple[Contribution, ...] = field(repr=False)
    nature: Nature = Nature.MONTANT

    def __post_init__(self) -> None:
        lignes, colonnes = set(self.lignes.feuilles), set(self.colonnes.feuilles)
        for rank, contribution in enumerate(self.contributions):
            valeur = contribution.valeur
            if not contribution.contributeur:
                msg = f"contribution {rank}: a contributor has an identifier"
                raise ValueError(msg)
            if not (math.isfinite(valeur) and valeur >= 0):
                msg = f"contribution {rank}: a value is finite and not negative, not {valeur}"
                raise ValueError(msg)
            if self.nature is not Nature.MONTANT and valeur != round(valeur):
                msg = f"contribution {rank}: a table of whole numbers holds {valeur}"
                raise ValueError(msg)
            if contribution.ligne not in lignes or contribution.colonne not in colonnes:
                place = (contribution.ligne, contribution.colonne)
                msg = f"contribution {rank}: {place} is not an inner cell of « {self.nom} »"
                raise ValueError(msg)

    @property
    def cellules(self) -> tuple[Cellule, ...]:
        """Every cell, margins included, row after row."""
        return tuple(Cellule(*place) for place in product(self.lignes.noeuds, self.colonnes.noeuds))

    def reponses(self) -> Tableau:
        """Number of answers in each cell: 1 for each structure and inner cell.

        A structure that answers in two cells counts once in each, and twice in their total; the
        rule still counts it as one structure.
        """
        seen = {
            (contribution.contributeur, contribution.ligne, contribution.colonne): contribution
            for contribution in self.contributions
        }
        ones = tuple(contribution._replace(valeur=1) for contribution in seen.values())
        nom = f"{self.nom}, nombre de réponses"
        return replace(self, nom=nom, contributions=ones, nature=Nature.REPONSES)


@dataclass(frozen=True, slots=True, eq=False)
class Contenu:
    """What each cell of a table holds, in the order of `Tableau.cellules`.

    Attributes:
        parts: What each structure brings to the cell, all its contributions together.
        totaux: Shape `(cellules,)`; 0 for an empty cell.
        maxima: Largest part of one structure, shape `(cellules,)`.
        effectifs: Structures that contribute, zero included, shape `(cellules,)`.
    """

    parts: tuple[Mapping[str, float], ...] = field(repr=False)
    totaux: NDArray[np.float64]
    maxima: NDArray[np.float64]
    effectifs: NDArray[np.int64]


def fill(tableau: Tableau) -> Contenu:
    """Sum the contributions of each structure into every cell that covers them."""
    ranks = {cellule: rank for rank, cellule in enumerate(tableau.cellules)}
    pieces: list[dict[str, list[float]]] = [{} for _ in ranks]
    rows = {nom: tableau.lignes.lignee(nom) for nom in tableau.lignes.feuilles}
    columns = {nom: tableau.colonnes.lignee(nom) for nom in tableau.colonnes.feuilles}
    for contribution in tableau.contributions:
        for place in product(rows[contribution.ligne], columns[contribution.colonne]):
            cell = pieces[ranks[Cellule(*place)]]
            cell.setdefault(contribution.contributeur, []).append(contribution.valeur)
    parts = tuple({nom: math.fsum(cell[nom]) for nom in sorted(cell)} for cell in pieces)
    return Contenu(
        parts=parts,
        totaux=np.array([math.fsum(part.values()) for part in parts]),
        maxima=np.array([max(part.values(), default=0.0) for part in parts]),
        effectifs=np.array([len(part) for part in parts], dtype=np.int64),
    )
