"""A protected table: each figure, or the reason why it is hidden."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from maillage.indicators.secret.regle import Motif
from maillage.indicators.secret.tableau import Cellule, Nature
from maillage.kernel.valeur import Absence

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from maillage.indicators.secret.regle import Regle
    from maillage.indicators.secret.tableau import Tableau
    from maillage.kernel.valeur import Valeur

PRIMAIRES = frozenset({Motif.EFFECTIF, Motif.DOMINANCE, Motif.TOTAL_NUL})
"""Reasons of a cell that is sensitive by itself."""


@dataclass(frozen=True, slots=True, eq=False)
class Publication:
    """What may be shown of a table. Only `valeur` and `raison` may leave the computation.

    Attributes:
        tableau: The table as it is, true figures included.
        regle: Thresholds and hypotheses it was protected with.
        motifs: Why each hidden cell is hidden, in no other cell.
        vides: Cells to which no structure contributes.
        totaux: True figure of every cell, in the order of `Tableau.cellules`.
    """

    tableau: Tableau
    regle: Regle
    motifs: Mapping[Cellule, Motif] = field(repr=False)
    vides: frozenset[Cellule] = field(repr=False)
    totaux: Mapping[Cellule, float] = field(repr=False)

    def valeur(self, ligne: str, colonne: str) -> Valeur:
        """The figure to show, `SECRETE` when hidden, `SANS_OBJET` when nobody contributes.

        A number of answers is then a true zero.

        Raises:
            ValueError: the table has no such cell.
        """
        cellule = self._cellule(ligne, colonne)
        if cellule in self.motifs:
            return Absence.SECRETE
        if cellule in self.vides and self.tableau.nature is not Nature.REPONSES:
            return Absence.SANS_OBJET
        return self.totaux[cellule]

    def raison(self, ligne: str, colonne: str) -> str:
        """Why the cell is hidden, in French; empty when it is not.

        In a table of answers, all reasons read the same: telling « moins de 3 » from « protège une
        autre cellule » would bound the count.

        Raises:
            ValueError: the table has no such cell.
        """
        motif = self.motifs.get(self._cellule(ligne, colonne))
        if motif is None:
            return ""
        if self.tableau.nature is Nature.REPONSES:
            motif = Motif.REPONSES
        return self.regle.phrase(motif)

    @property
    def cachees(self) -> NDArray[np.bool_]:
        """Hidden cells, in the order of `Tableau.cellules`. Shape `(cellules,)`."""
        return np.array([cellule in self.motifs for cellule in self.tableau.cellules], dtype=bool)

    def _cellule(self, ligne: str, colonne: str) -> Cellule:
        cellule = Cellule(ligne, colonne)
        if cellule not in self.totaux:
            msg = f"« {self.tableau.nom} » has no cell {tuple(cellule)}"
            raise ValueError(msg)
        return cellule
