"""What the pages read: the atlas of this process, and what is computed from it once.

Everything is a function so that tests may put another atlas in its place.
"""

from __future__ import annotations

from functools import cache, lru_cache
from threading import RLock
from typing import TYPE_CHECKING

from maillage.analyses.diagnosis.atlas import Atlas, get_atlas
from maillage.analyses.diagnosis.diagnose import diagnostiquer
from maillage.analyses.targets.analyse import analyser_cibles
from maillage.web.territoires.maps.france import Fond

if TYPE_CHECKING:
    from maillage.analyses.diagnosis.model import Diagnostic
    from maillage.analyses.targets.model import Cibles
    from maillage.kernel.niveau import Niveau


VERROU = RLock()
"""Held while a page of figures is drawn: the caches behind them are not made for two threads."""


def atlas() -> Atlas:
    """The atlas of this process.

    Raises:
        DonneesIndisponibles: the reference pack is missing or damaged.
    """
    return get_atlas()


@lru_cache(maxsize=64)
def diagnostic(niveau: Niveau, code: str) -> Diagnostic:
    """Diagnosis of a territory; the last ones asked for are kept.

    Raises:
        Introuvable: no such territory (MLG-TER-001).
    """
    return diagnostiquer(atlas(), niveau, code)


@cache
def cibles() -> Cibles:
    """The analysis of the 2022 targets."""
    return analyser_cibles(atlas())


@cache
def fond(niveau: Niveau) -> Fond:
    """Paths of the map of France at a level."""
    return Fond(atlas().contours(niveau))
