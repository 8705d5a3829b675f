"""The figures to protect, and how far each must be able to move in the eyes of an attacker."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from maillage.indicators.secret.publication import PRIMAIRES
from maillage.indicators.secret.regle import TOLERANCE
from maillage.indicators.secret.tableau import Nature, fill

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from maillage.indicators.secret.atomes import Atomes
    from maillage.indicators.secret.publication import Publication
    from maillage.indicators.secret.regle import Regle
    from maillage.indicators.secret.tableau import Tableau


@dataclass(frozen=True, slots=True, eq=False)
class Cible:
    """A figure to protect: a hidden cell, or a group that a difference would isolate.

    Attributes:
        nom: What it is, in French, without its amount.
        atomes: 1 for the atoms that it sums up. Shape `(atomes,)`.
        parts: What each structure brings to it.
        is_groupe: Whether no table shows it: only a difference would isolate it.
    """

    nom: str
    atomes: NDArray[np.float64] = field(repr=False)
    parts: Mapping[str, float] = field(repr=False)
    is_groupe: bool = False

    @property
    def montant(self) -> float:
        """True figure."""
        return math.fsum(self.parts.values())

    @property
    def maximum(self) -> float:
        """Largest part of one structure."""
        return max(self.parts.values())


@dataclass(frozen=True, slots=True)
class Etalon:
    """How far a figure must be able to move, in the unit of its table.

    Attributes:
        regle: Margins.
        entier: Whether figures are whole, and movements with them.
        plancher: Least movement that hides a zero: 1 for whole figures, else the margin applied to
            the median contribution that is not zero.
    """

    regle: Regle
    entier: bool
    plancher: float

    def ecart(self, brut: float) -> float:
        """Movement asked for: whole when the figures are, and never none."""
        if self.entier:
            return float(max(1, math.ceil(brut - TOLERANCE)))
        return brut if brut > 0 else self.plancher

    def haut(self, cible: Cible) -> float:
        """How far above a hidden cell must stay possible."""
        return self.ecart(max(self.regle.marge * cible.montant, self._dominance(cible)))

    def bas(self, cible: Cible) -> float:
        """How far below a hidden cell; no figure goes under zero."""
        return min(self.ecart(self.regle.marge * cible.montant), cible.montant)

    def dominance(self, cible: Cible) -> tuple[float, ...]:
        """How far above the rule of dominance alone asks for; empty when it asks for nothing.

        A reader must not estimate the largest part closer than the rule allows: x1 / 0.85 − X.
        Always possible within a published figure that follows the rule.
        """
        brut = self._dominance(cible)
        return (self.ecart(brut),) if brut > TOLERANCE * cible.montant else ()

    def _dominance(self, cible: Cible) -> float:
        return cible.maximum / self.regle.part_max - cible.montant

    def jeu(self, part: float) -> tuple[float, ...]:
        """Movements, up or down, either of which leaves a figure its margin."""
        return self._jeu(self.regle.marge, part)

    def jeu_complementaire(self, montant: float) -> tuple[float, ...]:
        """The same for a cell that is hidden only to protect another."""
        return self._jeu(self.regle.marge_complementaire, montant)

    def _jeu(self, marge: float, part: float) -> tuple[float, ...]:
        haut = self.ecart(marge * part)
        return (haut, -min(haut, part)) if part > 0 else (haut,)


def make_etalon(tableau: Tableau, regle: Regle) -> Etalon:
    """Yardstick of a table."""
    positives = [part.valeur for part in tableau.contributions if part.valeur > 0]
    median = float(np.median(positives)) if positives else 1.0
    entier = tableau.nature is not Nature.MONTANT
    return Etalon(regle, entier, 1.0 if entier else regle.marge * median)


def sensitive_cells(publications: Sequence[Publication], atomes: Atomes) -> Iterator[Cible]:
    """Cells that each table hides for themselves. The n-th table is the n-th of `atomes`."""
    for publication, membership in zip(publications, atomes.tables, strict=True):
        tableau = publication.tableau
        dense = membership.toarray()
        for rank, (cellule, parts) in enumerate(
            zip(tableau.cellules, fill(tableau).parts, strict=True)
        ):
            if publication.motifs.get(cellule) in PRIMAIRES:
                nom = f"{cellule.ligne}, {cellule.colonne} (« {tableau.nom} »)"
                yield Cible(nom, dense[rank], parts)


def sensitive_atoms(atomes: Atomes, regle: Regle, nom: str) -> Iterator[Cible]:
    """Groups, too small or too dominated, that subtracting one table from another may isolate."""
    for rank, parts in enumerate(atomes.parts):
        maximum, montant = max(parts.values()), float(atomes.montants[rank])
        if regle.find_motif(len(parts), maximum, montant) is not None:
            vector = np.zeros(len(atomes))
            vector[rank] = 1.0
            yield Cible(nom, vector, parts, is_groupe=True)
