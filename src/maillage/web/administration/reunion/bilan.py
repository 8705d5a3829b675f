"""What joining two records would do, as it is shown before; and periods that become one."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from maillage.kernel.errors import Anomalie, SaisieInvalide

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date


@dataclass(frozen=True, slots=True)
class Devenir:
    """One thing of the record that is joined, and what becomes of it.

    Attributes:
        quoi: What, with how many.
        devient: What becomes of it, in French.
    """

    quoi: str
    devient: str


@dataclass(frozen=True, slots=True)
class Bilan:
    """All that joining would do.

    Attributes:
        lignes: What moves where, and what is kept aside.
        obstacles: What must be settled before; nothing is done while there is one.
    """

    lignes: tuple[Devenir, ...]
    obstacles: tuple[Anomalie, ...]

    @property
    def empreinte(self) -> str:
        """Short hash of what is shown: what was shown is what is done."""
        return hashlib.sha256(repr(self.lignes).encode()).hexdigest()[:16]

    def check(self, empreinte: str) -> None:
        """Refuse to join what cannot be, or what is no longer as it was shown.

        Raises:
            SaisieInvalide: the obstacles; MLG-ADM-041, something has changed meanwhile.
        """
        if self.obstacles:
            raise SaisieInvalide(*self.obstacles)
        if self.empreinte != empreinte:
            raise SaisieInvalide(
                Anomalie(
                    "MLG-ADM-041",
                    "Une des deux fiches a changé depuis que vous l’avez lue.",
                    "Relisez ce qui se passerait, puis réunissez-les.",
                )
            )


def unite(
    periodes: Iterable[tuple[date, date | None]],
) -> list[tuple[date, date | None]]:
    """Periods that overlap become one; the others stay as they are, the oldest first."""
    unies: list[tuple[date, date | None]] = []
    for debut, fin in sorted(periodes, key=lambda p: p[0]):
        if unies and (unies[-1][1] is None or debut <= unies[-1][1]):
            ouvert, ferme = unies[-1]
            unies[-1] = (ouvert, None if fin is None or ferme is None else max(fin, ferme))
        else:
            unies.append((debut, fin))
    return unies
