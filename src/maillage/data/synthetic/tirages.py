"""Draws that depend on nothing but a seed, a name and keys: no order, no size, no version of a library.

Each draw is a pure function of what it is about (this place, that month). An extract of the same
network, cut at another day or for other years, therefore gives the same people and the same hours.

Source:
    Mixing function of SplitMix64 (Steele, Lea, Flood, 2014).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.special import ndtri

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Cle = int | NDArray[Any]

_PAS = np.uint64(0x9E3779B97F4A7C15)
_MULT_1 = np.uint64(0xBF58476D1CE4E5B9)
_MULT_2 = np.uint64(0x94D049BB133111EB)
_UN = np.uint64(1)


@dataclass(frozen=True, slots=True)
class Alea:
    """Source of the draws of a network.

    Attributes:
        graine: Its seed.
    """

    graine: int

    def bits(self, nom: str, *cles: Cle) -> NDArray[np.uint64]:
        """64 bits for each set of keys.

        Args:
            nom: What is drawn; two draws of the same keys under two names have nothing in common.
            cles: Integers or arrays of integers, broadcast together.
        """
        condense = hashlib.blake2b(f"{self.graine}:{nom}".encode(), digest_size=8).digest()
        etat: Any = np.uint64(int.from_bytes(condense, "little"))
        with np.errstate(over="ignore"):
            for cle in cles:
                etat = _mix(etat ^ (_as_bits(cle) + _UN) * _PAS)
        return np.asarray(etat)

    def uniform(self, nom: str, *cles: Cle) -> NDArray[np.float64]:
        """Draws between 0 included and 1 excluded."""
        return (self.bits(nom, *cles) >> np.uint64(11)).astype(np.float64) * 2.0**-53

    def normal(self, nom: str, *cles: Cle) -> NDArray[np.float64]:
        """Draws of mean 0 and standard deviation 1."""
        return np.asarray(ndtri(self.uniform(nom, *cles) * (1 - 2e-16) + 1e-16))

    def integers(self, bas: int, haut: int, nom: str, *cles: Cle) -> NDArray[np.int64]:
        """Integers from `bas` to `haut`, both included."""
        return bas + (self.uniform(nom, *cles) * (haut - bas + 1)).astype(np.int64)

    def choose(self, poids: Sequence[float], nom: str, *cles: Cle) -> NDArray[np.int64]:
        """Ranks drawn according to their weights, whose sum may be anything."""
        bornes = np.cumsum(np.asarray(poids, dtype=np.float64))
        return np.searchsorted(bornes / bornes[-1], self.uniform(nom, *cles), side="right")


def _as_bits(cle: Cle) -> Any:
    if isinstance(cle, int):
        return np.uint64(cle & 0xFFFFFFFFFFFFFFFF)
    return cle.astype(np.int64).view(np.uint64)


def _mix(etat: Any) -> Any:
    etat = (etat ^ (etat >> np.uint64(30))) * _MULT_1
    etat = (etat ^ (etat >> np.uint64(27))) * _MULT_2
    return etat ^ (etat >> np.uint64(31))
