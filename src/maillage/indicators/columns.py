"""Arithmetic on columns of figures in which an absence never becomes a number."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from maillage.kernel.valeur import CONNUE, Absence, Colonne, code_etat

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

SANS_OBJET = code_etat(Absence.SANS_OBJET)
INCONNUE = code_etat(Absence.INCONNUE)


def make_colonne(nombres: NDArray[np.float64], etats: NDArray[np.uint8]) -> Colonne:
    """Column of numbers, blanked wherever the state says that there is no figure."""
    return Colonne(np.where(etats == CONNUE, nombres, np.nan), etats.astype(np.uint8))


def unknown(taille: int) -> Colonne:
    """Column of unknown figures."""
    return Colonne(np.full(taille, np.nan), np.full(taille, INCONNUE, dtype=np.uint8))


def first_absence(colonnes: Sequence[Colonne]) -> NDArray[np.uint8]:
    """State per row: known when every column is, else the first absence met. Shape `(n,)`."""
    etats = colonnes[0].etats.copy()
    for colonne in colonnes[1:]:
        etats = np.where(etats == CONNUE, colonne.etats, etats).astype(np.uint8)
    return etats


def ratio(numerateur: Colonne, denominateur: Colonne, facteur: float = 1.0) -> Colonne:
    """Quotient of two columns times a factor; not applicable where the denominator is zero."""
    etats = first_absence((numerateur, denominateur))
    nul = (etats == CONNUE) & (denominateur.nombres == 0)
    etats[nul] = SANS_OBJET
    diviseur = np.where(etats == CONNUE, denominateur.nombres, 1.0)
    return make_colonne(facteur * numerateur.nombres / diviseur, etats)


def product(gauche: Colonne, droite: Colonne, facteur: float = 1.0) -> Colonne:
    """Product of two columns times a factor; unknown as soon as one of them is."""
    return make_colonne(facteur * gauche.nombres * droite.nombres, first_absence((gauche, droite)))


def mask(colonne: Colonne, absents: NDArray[np.bool_], absence: Absence) -> Colonne:
    """The same column, in which the given rows have no figure."""
    etats = np.where(absents, code_etat(absence), colonne.etats).astype(np.uint8)
    return make_colonne(colonne.nombres, etats)


def sum_by_group(colonne: Colonne, groupes: NDArray[np.intp], taille: int) -> Colonne:
    """Sum of the rows of each group, when all of them are known.

    Args:
        colonne: Figures to add. Shape `(n,)`.
        groupes: Group of each row, from 0 to `taille` − 1; −1 for a row of no group. Shape `(n,)`.
        taille: Number of groups.

    Returns:
        Shape `(taille,)`. A group with a missing figure takes its most frequent absence (the one
        of lowest code when two are as frequent); a group without rows is unknown.
    """
    inside = groupes >= 0
    groupes, etats = groupes[inside], colonne.etats[inside]
    counts = np.zeros((taille, SANS_OBJET + 1), dtype=np.int64)
    np.add.at(counts, (groupes, etats), 1)
    connues = etats == CONNUE
    sommes = np.bincount(
        groupes[connues], weights=colonne.nombres[inside][connues], minlength=taille
    )
    return make_colonne(sommes.astype(np.float64), most_frequent_absence(counts))


def most_frequent_absence(counts: NDArray[np.int64]) -> NDArray[np.uint8]:
    """State of each group from its number of rows per state; known when no row is absent.

    Args:
        counts: Shape `(groups, 6)`: rows per state code, code 0 (known) first.
    """
    absents = counts[:, 1:]
    etats = np.where(absents.sum(axis=1) == 0, CONNUE, absents.argmax(axis=1) + 1)
    return np.where(counts.sum(axis=1) == 0, INCONNUE, etats).astype(np.uint8)
