"""Everything that is found in an extract, told once: what forbids it, what was mended, what to know."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from maillage.kernel.errors import Anomalie
from maillage.kernel.francais import accorder, join_fr

if TYPE_CHECKING:
    from collections.abc import Iterable

CITEES = 5
"""How many lines a finding names; it always says how many there are."""


@dataclass(slots=True)
class Trouvaille:
    """One kind of thing found at one place.

    Attributes:
        code: `MLG-FLX-…`.
        quoi: What, with the first offending value.
        que_faire: What to do; for a repair, what accepting it means.
        ou: File, and column when there is one.
        nombre: How many.
        lignes: First lines.
    """

    code: str
    quoi: str
    que_faire: str
    ou: str
    nombre: int = 0
    lignes: list[int] = field(default_factory=list)

    def add(self, lignes: Iterable[int], nombre: int) -> None:
        """Count so many more, of which the first lines are these."""
        self.nombre += nombre
        for ligne in lignes:
            if len(self.lignes) >= CITEES:
                return
            self.lignes.append(int(ligne))

    def to_anomalie(self) -> Anomalie:
        """The same, as an error that a reader is told."""
        ou = self.ou
        if self.lignes:
            suite = " …" if self.nombre > len(self.lignes) else ""
            noms = "ligne" if len(self.lignes) == 1 else "lignes"
            ou = f"{self.ou}, {noms} {join_fr(map(str, self.lignes))}{suite}"
        combien = f" ({accorder(self.nombre, 'fois', 'fois')})" if self.nombre > 1 else ""
        return Anomalie(self.code, f"{self.quoi}{combien}", self.que_faire, ou)


@dataclass(slots=True)
class Releve:
    """What a reading found.

    Attributes:
        fautes: What forbids the import.
        reparations: What was mended; the import asks whether to accept it.
        avertissements: What a reader must know, French sentences.
    """

    fautes: dict[tuple[str, str], Trouvaille] = field(default_factory=dict)
    reparations: dict[tuple[str, str], Trouvaille] = field(default_factory=dict)
    avertissements: list[str] = field(default_factory=list)

    def refuse(
        self,
        code: str,
        quoi: str,
        que_faire: str,
        ou: str,
        lignes: Iterable[int] = (),
        nombre: int = 1,
    ) -> None:
        """Note what forbids the import."""
        self.fautes.setdefault((code, ou), Trouvaille(code, quoi, que_faire, ou)).add(
            lignes, nombre
        )

    def repair(
        self,
        code: str,
        quoi: str,
        que_faire: str,
        ou: str,
        lignes: Iterable[int] = (),
        nombre: int = 1,
    ) -> None:
        """Note what was mended."""
        self.reparations.setdefault((code, ou), Trouvaille(code, quoi, que_faire, ou)).add(
            lignes, nombre
        )

    def warn(self, phrase: str) -> None:
        """Note what must be known, once."""
        if phrase not in self.avertissements:
            self.avertissements.append(phrase)

    @property
    def anomalies(self) -> tuple[Anomalie, ...]:
        """What forbids the import, as errors."""
        return tuple(faute.to_anomalie() for faute in self.fautes.values())
