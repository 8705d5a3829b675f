"""Quartiles that are nobody's figure: means of the neighbouring ranks, rounded.

An interpolated quartile of 13 structures is the figure of the fourth, the seventh and the tenth. Here each
quartile is the mean of the three or four figures around its rank; the lowest and the highest figure
enter none.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

QUARTS = 4
CHIFFRES = 3
"""Significant figures of what is published."""


class Quartiles(NamedTuple):
    """What is published of one ratio in one group.

    Attributes:
        premier: First quartile.
        mediane: Second.
        troisieme: Third.
        nombre: Structures of the group that gave the ratio.
    """

    premier: float
    mediane: float
    troisieme: float
    nombre: int


def find_window(nombre: int, quartile: int, largeur: int) -> range:
    """Ranks, from 0, whose mean is a quartile: those at most half a width away from its place.

    The place is `(nombre + 1) × quartile ÷ 4`, counted from 1. With at least four widths of figures, windows
    do not overlap and never hold the lowest nor the highest figure.

    Args:
        nombre: Figures in all.
        quartile: 1, 2 or 3.
        largeur: Ranks of a window, at least; one more when the place is between two.
    """
    place = (nombre + 1) * quartile
    first = -((2 * largeur - place) // QUARTS)
    last = (place + 2 * largeur) // QUARTS
    return range(first - 1, last)


def compute_quartiles(valeurs: Sequence[float], largeur: int) -> Quartiles:
    """Rounded quartiles of at least four widths of figures, in any order.

    Raises:
        ValueError: there are fewer.
    """
    if len(valeurs) < QUARTS * largeur:
        msg = f"quartiles of {QUARTS * largeur} figures or more, not {len(valeurs)}"
        raise ValueError(msg)
    ordered = sorted(valeurs)
    cuts = []
    for quartile in range(1, QUARTS):
        window = find_window(len(ordered), quartile, largeur)
        cuts.append(math.fsum(ordered[rank] for rank in window) / len(window))
    decimals = count_decimals(max(map(abs, cuts)))
    premier, mediane, troisieme = (round(cut, decimals) for cut in cuts)
    return Quartiles(premier, mediane, troisieme, len(ordered))


def count_decimals(largest: float) -> int:
    """Decimals that leave three significant figures to the largest; negative above a thousand."""
    return CHIFFRES - 1 - math.floor(math.log10(largest)) if largest else 0
