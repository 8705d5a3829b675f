"""A letter to a member, ready to be printed by the site or written as text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

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
