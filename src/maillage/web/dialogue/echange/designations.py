"""How files name things: by identifiant, or by a name that is the only one of its kind."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from maillage.kernel.francais import guillemets, join_fr
from maillage.web.dialogue.echange.base import ORGANISATIONS
from maillage.web.dialogue.echange.colonnes import CelluleInvalide, Lien
from maillage.web.dialogue.echange.genres import GENRES, PAR_NOM
from maillage.web.network.echange.cellules import LISTE, protect, split_list
from maillage.web.network.echange.plan import cle_annuaire

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from maillage.web.dialogue.echange.base import Base
    from maillage.web.dialogue.echange.model import Connue, Genre

_common = lru_cache(maxsize=10_000)(cle_annuaire)
"""The same names come back in every file."""
_PAR_IDENTIFIANT = frozenset({"engagements", "points"})
"""Kinds whose sentences are too long to stand in a cell: exports name them by identifiant."""
_COURT = 60


@dataclass(slots=True)
class Annuaire:
    """What designates the things of each kind.

    Attributes:
        cles: Kind to key to key; a mark or another identifiant leads to the key that stands.
        noms: Kind to what two ways of writing a name have in common, to the keys that it stands for.
        illisibles: Kinds whose file could not be read: what they would hold is not missed.
    """

    cles: defaultdict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    noms: defaultdict[str, defaultdict[str, set[str]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(set))
    )
    illisibles: set[str] = field(default_factory=set)

    def add(self, genre: str, cle: str, noms: Iterable[str], *alias: str) -> None:
        """One more thing, by all that designates it."""
        for nom in noms:
            if commun := _common(nom):
                self.noms[genre][commun].add(cle)
        for autre in (cle, *filter(None, alias)):
            self.cles[genre][autre] = cle

    def find(self, lien: Lien, texte: str) -> str:
        """Key or keys of what a cell designates; empty for what an unreadable file would hold.

        Raises:
            CelluleInvalide: MLG-DIA-120 nothing answers to it, MLG-DIA-121 several things do.
        """
        if not lien.has_plusieurs:
            return self._find_one(lien.vers, texte)
        trouvees = {self._find_one(lien.vers, element) for element in split_list(texte)}
        return LISTE.join(sorted(trouvees - {""}))

    def _find_one(self, genre: str, texte: str) -> str:
        if not texte:
            return ""
        cle = self.cles[genre].get(texte) or self.cles[genre].get(texte.lower())
        if cle is not None:
            return cle
        trouvees = self.noms[genre].get(_common(texte), set())
        if len(trouvees) == 1:
            return next(iter(trouvees))
        if genre in self.illisibles:
            return ""
        court = texte if len(texte) <= _COURT else f"{texte[: _COURT - 1]}…"
        quoi, fichier = name_of(genre)
        if not trouvees:
            raise CelluleInvalide(
                "MLG-DIA-120",
                f"Rien ne répond à {guillemets(court)} parmi les {quoi}.",
                f"Écrivez le nom exact ou l’identifiant{fichier}.",
            )
        raise CelluleInvalide(
            "MLG-DIA-121",
            f"{len(trouvees)} {quoi} répondent à {guillemets(court)}.",
            f"Écrivez l’identifiant de celui ou celle qui convient\u00a0: {join_fr(sorted(trouvees)[:5], 'ou')}.",
        )


def name_of(genre: str) -> tuple[str, str]:
    """How a message names a kind, and where one of them may be added."""
    if genre == ORGANISATIONS:
        return "organisations du réseau", ", ou ajoutez-la d’abord au fichier des organisations"
    return PAR_NOM[genre].titre, f", ou ajoutez la ligne à {PAR_NOM[genre].fichier}"


def annuaire_of(base: Base) -> Annuaire:
    """What designates everything that the base holds."""
    annuaire = Annuaire()
    for cle, noms in base.organisations.items():
        annuaire.add(ORGANISATIONS, cle, noms)
    for genre in GENRES:
        for connue in base.connues[genre.nom]:
            annuaire.add(genre.nom, connue.cle, genre.noms(connue.cellules))
    return annuaire


@dataclass(frozen=True, slots=True)
class Redacteur:
    """Writes lines of the base as files show them: names in place of keys.

    Attributes:
        base: What is known.
        annuaire: What designates it.
        premiers: Kind to key to the name that exports give.
    """

    base: Base
    annuaire: Annuaire
    premiers: Mapping[str, Mapping[str, str]]

    def write(self, genre: Genre, connue: Connue) -> dict[str, str]:
        """Column to text, without protection from spreadsheets."""
        cellules = dict(connue.cellules)
        for colonne in genre.colonnes:
            if isinstance(colonne, Lien) and cellules[colonne.nom]:
                cellules[colonne.nom] = self.name(colonne, cellules[colonne.nom])
        if genre.is_identifie:
            cellules["identifiant"] = connue.cle
        return cellules

    def name(self, lien: Lien, cles: str) -> str:
        """How a file names what a link leads to."""
        if lien.has_plusieurs:
            return LISTE.join(self._one(lien.vers, c) for c in split_list(cles))
        return self._one(lien.vers, cles)

    def _one(self, genre: str, cle: str) -> str:
        nom = self.premiers.get(genre, {}).get(cle, "")
        if not nom or "|" in nom or genre in _PAR_IDENTIFIANT:
            return cle
        seule = self.annuaire.noms[genre].get(_common(nom)) == {cle}
        return nom if seule and nom not in self.annuaire.cles[genre] else cle


def redacteur_of(base: Base) -> Redacteur:
    """What writes the lines of a base."""
    premiers: dict[str, dict[str, str]] = {
        ORGANISATIONS: {cle: noms[0] for cle, noms in base.organisations.items()}
    }
    for genre in GENRES:
        noms = ((c.cle, genre.noms(c.cellules)) for c in base.connues[genre.nom])
        premiers[genre.nom] = {cle: n[0] for cle, n in noms if n}
    return Redacteur(base, annuaire_of(base), premiers)


def protect_all(cellules: Mapping[str, str]) -> dict[str, str]:
    """Cells that no spreadsheet runs."""
    return {colonne: protect(texte) for colonne, texte in cellules.items()}
