"""Where a structure stands: its own point beside what is published, and nothing of the others.

The quarter is read from the published quartiles, never from the true rank: it says no more than what the
structure could work out from the page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maillage.indicators.panel.groupes import list_groupes
from maillage.kernel.valeur import Absence

if TYPE_CHECKING:
    from maillage.indicators.panel.contribution import Contribution
    from maillage.indicators.panel.edition import Affiche
    from maillage.indicators.panel.groupes import Groupe
    from maillage.indicators.panel.quartiles import Quartiles
    from maillage.kernel.valeur import Valeur


@dataclass(frozen=True, slots=True)
class Position:
    """One ratio of one structure beside its like.

    Attributes:
        ratio: Its name.
        valeur: Of the structure itself, `INCONNUE` when it gave none.
        groupe: Closest group that is published, its kind when none is.
        quartiles: Of that group, or why there are none.
        quart: 1 to 4, from the lowest; None when it cannot be said.
        raison: Why there are no quartiles, in French; empty when there are.
    """

    ratio: str
    valeur: Valeur
    groupe: Groupe
    quartiles: Quartiles | Absence
    quart: int | None
    raison: str


def situate(affiche: Affiche, contribution: Contribution) -> tuple[Position, ...]:
    """Every ratio of the panel, for the structure that contributes.

    Raises:
        ValueError: the contribution is of another year than the edition.
    """
    if contribution.annee != affiche.annee:
        msg = f"a contribution of {contribution.annee} beside an edition of {affiche.annee}"
        raise ValueError(msg)
    return tuple(_situate(affiche, contribution, ratio) for ratio in affiche.ratios)


def _situate(affiche: Affiche, contribution: Contribution, ratio: str) -> Position:
    groupes = list_groupes(contribution.profil)
    groupe = next((one for one in groupes if (ratio, one) in affiche.parutions), groupes[-1])
    quartiles = affiche.quartiles(ratio, groupe)
    mesure = contribution.ratios.get(ratio)
    quart = None
    if mesure is not None and not isinstance(quartiles, Absence):
        quart = find_quart(mesure.valeur, quartiles)
    return Position(
        ratio=ratio,
        valeur=Absence.INCONNUE if mesure is None else mesure.valeur,
        groupe=groupe,
        quartiles=quartiles,
        quart=quart,
        raison=affiche.raison(ratio, groupe),
    )


def find_quart(valeur: float, quartiles: Quartiles) -> int:
    """Quarter that a figure lies in; on a quartile, the lower one."""
    return 1 + sum(valeur > cut for cut in quartiles[:3])
