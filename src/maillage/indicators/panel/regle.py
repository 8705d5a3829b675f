"""What must be true of a group, and of every difference between groups, before quartiles are published."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from maillage.indicators.panel.quartiles import QUARTS, Quartiles, compute_quartiles, find_window
from maillage.indicators.secret.regle import TOLERANCE, Regle
from maillage.kernel.francais import format_nombre, typeset

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_CONTRIBUTEURS_MIN = 3


class Apport(NamedTuple):
    """What one structure brings to one group."""

    organisme: str
    valeur: float
    poids: float


@dataclass(frozen=True, slots=True)
class RegleDuPanel:
    """The network's rule, and what quartiles add to it.

    Attributes:
        secret: Structures that a figure rests on, largest share, protection interval.

    Raises:
        ValueError: the network's rule asks for fewer than three structures.
    """

    secret: Regle = field(default_factory=Regle)

    def __post_init__(self) -> None:
        if self.secret.contributeurs_min < _CONTRIBUTEURS_MIN:
            msg = f"the panel needs {_CONTRIBUTEURS_MIN} structures around a quartile or more"
            raise ValueError(msg)

    @property
    def structures_min(self) -> int:
        """Fewest organisations in a group, and in whatever a difference between groups isolates."""
        return QUARTS * self.secret.contributeurs_min

    def find_quartiles(self, apports: Sequence[Apport]) -> Quartiles | None:
        """Quartiles of a group, None when they would say too much by themselves.

        That is when one structure makes most of the figures around a quartile, or when two quartiles
        are equal: the figure of every structure between them would be known.
        """
        if not self.protects(apports):
            return None
        ordered = sorted(apports, key=lambda apport: apport.valeur)
        largeur = self.secret.contributeurs_min
        for quartile in range(1, QUARTS):
            window = find_window(len(ordered), quartile, largeur)
            if self._is_sensitive((ordered[r].organisme, abs(ordered[r].valeur)) for r in window):
                return None
        found = compute_quartiles([apport.valeur for apport in ordered], largeur)
        return found if found.premier < found.mediane < found.troisieme else None

    def protects(self, apports: Sequence[Apport]) -> bool:
        """Whether structures that readers cannot tell apart protect one another.

        They are enough, none makes most of the weight, and their figures differ enough for the one
        of each to stay unknown, even to one of them.
        """
        if len({apport.organisme for apport in apports}) < self.structures_min:
            return False
        if self._is_sensitive((apport.organisme, apport.poids) for apport in apports):
            return False
        lowest = min(apports, key=lambda apport: apport.valeur)
        highest = max(apports, key=lambda apport: apport.valeur)
        return all(self._is_spread(apports, one.organisme) for one in (lowest, highest))

    def _is_sensitive(self, parts: Iterable[tuple[str, float]]) -> bool:
        """Whether too few organisations make a sum, or one of them too much of it."""
        sums: Mapping[str, float] = _add_up(parts)
        total = math.fsum(sums.values())
        return self.secret.find_motif(len(sums), max(sums.values()), total) is not None

    def _is_spread(self, apports: Sequence[Apport], lecteur: str) -> bool:
        """Whether the figures of the others leave the protection interval to a reader among them."""
        others = [apport.valeur for apport in apports if apport.organisme != lecteur]
        play = max(others) - min(others)
        return play > 0 and play >= self.secret.marge * max(map(abs, others)) * (1 - TOLERANCE)

    @property
    def phrase(self) -> str:
        """Reason shown in place of quartiles, the same for all: telling them apart would say more."""
        return typeset(
            f"secret : moins de {self.structures_min} structures, ou des chiffres qui laisseraient "
            "deviner celui de l’une d’elles, seuls ou comparés à ce qui est déjà publié"
        )

    @property
    def methode(self) -> str:
        """The rule in French, for a pedigree."""
        largeur = self.secret.contributeurs_min
        part = format_nombre(100 * self.secret.part_max)
        marge = format_nombre(100 * self.secret.marge)
        return typeset(
            f"Chaque quartile est la moyenne des {largeur} ou {largeur + 1} chiffres qui l’entourent, "
            f"arrondie à trois chiffres significatifs. Un groupe compte {self.structures_min} structures "
            "au moins, comme tout ce qu’on isolerait en comparant deux groupes ou deux éditions de la "
            f"même année ; aucune ne pèse plus de {part} % ; le chiffre de chacune garde un jeu d’au moins "
            f"{marge} %."
        )


def _add_up(parts: Iterable[tuple[str, float]]) -> dict[str, float]:
    sums: defaultdict[str, float] = defaultdict(float)
    for organisme, part in parts:
        sums[organisme] += part
    return sums
