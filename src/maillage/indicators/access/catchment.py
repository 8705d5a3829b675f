"""Enhanced two-step floating catchment area: what is within reach, shared among those who reach it.

Step 1: each structure divides its supply by the job seekers who reach it, the far ones weighing
less. Step 2: each origin adds up the shares of the structures it reaches, with the same weights.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np
from scipy.sparse import csr_array

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from maillage.indicators.access.pairs import Pairs


class Decay(Protocol):
    """How much a structure counts as trips get longer."""

    @property
    def portee(self) -> float:
        """Longest trip that counts, in minutes, inclusive."""

    def weigh(self, pairs: Pairs) -> NDArray[np.float64]:
        """Weight of each pair. Shape `(p,)`."""


@dataclass(frozen=True, slots=True)
class StepDecay:
    """One weight per zone of travel time; a zone includes its upper limit, nothing counts beyond.

    Attributes:
        bornes: Upper limit of each zone in minutes, increasing.
        poids: Weight of each zone, 0 or more.

    Source:
        Luo & Qi 2009 (doi 10.1016/j.healthplace.2009.06.002) weigh 1, 0.68 and 0.22 the zones
        0–10, 10–20 and 20–30 minutes. The weights of `ZONES` are theirs, its zones are ours.
    """

    bornes: tuple[float, ...]
    poids: tuple[float, ...]

    def __post_init__(self) -> None:
        if len(self.bornes) != len(self.poids) or not self.bornes:
            msg = f"one weight per zone: {len(self.bornes)} limits, {len(self.poids)} weights"
            raise ValueError(msg)
        if any(a >= b for a, b in zip(self.bornes, self.bornes[1:], strict=False)):
            msg = f"limits increase, unlike {self.bornes}"
            raise ValueError(msg)
        if min(self.poids) < 0:
            msg = f"weights are 0 or more, unlike {self.poids}"
            raise ValueError(msg)

    @property
    def portee(self) -> float:
        """Longest trip that counts, in minutes, inclusive."""
        return self.bornes[-1]

    def weigh(self, pairs: Pairs) -> NDArray[np.float64]:
        """Weight of each pair: a look-up of its whole minute when every limit is whole."""
        weights = np.array([*self.poids, 0.0])
        if all(float(borne).is_integer() for borne in self.bornes):
            by_minute = weights[np.searchsorted(self.bornes, np.arange(256))]
            return np.asarray(by_minute.take(pairs.minute_entiere))
        return np.asarray(weights[np.searchsorted(self.bornes, pairs.minutes)])


@dataclass(frozen=True, slots=True)
class GaussianDecay:
    """Weight exp(−t² / 2σ²) up to a limit, included; nothing counts beyond.

    Attributes:
        sigma: σ in minutes, above 0.
        portee: Longest trip that counts, in minutes.
    """

    sigma: float
    portee: float

    def __post_init__(self) -> None:
        if not self.sigma > 0:
            msg = f"sigma is above 0, not {self.sigma}"
            raise ValueError(msg)

    def weigh(self, pairs: Pairs) -> NDArray[np.float64]:
        """Weight of each pair, evaluated on its exact time."""
        weights = np.square(pairs.minutes)
        weights *= -1 / (2 * self.sigma**2)
        np.exp(weights, out=weights)
        if self.portee < pairs.max_minutes:
            weights[pairs.minutes > self.portee] = 0.0
        return weights


ZONES = StepDecay((15, 30, 45), (1.0, 0.68, 0.22))
"""The decay of the scores shown: weights of Luo & Qi 2009 on zones of 15 minutes."""


def e2sfca(
    pairs: Pairs, demande: NDArray[np.float64], offre: NDArray[np.float64], decay: Decay
) -> NDArray[np.float64]:
    """Supply within reach of each origin, per unit of demand that competes for it.

    A structure that nobody reaches has no share to give and adds nothing to anyone. The sum of
    score × demand over origins is the sum of supply over the structures that somebody reaches.

    Args:
        pairs: Trips, kept at least as far as the decay reaches.
        demande: Demand at each origin, 0 or more. Shape `(n,)`.
        offre: Supply of each structure, or one column per kind. Shape `(m,)` or `(m, k)`.
        decay: Weights by travel time.

    Returns:
        Shape `(n,)` or `(n, k)`.

    Raises:
        ValueError: the decay reaches beyond the trips that were kept.
    """
    if decay.portee > pairs.max_minutes:
        msg = f"trips were kept up to {pairs.max_minutes} minutes, the decay reaches {decay.portee}"
        raise ValueError(msg)
    weights = csr_array(
        (decay.weigh(pairs), pairs.structure, pairs.debut),
        shape=(pairs.nombre_origines, pairs.nombre_structures),
    )
    competing = np.asarray(weights.T @ demande)
    shares = np.divide(1.0, competing, out=np.zeros_like(competing), where=competing > 0)
    return np.asarray(weights @ (offre.T * shares).T)
