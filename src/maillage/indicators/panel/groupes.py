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
    """Groups that a structure belongs to, from those most like it to its kind."""
    valeurs = tuple(getattr(profil, nom) for nom in DIMENSIONS)
    return tuple(Groupe(valeurs[:count]) for count in range(len(DIMENSIONS), 0, -1))
