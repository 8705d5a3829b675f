"""Figures drawn from protected ones: ratios, means, quantiles.

A ratio or a mean of two figures that are both published tells nothing more than they do: it is
published exactly when they are. A quantile is not a sum: it has its own rule, which is a hypothesis.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from maillage.indicators.secret.regle import Motif, Regle
from maillage.kernel.valeur import Absence

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from maillage.indicators.secret.publication import Publication
    from maillage.kernel.valeur import Valeur

_DEUX = 2


@dataclass(frozen=True, slots=True)
class Derive:
    """A figure drawn from others, and why it is hidden when it is.

    Attributes:
        valeur: The figure, `SECRETE`, or `SANS_OBJET` when the denominator is zero or empty.
        raison: French sentence, empty unless the figure is secret.
    """

    valeur: Valeur
    raison: str = ""


def ratio(numerateur: Publication, denominateur: Publication, ligne: str, colonne: str) -> Derive:
    """Ratio of the same cell of two publications; a mean when the denominator counts answers.

    Raises:
        ValueError: one of the tables has no such cell.
    """
    haut, bas = numerateur.valeur(ligne, colonne), denominateur.valeur(ligne, colonne)
    raison = numerateur.raison(ligne, colonne) or denominateur.raison(ligne, colonne)
    if raison:
        return Derive(Absence.SECRETE, raison)
    if isinstance(haut, Absence) or isinstance(bas, Absence) or bas == 0:
        return Derive(Absence.SANS_OBJET)
    return Derive(haut / bas)


def quantiles(
    valeurs: Mapping[str, float],
    groupes: int,
    regle: Regle | None = None,
    anterieures: Sequence[Mapping[str, float]] = (),
) -> tuple[Derive, ...]:
    """Values that cut the structures into groups of equal size, by linear interpolation.

    Hypothesis: no official threshold was found for quantiles. The rule of frequency is applied to
    each group: 3 structures in each, so 6 for a median and 12 for quartiles. A quantile is close to
    the figure of one or two structures, without telling which.

    Args:
        valeurs: One figure per structure, which may be negative.
        groupes: 2 for the median, 4 for the quartiles.
        regle: The default one when None.
        anterieures: Figures that quantiles were already published from. Those that differ by fewer
            structures than the rule asks, joined, left or revised, forbid this one.

    Returns:
        `groupes - 1` figures from the lowest to the highest, all published or none.

    Raises:
        ValueError: fewer than two groups, or a value is not finite.
    """
    regle = regle or Regle()
    if groupes < _DEUX:
        msg = f"quantiles cut into two groups or more, not {groupes}"
        raise ValueError(msg)
    if not all(math.isfinite(valeur) for valeur in valeurs.values()):
        msg = "every structure has a finite value: leave out those whose figure is unknown"
        raise ValueError(msg)
    count = groupes - 1
    if not valeurs:
        return (Derive(Absence.SANS_OBJET),) * count
    if len(valeurs) < groupes * regle.contributeurs_min:
        return (Derive(Absence.SECRETE, regle.phrase(Motif.GROUPES)),) * count
    if any(
        0 < len(find_changed(valeurs, autre)) < regle.contributeurs_min for autre in anterieures
    ):
        return (Derive(Absence.SECRETE, regle.phrase(Motif.DIFFERENCE)),) * count
    levels = np.arange(1, groupes) / groupes
    cuts = np.quantile(np.array(list(valeurs.values()), dtype=np.float64), levels)
    return tuple(Derive(float(cut)) for cut in cuts)


def find_changed(valeurs: Mapping[str, float], autre: Mapping[str, float]) -> set[str]:
    """Structures that joined, left, or whose figure differs."""
    return {nom for nom in {*valeurs, *autre} if valeurs.get(nom) != autre.get(nom)}
