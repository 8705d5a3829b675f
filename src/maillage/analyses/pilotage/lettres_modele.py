"""A letter to a member, ready to be read over, printed by the site or written as text."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from maillage.kernel.francais import format_date, typeset

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from maillage.data.extraits import Extrait
    from maillage.indicators.pilotage.structures import Cle

AVIS_SYNTHETIQUE = (
    "Lettre d’essai, sur des DONNÉES SYNTHÉTIQUES : elle ne concerne aucune structure réelle. Ne "
    "l’envoyez à personne."
)
EXPEDITEUR = "L’équipe du réseau"
AVANT_LE_TABLEAU = 2
"""Paragraphs that come before the table: the greeting, and what it is about."""
_LONGUEUR = 60
_APPEL = "Madame, Monsieur,"
_SALUTATION = (
    "Nous restons à vos côtés pour vos démarches, et vous prions d’agréer, Madame, Monsieur, nos "
    "salutations les meilleures."
)


@dataclass(frozen=True, slots=True)
class Lettre:
    """A letter to one structure in one kind.

    Attributes:
        genre: `retards` or `comparaison`.
        cle: (asp_id, type) of the structure it is for.
        destinataire: Name of the structure.
        siret: Its SIRET.
        expediteur: Who signs.
        extraction: Day of the data.
        avis: What must be said of it before anything else (synthetic data); empty for a real extract.
        objet: In one line.
        paragraphes: In order; the table comes after the second one, the last one ends the letter.
        colonnes: Headings of its table.
        lignes: Rows of its table, texts; there may be none.
        nombres: Columns of figures, from 0.
        sources: Where the figures come from, one sentence each.
    """

    genre: str
    cle: Cle
    destinataire: str
    siret: str
    expediteur: str
    extraction: date
    avis: str
    objet: str
    paragraphes: tuple[str, ...]
    colonnes: tuple[str, ...]
    lignes: tuple[tuple[str, ...], ...]
    nombres: frozenset[int]
    sources: tuple[str, ...]

    @property
    def source(self) -> str:
        """Where the figures come from, in one paragraph."""
        return " ".join(self.sources)


@dataclass(frozen=True, slots=True)
class Tableau:
    """The table of a letter.

    Attributes:
        colonnes: Headings.
        lignes: Rows, as shown.
        nombres: Columns of figures, from 0.
    """

    colonnes: tuple[str, ...]
    lignes: tuple[tuple[str, ...], ...]
    nombres: frozenset[int]


def make_lettre(  # noqa: PLR0913 — one parameter per part of a letter
    *,
    genre: str,
    cle: Cle,
    structure: tuple[str, str],
    expediteur: str,
    extrait: Extrait,
    objet: str,
    debut: str,
    tableau: Tableau,
    suite: Iterable[str],
    sources: Iterable[str],
) -> Lettre:
    """A letter whose sentences have the spaces that French never breaks.

    Args:
        genre: `retards` or `comparaison`.
        cle: Of the structure.
        structure: Its name and its SIRET.
        expediteur: Who signs.
        extrait: Where the figures come from.
        objet: Subject.
        debut: What it is about, before the table.
        tableau: Its table.
        suite: After the table.
        sources: What else the figures come from.
    """
    nature = "synthétique " if extrait.is_synthetic else ""
    origine = (
        f"Source : extrait {nature}de l’ASP (fluxIAE) du {format_date(extrait.extraction)}, identifiant "
        f"{extrait.identifiant}."
    )
    return Lettre(
        genre=genre,
        cle=cle,
        destinataire=structure[0] or f"Structure {cle[0]} ({cle[1]})",
        siret=structure[1],
        expediteur=expediteur,
        extraction=extrait.extraction,
        avis=typeset(AVIS_SYNTHETIQUE) if extrait.is_synthetic else "",
        objet=typeset(objet),
        paragraphes=tuple(map(typeset, (_APPEL, debut, *suite, _SALUTATION))),
        colonnes=tableau.colonnes,
        lignes=tableau.lignes,
        nombres=tableau.nombres,
        sources=tuple(map(typeset, (origine, *sources))),
    )


def name_lettre(lettre: Lettre) -> str:
    """Name of its file, without extension: ASCII, one per kind of letter, structure and kind of structure."""
    lettres = unicodedata.normalize("NFKD", lettre.destinataire.lower())
    nom = re.sub(r"[^a-z0-9]+", "-", lettres.encode("ascii", "ignore").decode()).strip("-")
    return f"{lettre.genre}-{lettre.cle[0]}-{lettre.cle[1].lower()}-{nom[:_LONGUEUR]}".strip("-")
