"""Everything that is found in an extract, told once: what forbids it, what was mended, what to know."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from maillage.kernel.francais import accorder, join_fr

if TYPE_CHECKING:
    from collections.abc import Iterable

    from maillage.kernel.errors import Anomalie

CITEES = 5
"""How many lines a finding names; it always says how many there are."""


@dataclass(slots=True)
class Trouvaille:
    """One kind of thing found at one place.

    Attributes:
        premiere: The first one, with its value and its file.
        nombre: How many.
        lignes: First lines.
    """

    premiere: Anomalie
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
        ou = self.premiere.ou
        if self.lignes:
            suite = " …" if self.nombre > len(self.lignes) else ""
            noms = "ligne" if len(self.lignes) == 1 else "lignes"
            ou = f"{ou}, {noms} {join_fr(map(str, self.lignes))}{suite}"
        combien = f" ({accorder(self.nombre, 'fois', 'fois')})" if self.nombre > 1 else ""
        return replace(self.premiere, quoi=f"{self.premiere.quoi}{combien}", ou=ou)


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

    def refuse(self, faute: Anomalie, lignes: Iterable[int] = (), nombre: int = 1) -> None:
        """Note what forbids the import, on so many lines, of which the first are these."""
        _note(self.fautes, faute, lignes, nombre)

    def repair(self, reparation: Anomalie, lignes: Iterable[int] = (), nombre: int = 1) -> None:
        """Note what was mended; what to do says what accepting it means."""
        _note(self.reparations, reparation, lignes, nombre)

    def warn(self, phrase: str) -> None:
        """Note what must be known, once."""
        if phrase not in self.avertissements:
            self.avertissements.append(phrase)

    @property
    def anomalies(self) -> tuple[Anomalie, ...]:
        """What forbids the import, as errors."""
        return tuple(faute.to_anomalie() for faute in self.fautes.values())


def _note(
    registre: dict[tuple[str, str], Trouvaille],
    anomalie: Anomalie,
    lignes: Iterable[int],
    nombre: int,
) -> None:
    """Count an anomaly with those of its kind and place."""
    cle = (anomalie.code, anomalie.ou)
    registre.setdefault(cle, Trouvaille(anomalie)).add(lignes, nombre)
