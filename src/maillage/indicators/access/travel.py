"""How long a car takes between two points: named hypotheses, and a band around them.

No published origin–destination table of French travel times is embedded in Maillage. A time is the
great-circle distance, lengthened by a detour, half of it driven at the speed of the commune left
and half at the speed of the commune reached.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

RAYON_TERRE_KM = 6371.0088
"""Mean radius of the Earth (IUGG), in kilometres."""


class Milieu(IntEnum):
    """Kind of roads around a commune, from the INSEE density grid in seven levels."""

    URBAIN = 0  # levels 1 and 2
    INTERMEDIAIRE = 1  # levels 3 and 4
    RURAL = 2  # levels 5, 6 and 7


_MILIEUX: dict[str, Milieu] = {
    "1": Milieu.URBAIN,
    "2": Milieu.URBAIN,
    "3": Milieu.INTERMEDIAIRE,
    "4": Milieu.INTERMEDIAIRE,
    "5": Milieu.RURAL,
    "6": Milieu.RURAL,
    "7": Milieu.RURAL,
}


@dataclass(frozen=True, slots=True)
class Hypotheses:
    """Assumptions on travel by car; none of them is a published measure of French travel times.

    Attributes:
        nom: Short French name, shown with the figures.
        detour: Road distance over great-circle distance, 1 or more.
        vitesse_urbain: Door-to-door speed in communes of density 1–2, km/h.
        vitesse_intermediaire: The same in communes of density 3–4, and where density is unknown.
        vitesse_rural: The same in communes of density 5–7.

    Source:
        Detour: 1.343 on average over 300 European cities (2023, doi 10.1177/23998083231168870);
        about 1.2 in older work (Newell 1980); 1.3 on motorway networks (Wang et al. 2024,
        arXiv 2406.06490). Speeds: hypotheses of Maillage.
    """

    nom: str
    detour: float
    vitesse_urbain: float
    vitesse_intermediaire: float
    vitesse_rural: float

    def __post_init__(self) -> None:
        if not self.detour >= 1:
            msg = f"a detour is 1 or more, not {self.detour}"
            raise ValueError(msg)
        if not min(self.vitesses) > 0:
            msg = f"speeds are above 0 km/h, not {self.vitesses}"
            raise ValueError(msg)

    @classmethod
    def centrales(cls) -> Hypotheses:
        """The hypotheses of the figures shown first."""
        return cls("centrales", 1.3, 25, 40, 55)

    @classmethod
    def prudentes(cls) -> Hypotheses:
        """Longer roads, slower by 5 km/h: fewer structures within reach."""
        return cls("prudentes", 1.4, 20, 35, 50)

    @classmethod
    def favorables(cls) -> Hypotheses:
        """Straighter roads, faster by 5 km/h: more structures within reach."""
        return cls("favorables", 1.2, 30, 45, 60)

    @property
    def vitesses(self) -> tuple[float, float, float]:
        """Speeds in the order of `Milieu`, km/h."""
        return (self.vitesse_urbain, self.vitesse_intermediaire, self.vitesse_rural)

    @property
    def minutes_par_km(self) -> NDArray[np.float64]:
        """Minutes that each end of a trip adds per great-circle kilometre.

        Returns:
            Shape `(3,)`, in the order of `Milieu`. A trip of d km between milieux a and b takes
            `d × (m[a] + m[b])` minutes: half of the detoured path at each speed.
        """
        return np.array([60 * self.detour / (2 * vitesse) for vitesse in self.vitesses])

    @property
    def parametres(self) -> tuple[tuple[str, str], ...]:
        """Name and value of each hypothesis, in French, for cards and pedigrees."""
        return (
            ("hypothèses", self.nom),
            ("coefficient de détour", _decimal(self.detour)),
            ("vitesse en commune urbaine (densité 1–2)", f"{_decimal(self.vitesse_urbain)} km/h"),
            (
                "vitesse en commune intermédiaire (densité 3–4)",
                f"{_decimal(self.vitesse_intermediaire)} km/h",
            ),
            ("vitesse en commune rurale (densité 5–7)", f"{_decimal(self.vitesse_rural)} km/h"),
        )


CENTRALES = Hypotheses.centrales()


def classify_milieux(densites: Iterable[str | None]) -> NDArray[np.uint8]:
    """Milieu of each commune from its density level.

    Args:
        densites: Level « 1 » to « 7 » of each commune; None when it is not published, which counts
            as intermediate.

    Returns:
        Shape `(n,)`, values of `Milieu`.

    Raises:
        ValueError: a level is not in the INSEE grid.
    """
    levels = list(densites)
    if unknown := {level for level in levels if level is not None and level not in _MILIEUX}:
        msg = f"density levels are 1 to 7, not {sorted(unknown)}"
        raise ValueError(msg)
    return np.array(
        [Milieu.INTERMEDIAIRE if level is None else _MILIEUX[level] for level in levels],
        dtype=np.uint8,
    )


def unit_vectors(
    latitude: NDArray[np.float64], longitude: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Points of the unit sphere. Degrees in, shape `(n, 3)` out."""
    phi, lam = np.radians(latitude), np.radians(longitude)
    return np.column_stack((np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)))


def chord_to_km(chord: NDArray[np.float64]) -> NDArray[np.float64]:
    """Great-circle kilometres from straight distances between points of the unit sphere."""
    return 2 * RAYON_TERRE_KM * np.arcsin(np.minimum(chord / 2, 1.0))


def km_to_chord(km: float) -> float:
    """Straight distance on the unit sphere that spans so many great-circle kilometres."""
    return 2 * float(np.sin(min(km / (2 * RAYON_TERRE_KM), np.pi / 2)))


def _decimal(number: float) -> str:
    """Shortest French writing: « 1,3 », « 25 »."""
    return f"{number:g}".replace(".", ",")
