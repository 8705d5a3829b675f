"""A letter to a member, ready to be printed by the site or written as text."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from maillage.kernel.francais import format_date, typeset

if TYPE_CHECKING:
    from datetime import date

    from maillage.data.extraits import Extrait
    from maillage.indicators.pilotage.structures import Cle

MENTION_SYNTHETIQUE = (
    "DONNÉES SYNTHÉTIQUES : cette lettre est un essai. Elle ne parle d’aucune structure réelle ; ne "
    "l’envoyez à personne."
)
EXPEDITEUR = "L’équipe du réseau"


@dataclass(frozen=True, slots=True)
class TableauLettre:
    """A small table in a letter.

    Attributes:
        titre: What it shows.
        entetes: One per column.
        lignes: Cells as shown.
        nombres: Positions of the columns of figures.
    """

    titre: str
    entetes: tuple[str, ...]
    lignes: tuple[tuple[str, ...], ...]
    nombres: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Lettre:
    """A letter to one structure in one kind.

    Attributes:
        genre: `retards` or `comparaison`.
        cle: (asp_id, type) of the structure.
        destinataire: Its name.
        siret: Its SIRET.
        expediteur: Who signs.
        extraction: Day of the data.
        mention: What must stand at the top (synthetic data); empty for a real network.
        objet: Subject, without « Objet ».
        appel: « Madame, Monsieur, ».
        paragraphes: Before the tables.
        tableaux: In their order; may be empty.
        suite: After the tables: what to do, offer of help.
        salutation: Last sentence.
        sources: Where the figures come from, one sentence each.
    """

    genre: str
    cle: Cle
    destinataire: str
    siret: str
    expediteur: str
    extraction: date
    mention: str
    objet: str
    appel: str
    paragraphes: tuple[str, ...]
    tableaux: tuple[TableauLettre, ...]
    suite: tuple[str, ...]
    salutation: str
    sources: tuple[str, ...]


_LONGUEUR = 60
_APPEL = "Madame, Monsieur,"
_SALUTATION = (
    "Nous restons à vos côtés pour vos démarches, et vous prions d’agréer, Madame, Monsieur, nos "
    "salutations les meilleures."
)


def make_lettre(  # noqa: PLR0913 — one parameter per part of a letter
    *,
    genre: str,
    cle: Cle,
    structure: tuple[str, str],
    expediteur: str,
    extrait: Extrait,
    objet: str,
    paragraphes: tuple[str, ...],
    tableaux: tuple[TableauLettre, ...],
    suite: tuple[str, ...],
    sources: tuple[str, ...],
) -> Lettre:
    """A letter whose sentences have the spaces that French never breaks.

    Args:
        genre: `retards` or `comparaison`.
        cle: Of the structure.
        structure: Its name and its SIRET.
        expediteur: Who signs.
        extrait: Where the figures come from.
        objet: Subject.
        paragraphes: Before the tables.
        tableaux: Of the letter.
        suite: After them.
        sources: What else the figures come from.
    """
    nature = "synthétique " if extrait.is_synthetic else ""
    origine = (
        f"Extrait fluxIAE {nature}de l’ASP du {format_date(extrait.extraction)}, identifiant "
        f"{extrait.identifiant}."
    )
    return Lettre(
        genre=genre,
        cle=cle,
        destinataire=structure[0],
        siret=structure[1],
        expediteur=expediteur,
        extraction=extrait.extraction,
        mention=typeset(MENTION_SYNTHETIQUE) if extrait.is_synthetic else "",
        objet=typeset(objet),
        appel=_APPEL,
        paragraphes=tuple(map(typeset, paragraphes)),
        tableaux=tableaux,
        suite=tuple(map(typeset, suite)),
        salutation=_SALUTATION,
        sources=tuple(map(typeset, (origine, *sources))),
    )


def name_lettre(lettre: Lettre) -> str:
    """Name of its file, without extension: ASCII, one per kind of letter, structure and kind of structure."""
    lettres = unicodedata.normalize("NFKD", lettre.destinataire.lower())
    nom = re.sub(r"[^a-z0-9]+", "-", lettres.encode("ascii", "ignore").decode()).strip("-")
    return f"{lettre.genre}-{lettre.cle[0]}-{lettre.cle[1].lower()}-{nom[:_LONGUEUR]}".strip("-")
