"""A reader who tries to find the figure of one structure of the panel, written apart from its protection.

He knows every published quartile of every edition, who is in each group, who came, left or was revised, between
what bounds a figure lies, how quartiles are made, and possibly his own figure. He supposes an order of
the structures, which makes everything linear, and asks how low and how high his target can be; then another
order. What he finds possible is possible: each world that he finds is published again and compared.
"""

from __future__ import annotations

import math
import random
from itertools import pairwise, permutations
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy.optimize import linprog

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from maillage.indicators.panel.edition import Edition

Piece = tuple[str, int]
"""A structure, and how many times its figure was revised before."""
Cuts = tuple[tuple[float, ...], float]
"""Published figures, and how far rounding may have moved them."""

MARGE = 0.15
BORNES = (-5.0, 100.0)
"""What everyone knows of the ratio, unless told otherwise."""


class Case(NamedTuple):
    """One published group: its members, and for each figure the part of each rank."""

    membres: tuple[Piece, ...]
    parts: tuple[Mapping[int, float], ...]
    chiffres: tuple[float, ...]
    arrondi: float


def neighbours(count: int) -> tuple[dict[int, float], ...]:
    """The rule as its documentation says it: the ranks at most one and a half from the place."""
    found = []
    for quartile in (1, 2, 3):
        near = [r for r in range(1, count + 1) if abs(r - (count + 1) * quartile / 4) <= 1.5]
        found.append({rank - 1: 1 / len(near) for rank in near})
    return tuple(found)


def interpolated(count: int) -> tuple[dict[int, float], ...]:
    """The usual quartiles, by linear interpolation."""
    found = []
    for quartile in (1, 2, 3):
        place = (count - 1) * quartile / 4
        low, rest = int(place), place - int(place)
        found.append({low: 1 - rest} | ({low + 1: rest} if rest else {}))
    return tuple(found)


def rounding(cuts: Sequence[float]) -> float:
    """Half a unit of the third significant figure of the largest."""
    largest = max(map(abs, cuts))
    return 0.5 * 10.0 ** (math.floor(math.log10(largest)) - 2) if largest else 0.0


def read_editions(editions: Sequence[Edition]) -> tuple[list[Case], dict[Piece, float]]:
    """What is published, once each, and the truth that it comes from."""
    cases: list[Case] = []
    states: dict[str, list[float]] = {}
    for edition in editions:
        for place, parution in edition.affiche.parutions.items():
            membres = []
            for nom, apport in edition.jeux[place].items():
                known = states.setdefault(nom, [])
                if apport.valeur not in known:
                    known.append(apport.valeur)
                membres.append((nom, known.index(apport.valeur)))
            cuts = parution.quartiles[:3]
            case = Case(tuple(sorted(membres)), neighbours(len(membres)), cuts, rounding(cuts))
            if case not in cases:
                cases.append(case)
    truth = {(nom, rank): v for nom, known in states.items() for rank, v in enumerate(known)}
    return cases, truth


