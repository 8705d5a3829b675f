"""Explicit choices beyond the law: a projection, or a value of the user's own.

Nothing is chosen by default: where the law is not known the engine refuses. A choice is made,
labelled, and carried by every figure that used it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from maillage.kernel.errors import Anomalie, SaisieInvalide

if TYPE_CHECKING:
    from datetime import date


class GenreChoix(Enum):
    """The two ways out of a refusal."""

    PROJECTION_SMIC = "projection_smic"
    VALEUR_UTILISATEUR = "valeur_utilisateur"


@dataclass(frozen=True, slots=True)
class Choix:
    """One choice.

    Attributes:
        genre: Projection or own value.
        chemin: Parameter it applies to; empty for a projection, which applies to every amount
            that the texts index.
        valeur: The user's value, None for a projection.
        motif: Why, in the user's words.
        du: First day it applies, None without limit.
        au: Last day, None without limit.
    """

    genre: GenreChoix
    chemin: str = ""
    valeur: float | None = None
    motif: str = ""
    du: date | None = None
    au: date | None = None

    @classmethod
    def projection_smic(cls) -> Choix:
        """Index on the SMIC, from the last known value, each amount whose text is not found."""
        return cls(GenreChoix.PROJECTION_SMIC)

    @classmethod
    def valeur_utilisateur(
        cls,
        chemin: str,
        valeur: float,
        motif: str,
        *,
        du: date | None = None,
        au: date | None = None,
    ) -> Choix:
        """Use the user's own value of one parameter.

        Raises:
            SaisieInvalide: MLG-REG-010, no reason is given; MLG-REG-011, the value is not a
                finite number.
        """
        if not motif.strip():
            raise SaisieInvalide(
                Anomalie(
                    "MLG-REG-010",
                    f"La valeur choisie pour {chemin} n’a pas de motif.",
                    "Dites d’où vient cette valeur : elle sera affichée avec chaque résultat.",
                )
            )
        if isinstance(valeur, bool) or not math.isfinite(valeur):
            raise SaisieInvalide(
                Anomalie(
                    "MLG-REG-011",
                    f"La valeur choisie pour {chemin}, {valeur}, n’est pas un nombre.",
                    "Donnez un nombre.",
                )
            )
        return cls(GenreChoix.VALEUR_UTILISATEUR, chemin, valeur, motif.strip(), du, au)

    def covers(self, chemin: str, le: date) -> bool:
        """Whether this own value replaces the parameter on that day."""
        return (
            self.genre is GenreChoix.VALEUR_UTILISATEUR
            and self.chemin == chemin
            and (self.du is None or self.du <= le)
            and (self.au is None or le <= self.au)
        )

    @property
    def avertissement(self) -> str:
        """Label shown beside every figure that used it."""
        if self.genre is GenreChoix.PROJECTION_SMIC:
            return "Projection indexée sur le SMIC (confiance C) : une projection, pas le droit."
        return f"Valeur choisie par l’utilisateur, pas le droit : {self.motif}."
