"""Measures works against each other in one run, and prints the table of PERFORMANCE P1 to P10.

    from mesure import Ligne, measure, print_table

    found = measure({"nous": ours, "plancher": floor, "pair": peer}, repeats=7)
    print_table([Ligne("curseur", found["nous"], found["plancher"], found["pair"])])

Works run in turn, round after round, so that a slow moment of the machine falls on all of them; the
first round warms up and is not counted; the median of the others is kept. Peak memory is what
Python and NumPy allocate during one more run; what Arrow or another process allocates is not seen.
"""

from __future__ import annotations

import gc
import tracemalloc
from dataclasses import dataclass
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

_MIB = 2**20


@dataclass(frozen=True, slots=True)
class Mesure:
    """Median time of a work in seconds, and its peak memory in bytes (None: not measured)."""

    secondes: float
    memoire: int | None = None


@dataclass(frozen=True, slots=True)
class Ligne:
    """One row of the table.

    Attributes:
        nom: What is done.
        nous: Our measure.
        plancher: The least work that any program must do.
        pair: What a user would pick instead.
        croissance: Our times when the work grows ×1, ×10, ×100.
    """

    nom: str
    nous: Mesure
    plancher: Mesure | None = None
    pair: Mesure | None = None
    croissance: Sequence[Mesure] = ()


def measure(
    works: Mapping[str, Callable[[], object]], repeats: int = 5, *, memory: bool = True
) -> dict[str, Mesure]:
    """Median time and peak memory of each work, the works taking turns."""
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(repeats + 1):
        for name, work in works.items():
            times[name].append(_time(work))
    return {
        name: Mesure(median(times[name][1:]), _peak(work) if memory else None)
        for name, work in works.items()
    }


def print_table(lignes: Sequence[Ligne]) -> None:
    """Print one row per line: ours, floor, peer, both ratios, memory, growth."""
    titles = ("travail", "nous", "plancher", "pair", "nous/plancher", "pair/nous", "mémoire")
    rows = [(*titles, "croissance ×1 ×10 ×100"), *(_cells(ligne) for ligne in lignes)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)))


def _time(work: Callable[[], object]) -> float:
    gc.collect()
    start = perf_counter()
    work()
    return perf_counter() - start


def _peak(work: Callable[[], object]) -> int:
    tracemalloc.start()
    work()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def _cells(ligne: Ligne) -> tuple[str, ...]:
    return (
        ligne.nom,
        _duration(ligne.nous),
        _duration(ligne.plancher),
        _duration(ligne.pair),
        _ratio(ligne.nous, ligne.plancher),
        _ratio(ligne.pair, ligne.nous),
        "–" if ligne.nous.memoire is None else f"{ligne.nous.memoire / _MIB:.1f} Mio",
        " · ".join(_duration(mesure) for mesure in ligne.croissance) or "–",
    )


def _duration(mesure: Mesure | None) -> str:
    return "–" if mesure is None else f"{mesure.secondes * 1000:.2f} ms"


def _ratio(above: Mesure | None, below: Mesure | None) -> str:
    return "–" if above is None or below is None else f"{above.secondes / below.secondes:.2f}"
