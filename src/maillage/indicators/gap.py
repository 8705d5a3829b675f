"""Gap between the people in IAE of a territory and what a key of need would give it.

Pure functions on columns. For one key, over the territories where both the need and the supply
are known (the others have no figure): the share of need is the territory's need over their sum;
the share of supply likewise; the gap is the stock minus the share of need times the sum of the
stocks. Gaps therefore add up to zero over these territories.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from maillage.indicators.columns import (
    INCONNUE,
    first_absence,
    make_colonne,
    product,
    ratio,
    unknown,
)
from maillage.kernel.valeur import CONNUE, Colonne

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

CLES = ("demandeurs", "longue_duree", "rsa", "pauvrete")
"""Simple keys of need, in the order of the screen; the composite comes after them."""
COMPOSITE = "composite"
_DECIMALES_RANG = 9
POIDS_PAR_DEFAUT: dict[str, float] = dict.fromkeys(CLES, 1.0)


@dataclass(frozen=True, slots=True)
class Ecart:
    """One key at one level. Every column has shape `(territoires,)`.

    Attributes:
        part_besoin: Share of the need of the territories compared, 0–1.
        part_offre: Share of their people in IAE, 0–1.
        ecart: People in IAE above (+) or below (−) the share of need.
        relatif: Gap over what the share of need would give; −0.25 is a quarter less.
        rang: 1 is the least served relative to need; equal gaps share the best rank.
    """

    part_besoin: Colonne
    part_offre: Colonne
    ecart: Colonne
    relatif: Colonne
    rang: Colonne


def shares(besoin: Colonne) -> Colonne:
    """Share of each known figure in their sum; not applicable when the sum is zero."""
    total = np.nansum(besoin.nombres)
    return ratio(besoin, Colonne(np.full(len(besoin), total), np.zeros(len(besoin), np.uint8)))


def composite(parts: Mapping[str, Colonne], poids: Mapping[str, float]) -> Colonne:
    """Weighted mean of the shares that a territory has, rescaled so that it sums to 1.

    Args:
        parts: Share of need under each simple key.
        poids: Weight of each key, zero or more; a key left out weighs nothing.

    Raises:
        ValueError: a weight is negative or not finite, or names no key.
    """
    _check_poids(parts, poids)
    kept = [(parts[cle], poids.get(cle, 0.0)) for cle in parts if poids.get(cle, 0.0) > 0]
    if not kept:
        return unknown(len(next(iter(parts.values()))))
    weights = np.array([weight for _, weight in kept], dtype=np.float64)[:, None]
    known = np.array([part.connues for part, _ in kept])
    values = np.array([np.nan_to_num(part.nombres) for part, _ in kept])
    total = (weights * known).sum(axis=0)
    etats = np.where(total > 0, CONNUE, first_absence([part for part, _ in kept]))
    mean = (weights * values).sum(axis=0) / np.where(total > 0, total, 1.0)
    return shares(make_colonne(np.asarray(mean, dtype=np.float64), etats.astype(np.uint8)))


def _check_poids(parts: Mapping[str, Colonne], poids: Mapping[str, float]) -> None:
    strangers = poids.keys() - parts.keys()
    wrong = {cle: p for cle, p in poids.items() if not (np.isfinite(p) and p >= 0)}
    if strangers or wrong:
        msg = f"weights {dict(poids)}: expected zero or more for {sorted(parts)}"
        raise ValueError(msg)


def gaps(besoin: Colonne, stock: Colonne) -> Ecart:
    """Gap of every territory under one key.

    Args:
        besoin: People in need, or shares of need; rescaled over the territories whose stock is
            known too.
        stock: People in IAE.
    """
    etats = first_absence((besoin, stock))
    part = shares(make_colonne(besoin.nombres, etats))
    offre = make_colonne(stock.nombres, etats)
    total = Colonne(
        np.full(len(stock), np.nansum(offre.nombres)), np.zeros(len(stock), dtype=np.uint8)
    )
    attendu = product(part, total)
    ecart = make_colonne(offre.nombres - attendu.nombres, first_absence((offre, attendu)))
    relatif = ratio(ecart, attendu)
    return Ecart(part, shares(offre), ecart, relatif, ranks(relatif))


def ranks(valeurs: Colonne) -> Colonne:
    """Rank of each known figure, 1 for the lowest; equal figures share the best rank.

    Figures that differ by less than a billionth are equal: sums are not exact to the last bit.
    """
    rounded = np.round(valeurs.nombres, _DECIMALES_RANG)
    ordered = np.sort(rounded[valeurs.connues])
    rangs = np.searchsorted(ordered, np.nan_to_num(rounded), side="left") + 1.0
    return make_colonne(rangs.astype(np.float64), valeurs.etats)


def rank_range(rangs: Sequence[Colonne]) -> tuple[Colonne, Colonne]:
    """Extreme ranks of each territory over the keys; unknown when fewer than two are."""
    table = np.array([rang.nombres for rang in rangs])
    enough = (~np.isnan(table)).sum(axis=0) >= 2  # noqa: PLR2004 — one rank has no range
    etats = np.where(enough, CONNUE, INCONNUE).astype(np.uint8)
    filled = np.where(np.isnan(table), np.inf, table)
    lowest = make_colonne(filled.min(axis=0), etats)
    return lowest, make_colonne(np.where(np.isnan(table), -np.inf, table).max(axis=0), etats)


def agreement(valeurs: Mapping[str, Colonne]) -> NDArray[np.float64]:
    """Spearman correlation of the ranks under each pair of keys.

    Returns:
        Shape `(cles, cles)`, in the order given; NaN where fewer than three territories have both
        figures, or where one of the two does not vary.
    """
    columns = list(valeurs.values())
    return np.array([[_spearman(left, right) for right in columns] for left in columns])


def _spearman(left: Colonne, right: Colonne) -> float:
    both = left.connues & right.connues
    if both.sum() < 3:  # noqa: PLR2004 — two points always agree or disagree fully
        return float("nan")
    a, b = (_mean_ranks(colonne.nombres[both]) for colonne in (left, right))
    a, b = a - a.mean(), b - b.mean()
    spread = float(np.sqrt((a @ a) * (b @ b)))
    return float(a @ b) / spread if spread > 0 else float("nan")


def _mean_ranks(values: NDArray[np.float64]) -> NDArray[np.float64]:
    ordered = np.sort(values)
    low = np.searchsorted(ordered, values, side="left")
    return np.asarray((low + np.searchsorted(ordered, values, side="right") + 1) / 2)
