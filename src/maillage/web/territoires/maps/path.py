"""Rings in metres to compact SVG paths: integers, relative commands, no repeated point."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from maillage.web.territoires.maps.frame import Boite

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_MIN_POINTS = 3


def emprise(anneaux: Sequence[Sequence[int]]) -> Boite:
    """Smallest rectangle that holds every ring.

    Raises:
        ValueError: there is no point at all.
    """
    xs = [x for anneau in anneaux for x in anneau[0::2]]
    ys = [y for anneau in anneaux for y in anneau[1::2]]
    if not xs:
        msg = "no point in these rings"
        raise ValueError(msg)
    return Boite(min(xs), min(ys), max(xs), max(ys))


def trace_path(
    anneaux: Sequence[Sequence[int]], placer: Callable[[float, float], tuple[int, int]]
) -> str:
    """Path data of a shape, to be filled with the even-odd rule.

    Rings that collapse under three points at this scale are left out; a shape of which nothing
    would remain keeps a small lozenge, so that no territory vanishes from the map.
    """
    traces = [trace for anneau in anneaux if (trace := _trace_ring(anneau, placer))]
    if traces:
        return "".join(traces)
    x, y = placer(*emprise(anneaux).milieu)
    return f"M{x} {y - 3}l3 3-3 3-3-3z"


def _trace_ring(anneau: Sequence[int], placer: Callable[[float, float], tuple[int, int]]) -> str:
    points: list[tuple[int, int]] = []
    for x, y in zip(anneau[0::2], anneau[1::2], strict=True):
        point = placer(x, y)
        if not points or points[-1] != point:
            points.append(point)
    if points and points[0] == points[-1]:
        points.pop()
    points = _drop_aligned(points)
    if len(points) < _MIN_POINTS:
        return ""
    pas = [
        (suivant[0] - point[0], suivant[1] - point[1])
        for point, suivant in itertools.pairwise(points)
    ]
    corps = "".join(_nombre(dx) + _nombre(dy) for dx, dy in pas).lstrip()
    return f"M{points[0][0]} {points[0][1]}l{corps}z"


def _drop_aligned(points: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Without the points that lie on the straight line between their neighbours."""
    garde: list[tuple[int, int]] = []
    for point in points:
        while len(garde) > 1 and _aligned(garde[-2], garde[-1], point):
            garde.pop()
        garde.append(point)
    return garde


def _aligned(a: tuple[int, int], b: tuple[int, int], c: tuple[int, int]) -> bool:
    return (b[0] - a[0]) * (c[1] - b[1]) == (b[1] - a[1]) * (c[0] - b[0])


def _nombre(n: int) -> str:
    """A number after its separator: the minus sign is one, a space otherwise."""
    return str(n) if n < 0 else f" {n}"
