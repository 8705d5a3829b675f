"""How many give each ratio, and in how many groups they are enough: no figure is looked at before an edition.

A count that depended on figures, read day after day, would tell more than the editions themselves.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from maillage.indicators.panel.groupes import list_groupes
from maillage.web.panel.choix import DIMENSIONS, RATIOS, REGLE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from maillage.indicators.panel.contribution import Contribution


@dataclass(frozen=True, slots=True)
class Comptage:
    """One ratio.

    Attributes:
        ratio: Its code.
        structures: Structures that give it.
        groupes: Groups of twelve organisations or more, by how many dimensions their members share.
    """

    ratio: str
    structures: int
    groupes: tuple[int, ...]


def count(contributions: Iterable[Contribution]) -> list[Comptage]:
    """Every ratio of the panel, in its order."""
    toutes = list(contributions)
    return [_count(ratio, [une for une in toutes if ratio in une.ratios]) for ratio in RATIOS]


def is_enough(contributions: Iterable[Contribution]) -> bool:
    """Whether a ratio at least is given by enough structures of one kind."""
    return any(comptage.groupes[0] for comptage in count(contributions))


def _count(ratio: str, donnent: list[Contribution]) -> Comptage:
    organismes = defaultdict(set)
    for une in donnent:
        for groupe in list_groupes(une.profil):
            organismes[groupe].add(une.organisme)
    assez = [len(g.valeurs) for g, o in organismes.items() if len(o) >= REGLE.structures_min]
    return Comptage(
        ratio, len(donnent), tuple(assez.count(rang) for rang in range(1, len(DIMENSIONS) + 1))
    )
