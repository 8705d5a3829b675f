"""A reader who tries to undo statistical secrecy, written apart from the protection.

One unknown per contribution, not per group; the only thing taken from the publications is what a
reader sees (`valeur`). He knows who contributes to which cell, and that a structure whose figure
did not change between two publications has the same one.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import linprog

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from maillage.indicators.secret.nomenclature import Nomenclature
    from maillage.indicators.secret.publication import Publication
    from maillage.indicators.secret.tableau import Contribution

Unknown = tuple[int, int]
INFINI = math.inf


def is_under(nomenclature: Nomenclature, feuille: str, noeud: str) -> bool:
    """Whether a leaf is counted in a node, by going down from the node."""
    if feuille == noeud:
        return True
    below = [modalite for modalite, parent in nomenclature.liens if parent == noeud]
    return any(is_under(nomenclature, feuille, modalite) for modalite in below)


class Attaquant:
    """Everything that is published, as equations and inequalities on contributions."""

    def __init__(self, publications: Sequence[Publication], initie: str = "") -> None:
        self.publications = publications
        self.unknowns: list[tuple[int, Contribution]] = [
            (rank, contribution)
            for rank, publication in enumerate(publications)
            for contribution in publication.tableau.contributions
        ]
        self.equations: list[np.ndarray] = []
        self.sides: list[float] = []
        self.inequalities: list[np.ndarray] = []
        self.bounds: list[tuple[float, float | None]] = [(0.0, None)] * len(self.unknowns)
        self._read_publications()
        self._follow()
        for position, (_, contribution) in enumerate(self.unknowns):
            if contribution.contributeur == initie:
                self.bounds[position] = (contribution.valeur, contribution.valeur)

    def vector(self, kept: Callable[[int, Contribution], bool]) -> np.ndarray:
        return np.array([float(kept(rank, one)) for rank, one in self.unknowns])

    def cell(self, rank: int, ligne: str, colonne: str) -> np.ndarray:
        tableau = self.publications[rank].tableau
        return self.vector(
            lambda other, one: (
                other == rank
                and is_under(tableau.lignes, one.ligne, ligne)
                and is_under(tableau.colonnes, one.colonne, colonne)
            )
        )

    def _read_publications(self) -> None:
        for rank, publication in enumerate(self.publications):
            tableau = publication.tableau
            for ligne in tableau.lignes.noeuds:
                for colonne in tableau.colonnes.noeuds:
                    valeur = publication.valeur(ligne, colonne)
                    if isinstance(valeur, float):
                        self.equations.append(self.cell(rank, ligne, colonne))
                        self.sides.append(valeur)

    def _follow(self) -> None:
        """The same contribution in two publications: equal, or known to have risen."""
        for first, (rank, one) in enumerate(self.unknowns):
            for second, (other_rank, other) in enumerate(self.unknowns):
                same = (one.contributeur, one.piece) == (other.contributeur, other.piece)
                if rank >= other_rank or not same:
                    continue
                gap = np.zeros(len(self.unknowns))
                gap[first], gap[second] = 1.0, -1.0
                if one.valeur == other.valeur:
                    self.equations.append(gap)
                    self.sides.append(0.0)
                else:
                    self.inequalities.append(gap if one.valeur < other.valeur else -gap)

    def extremes(self, target: np.ndarray) -> tuple[float, float]:
        """Least and most that the target can be."""
        found = []
        for sign in (1.0, -1.0):
            result = linprog(
                sign * target,
                A_ub=np.array(self.inequalities) if self.inequalities else None,
                b_ub=np.zeros(len(self.inequalities)) if self.inequalities else None,
                A_eq=np.array(self.equations) if self.equations else None,
                b_eq=np.array(self.sides) if self.sides else None,
                bounds=self.bounds,
                method="highs",
            )
            assert result.status in {0, 3, 4}, result.message
            found.append(sign * result.fun if result.status == 0 else sign * -INFINI)
        return found[0], found[1]
