"""Cells of one line, read: each canonical, links by the key of what they lead to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maillage.kernel.errors import UserError
from maillage.web.dialogue.echange import lieu
from maillage.web.dialogue.echange.colonnes import Lien

if TYPE_CHECKING:
    from maillage.web.dialogue.echange.designations import Annuaire
    from maillage.web.dialogue.echange.fautes import Releve
    from maillage.web.dialogue.echange.model import Rang


@dataclass(slots=True)
class Lues:
    """What a line says.

    Attributes:
        rang: Where it stands.
        cellules: Column to canonical text, only those that the file has and that could be read.
    """

    rang: Rang
    cellules: dict[str, str]

    @property
    def identifiant(self) -> str:
        """Of the thing; empty when the line gives none."""
        return self.cellules.get("identifiant", "")

    def read_deferred(self, annuaire: Annuaire, releve: Releve) -> None:
        """Links to things of the same kind, once all of them are known."""
        for colonne in self.rang.genre.colonnes:
            if isinstance(colonne, Lien) and colonne.is_differe and colonne.nom in self.cellules:
                _follow(self, colonne, annuaire, releve)


def read_cells(rang: Rang, annuaire: Annuaire, releve: Releve) -> Lues:
    """Cells of a line; what is wrong in them is noted in `releve`, and the cell left out."""
    lues = Lues(rang, {})
    for colonne in rang.genre.colonnes:
        texte = rang.cellules.get(colonne.nom)
        if texte is None:
            continue
        try:
            lues.cellules[colonne.nom] = colonne.read(texte)
        except UserError as error:
            releve.add_error(rang, colonne.nom, error)
            if colonne.nom in {"identifiant", *rang.genre.reconnu}:
                annuaire.illisibles.add(rang.genre.nom)  # what it is called is not known
    if rang.parent:
        lues.cellules[rang.genre.parent] = rang.parent
    for colonne in rang.genre.colonnes:
        if isinstance(colonne, Lien) and not colonne.is_differe and colonne.nom in lues.cellules:
            _follow(lues, colonne, annuaire, releve)
    if rang.genre.is_situe:
        _situate(lues, releve)
    return lues


def _follow(lues: Lues, lien: Lien, annuaire: Annuaire, releve: Releve) -> None:
    try:
        lues.cellules[lien.nom] = annuaire.find(lien, lues.cellules[lien.nom])
    except UserError as error:
        releve.add_error(lues.rang, lien.nom, error)
        del lues.cellules[lien.nom]


def _situate(lues: Lues, releve: Releve) -> None:
    """The official code of the territoire, in place of its name."""
    if not lues.cellules.get("territoire"):
        return
    try:
        lues.cellules["territoire"] = lieu.find_code(lues.cellules)
    except UserError as error:
        releve.add_error(lues.rang, "territoire", error)
