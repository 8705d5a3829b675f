"""Annexes of a year that a filter keeps, and the structures that they belong to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from maillage.indicators.pilotage.etp import compute_annexes
from maillage.indicators.pilotage.filtre import Filtre
from maillage.indicators.pilotage.structures import index_structures

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from maillage.indicators.pilotage.lecture import Faits
    from maillage.indicators.pilotage.structures import Cle


@dataclass(frozen=True, slots=True, eq=False)
class ParStructure:
    """Annexes gathered by structure.

    Attributes:
        annexes: Places in `faits.annexes`.
        ensembles: Place in `cles` of the structure of each.
        cles: (asp_id, type) of each structure.
        noms: Name of each structure.
    """

    annexes: NDArray[np.int64]
    ensembles: NDArray[np.int64]
    cles: tuple[Cle, ...]
    noms: tuple[str, ...]


def choose(faits: Faits, annee: int, filtre: Filtre | None, perimetre: str) -> NDArray[np.int64]:
    """Places in `faits.annexes` of the annexes that touch a year and that a filter keeps."""
    lignes = compute_annexes(faits, annee, perimetre)
    return lignes.rangs[(filtre or Filtre()).select(lignes)]


def open_groups(faits: Faits, annee: int, filtre: Filtre | None, perimetre: str) -> ParStructure:
    """The same, by structure."""
    annexes = choose(faits, annee, filtre, perimetre)
    index = index_structures(faits)
    rangs, premieres, ensembles = np.unique(
        index.rangs[annexes], return_index=True, return_inverse=True
    )
    noms = faits.annexe("denomination")[annexes[premieres]]
    return ParStructure(
        annexes,
        ensembles,
        tuple(index.cles[rang] for rang in rangs.tolist()),
        tuple(map(str, noms)),
    )
