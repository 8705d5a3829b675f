"""A figure that is a number, or says why it is not one.

Unknown is not zero. A figure that is missing, protected by statistical secrecy, late, not yet
published or not applicable is a value of its own, and no arithmetic can turn it into a number.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray


class Absence(Enum):
    """Why a figure is not a number. The value is the word shown on screen, in French."""

    INCONNUE = "inconnue"
    SECRETE = "secrète"  # noqa: S105 — a French adjective, not a password
    EN_RETARD = "en retard"
    PAS_ENCORE_PUBLIEE = "pas encore publiée"
    SANS_OBJET = "sans objet"

    @property
    def code(self) -> str:
        """ASCII identifier, stable in files and in API answers."""
        return self.name.lower()


Valeur: TypeAlias = float | Absence
"""One figure: a number, or the reason why there is none."""

# Codes of the columnar form; 0 means that the number is known. Stored in Parquet: never renumber.
_CODES: dict[Absence, int] = {
    Absence.INCONNUE: 1,
    Absence.SECRETE: 2,
    Absence.EN_RETARD: 3,
    Absence.PAS_ENCORE_PUBLIEE: 4,
    Absence.SANS_OBJET: 5,
}
_ABSENCES: dict[int, Absence] = {code: absence for absence, code in _CODES.items()}
CONNUE = 0
"""State code of a known number in a `Colonne`."""


def code_etat(valeur: Valeur) -> int:
    """State code of one figure: 0 when it is a number, else the code of its absence."""
    return _CODES[valeur] if isinstance(valeur, Absence) else CONNUE


def absence_from_code(code: int) -> Absence:
    """Absence that a non-zero state code stands for.

    Raises:
        ValueError: the code stands for no absence.
    """
    if code not in _ABSENCES:
        msg = f"state code {code} is not one of {sorted(_ABSENCES)}"
        raise ValueError(msg)
    return _ABSENCES[code]


@dataclass(frozen=True, slots=True, eq=False)
class Colonne:
    """Many figures at once: numbers and state codes side by side.

    Attributes:
        nombres: Shape `(n,)`, float64; NaN exactly where the state is not 0.
        etats: Shape `(n,)`, uint8; 0 known, else the code of an `Absence`.
    """

    nombres: NDArray[np.float64]
    etats: NDArray[np.uint8]

    def __post_init__(self) -> None:
        if self.nombres.shape != self.etats.shape:
            msg = f"shapes differ: {self.nombres.shape} and {self.etats.shape}"
            raise ValueError(msg)
        if not np.array_equal(np.isnan(self.nombres), self.etats != CONNUE):
            msg = "a figure is NaN exactly where its state is not 0"
            raise ValueError(msg)

    @classmethod
    def from_valeurs(cls, valeurs: Sequence[Valeur]) -> Colonne:
        """Column of the given figures, in their order."""
        nombres = [np.nan if isinstance(v, Absence) else float(v) for v in valeurs]
        etats = [code_etat(v) for v in valeurs]
        return cls(np.array(nombres, dtype=np.float64), np.array(etats, dtype=np.uint8))

    @classmethod
    def from_nombres(cls, nombres: NDArray[np.float64], manque: Absence) -> Colonne:
        """Column of numbers in which every NaN stands for the same absence."""
        etats = np.where(np.isnan(nombres), _CODES[manque], CONNUE).astype(np.uint8)
        return cls(nombres.astype(np.float64), etats)

    def __len__(self) -> int:
        return len(self.nombres)

    def __getitem__(self, position: int) -> Valeur:
        etat = int(self.etats[position])
        return float(self.nombres[position]) if etat == CONNUE else absence_from_code(etat)

    def __iter__(self) -> Iterator[Valeur]:
        return (self[position] for position in range(len(self)))

    @property
    def connues(self) -> NDArray[np.bool_]:
        """Mask of the figures that are numbers. Shape `(n,)`."""
        return np.asarray(self.etats == CONNUE)
