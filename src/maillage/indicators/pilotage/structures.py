"""Which structures an extract speaks of: one asp_id in one kind, as an ACI and an ETTI may share one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from maillage.indicators.pilotage.lecture import Faits

Cle: TypeAlias = tuple[int, str]
"""Identifier of the ASP and kind."""
_GARDEES = 4


@dataclass(frozen=True, slots=True, eq=False)
class Structures:
    """The structures of an extract, in the order of their keys.

    Attributes:
        cles: Keys, without repetition.
        rangs: Place in `cles` of the structure of each annexe, shape `(annexes,)`.
        places: Place of each key in `cles`.
    """

    cles: tuple[Cle, ...]
    rangs: NDArray[np.int64]
    places: dict[Cle, int]


@lru_cache(maxsize=_GARDEES)
def index_structures(faits: Faits) -> Structures:
    """Structures of an extract, numbered once."""
    toutes = list(zip(faits.annexe("asp_id").tolist(), faits.annexe("type").tolist(), strict=True))
    cles = tuple(sorted(set(toutes)))
    places = {cle: place for place, cle in enumerate(cles)}
    rangs = np.array([places[cle] for cle in toutes], dtype=np.int64)
    return Structures(cles, rangs, places)
