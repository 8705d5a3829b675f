"""Groups of like structures, and the order in which likeness is relaxed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from maillage.indicators.panel.contribution import Profil

DIMENSIONS = ("type", "taille", "region", "activite")
"""From what is never relaxed to what is relaxed first. Groups are nested, never crossed."""


class Groupe(NamedTuple):
    """Structures that share the first so many dimensions of a profile.

    Attributes:
        valeurs: Of the first dimensions, one at least.
    """

    valeurs: tuple[str, ...]

    @property
    def dimensions(self) -> tuple[str, ...]:
        """What its members share."""
        return DIMENSIONS[: len(self.valeurs)]


def list_groupes(profil: Profil) -> tuple[Groupe, ...]:
    """Groups that a structure belongs to, from those most like it to its kind.

    Structures of which something is not known are not alike for that: the first dimension that is empty
    ends the list, and its kind is always there.
    """
    valeurs = tuple(getattr(profil, nom) for nom in DIMENSIONS)
    connues = next((rank for rank, valeur in enumerate(valeurs) if rank and not valeur), None)
    return tuple(Groupe(valeurs[:count]) for count in range(connues or len(DIMENSIONS), 0, -1))
