"""All definition cards: no figure is shown without one."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from rapidfuzz import process

from maillage.indicators import (
    cards_ecart,
    cards_emploi,
    cards_offre,
    cards_precarite,
    cards_zonage,
)
from maillage.indicators.access.cartes import CARTES as ACCESS
from maillage.indicators.carte import Carte, Famille
from maillage.kernel.errors import Anomalie, Introuvable
from maillage.kernel.francais import typeset

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_PROCHES = 3


@cache
def cartes() -> Mapping[str, Carte]:
    """Definition cards by code, family after family, in the order of the screen.

    Raises:
        ValueError: two cards bear the same code.
    """
    every = (
        *cards_emploi.CARTES,
        *cards_precarite.CARTES,
        *cards_zonage.CARTES,
        *cards_offre.CARTES,
        *ACCESS,
        *cards_ecart.CARTES,
    )
    return order_cards(every)


def order_cards(cards: Iterable[Carte]) -> Mapping[str, Carte]:
    """Cards by code, family after family, with French spaces.

    Raises:
        ValueError: two cards bear the same code.
    """
    order = list(Famille)
    ordered = sorted(cards, key=lambda card: order.index(card.famille))
    found = {card.code: with_french_spaces(card) for card in ordered}
    if len(found) != len(ordered):
        msg = f"{len(ordered) - len(found)} definition cards share a code"
        raise ValueError(msg)
    return MappingProxyType(found)


def with_french_spaces(carte: Carte) -> Carte:
    """The same card, in which the spaces that French never breaks are no-break ones."""
    return replace(
        carte,
        nom=french_spaces(carte.nom),
        definition=french_spaces(carte.definition),
        numerateur=french_spaces(carte.numerateur),
        denominateur=french_spaces(carte.denominateur),
        champ=french_spaces(carte.champ),
        methode=french_spaces(carte.methode),
        limites=tuple(french_spaces(limite) for limite in carte.limites),
        parametres=tuple((french_spaces(n), french_spaces(v)) for n, v in carte.parametres),
    )


def french_spaces(texte: str) -> str:
    """Text with the spaces that French never breaks: punctuation, thousands, units."""
    return typeset(texte)


CARTES: Mapping[str, Carte] = cartes()
"""Definition cards by code."""


def get_carte(code: str) -> Carte:
    """Definition card of that code.

    Raises:
        Introuvable: no indicator bears that code (MLG-IND-001); the nearest codes are proposed.
    """
    found = CARTES.get(code)
    if found is None:
        raise Introuvable(
            Anomalie(
                "MLG-IND-001",
                f"aucun indicateur ne porte le code « {code} »",
                f"vouliez-vous dire : {', '.join(nearest_codes(code))} ?",
            )
        )
    return found


def nearest_codes(code: str) -> tuple[str, ...]:
    """Codes that look most like the one given, nearest first."""
    return tuple(found for found, *_ in process.extract(code, list(CARTES), limit=_PROCHES))
