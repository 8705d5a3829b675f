"""The kinds of things of dialogue that files carry, in the order in which they are written.

A column is named as a secretary would name it; `champ` says which field it is when the two differ.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from maillage.web.dialogue.echange.genres.engagements import (
    CONTRADICTIONS,
    ENGAGEMENTS,
    ETATS,
    REPRISES,
)
from maillage.web.dialogue.echange.genres.lieux import (
    CHARGES,
    ESPACES,
    FILIATIONS,
    SIEGES,
    SUJETS,
    TITULAIRES,
)
from maillage.web.dialogue.echange.genres.propositions import (
    DEBOUCHES,
    PORTAGES,
    PROPOSITIONS,
    TEXTES,
)
from maillage.web.dialogue.echange.genres.rencontres import (
    DOCUMENTS,
    FAITS,
    PARTICIPANTS,
    POINTS,
    RENCONTRES,
)

if TYPE_CHECKING:
    from maillage.web.dialogue.echange.model import Genre

__all__ = [
    "CHARGES",
    "CONTRADICTIONS",
    "DEBOUCHES",
    "DOCUMENTS",
    "ENGAGEMENTS",
    "ESPACES",
    "ETATS",
    "FAITS",
    "FILIATIONS",
    "GENRES",
    "ORDRE",
    "PARTICIPANTS",
    "PAR_NOM",
    "POINTS",
    "PORTAGES",
    "PROPOSITIONS",
    "RACINES",
    "RENCONTRES",
    "REPRISES",
    "SIEGES",
    "SUJETS",
    "TEXTES",
    "TITULAIRES",
    "children_of",
]

GENRES: Final = (
    SUJETS,
    CHARGES,
    TITULAIRES,
    ESPACES,
    FILIATIONS,
    SIEGES,
    RENCONTRES,
    PARTICIPANTS,
    PROPOSITIONS,
    TEXTES,
    PORTAGES,
    DEBOUCHES,
    ENGAGEMENTS,
    ETATS,
    REPRISES,
    POINTS,
    CONTRADICTIONS,
    FAITS,
    DOCUMENTS,
)
"""In this order each leads only to what comes before it, or to its own kind."""
PAR_NOM: Final = {genre.nom: genre for genre in GENRES}
ORDRE: Final = {genre.nom: rang for rang, genre in enumerate(GENRES)}


def children_of(genre: Genre) -> tuple[Genre, ...]:
    """Kinds whose lines belong to a thing of this one, nested in it in JSON."""
    return tuple(
        g for g in GENRES if g.parent and getattr(g.colonne(g.parent), "vers", "") == genre.nom
    )


RACINES: Final = tuple(genre for genre in GENRES if not genre.parent)
"""Kinds that stand by themselves."""