class Lecteur:
    """A reader, his target not yet chosen."""

    def __init__(
        self, cases: Sequence[Case], pieces: Iterable[Piece], bornes: tuple[float, float]
    ) -> None:
        self.cases = cases
        self.pieces = sorted(pieces)
        self.place = {piece: rank for rank, piece in enumerate(self.pieces)}
        self.bornes = bornes

    def bound(
        self, order: Sequence[Piece], target: Piece, own: Mapping[Piece, float]
    ) -> tuple[float, float] | None:
        """How low and how high the target can be in that order; None when the order is impossible."""
        rows, sides = [], []
        for case in self.cases:
            members = set(case.membres)
            ranked = [self.place[piece] for piece in order if piece in members]
            for low, high in pairwise(ranked):
                row = np.zeros(len(self.pieces))
                row[low], row[high] = 1.0, -1.0
                rows.append(row)
                sides.append(0.0)
            for parts, chiffre in zip(case.parts, case.chiffres, strict=True):
                row = np.zeros(len(self.pieces))
                for rank, part in parts.items():
                    row[ranked[rank]] = part
                rows += [row, -row]
                sides += [chiffre + case.arrondi, case.arrondi - chiffre]
        limits = [
            (own.get(piece, self.bornes[0]), own.get(piece, self.bornes[1]))
            for piece in self.pieces
        ]
        aim = np.zeros(len(self.pieces))
        aim[self.place[target]] = 1.0
        found = []
        for sign in (1.0, -1.0):
            result = linprog(sign * aim, A_ub=np.array(rows), b_ub=np.array(sides), bounds=limits)
            if result.status == 2:
                return None
            assert result.status == 0, result.message
            assert result.x is not None
            assert result.fun is not None
            self.check(result.x)
            found.append(sign * float(result.fun))
        return found[0], found[1]

    def check(self, world: np.ndarray) -> None:
        """A world that the reader finds possible publishes what was published."""
        for case in self.cases:
            figures = np.sort(world[[self.place[piece] for piece in case.membres]])
            for parts, chiffre in zip(case.parts, case.chiffres, strict=True):
                mean = sum(part * figures[rank] for rank, part in parts.items())
                assert abs(mean - chiffre) <= case.arrondi + 1e-6

    def extremes(
        self,
        orders: Iterable[Sequence[Piece]],
        target: Piece,
        own: Mapping[Piece, float],
        enough: Callable[[float, float], bool] = lambda _low, _high: False,
    ) -> tuple[float, float]:
        """The same over many orders, until the play left is enough."""
        least, most = math.inf, -math.inf
        for order in orders:
            found = self.bound(order, target, own)
            if found is not None:
                least, most = min(least, found[0]), max(most, found[1])
                if enough(least, most):
                    break
        return least, most


def every_order(pieces: Sequence[Piece]) -> Iterable[tuple[Piece, ...]]:
    """All of them: for a few structures."""
    return permutations(pieces)


def moves(truth: Mapping[Piece, float], target: Piece) -> Iterable[list[Piece]]:
    """The true order, then the target at each other place, alone or exchanged with who is there."""
    order = sorted(truth, key=lambda piece: (truth[piece], piece))
    here = order.index(target)
    yield order
    others = order[:here] + order[here + 1 :]
    for there in sorted(range(len(order)), key=lambda rank: -abs(rank - here)):
        yield [*others[:there], target, *others[there:]]
        exchanged = list(order)
        exchanged[here], exchanged[there] = exchanged[there], exchanged[here]
        yield exchanged


def list_readers(truth: Mapping[Piece, float], target: Piece) -> list[dict[Piece, float]]:
    """An outsider, and the structures just below and just above the target, who know themselves."""
    order = sorted(truth, key=lambda piece: (truth[piece], piece))
    here = order.index(target)
    near = {order[max(here - 1, 0)][0], order[min(here + 1, len(order) - 1)][0]} - {target[0]}
    return [{}, *({p: v for p, v in truth.items() if p[0] == nom} for nom in sorted(near))]


def find_breaches(
    cases: Sequence[Case],
    truth: Mapping[Piece, float],
    targets: int = 10,
    bornes: tuple[float, float] = BORNES,
) -> list[str]:
    """Structures whose figure a reader bounds closer than the protection interval."""
    lecteur = Lecteur(cases, truth, bornes)
    chosen = random.Random(7).sample(sorted(truth), min(targets, len(truth)))  # noqa: S311
    found = []
    for target in chosen:
        needed = MARGE * abs(truth[target]) - 1e-6

        def enough(low: float, high: float, needed: float = needed) -> bool:
            return high - low > 1e-6 and high - low >= needed

        for own in list_readers(truth, target):
            low, high = lecteur.extremes(moves(truth, target), target, own, enough)
            if not enough(low, high):
                found.append(f"{target} = {truth[target]} dans [{low}, {high}], lecteur {[*own]}")
    return found
