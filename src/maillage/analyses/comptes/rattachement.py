"""The plan de rattachement of a structure: its own choices, dated, over the chart of accounts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maillage.indicators.comptes.postes import AIDE_AU_POSTE

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


@dataclass(frozen=True, slots=True)
class Version:
    """Choices that hold for the exercices opened from a day, until the next version.

    Attributes:
        depuis: First day of opening that it holds for.
        aide_au_poste: Accounts that hold the aide au poste; none when nothing is declared.
        comptes: Prefix to code of line.
    """

    depuis: date
    aide_au_poste: tuple[str, ...]
    comptes: Mapping[str, str]

    @property
    def choix(self) -> dict[str, str]:
        """Every prefix that the structure attaches itself, the aide au poste included."""
        return {**self.comptes, **dict.fromkeys(self.aide_au_poste, AIDE_AU_POSTE)}


@dataclass(frozen=True, slots=True)
class Rattachement:
    """A whole file of mapping, its history included.

    Attributes:
        nom: Name of the file.
        siren: Nine digits; empty when the file names nobody.
        versions: In the order of their dates.
    """

    nom: str
    siren: str
    versions: tuple[Version, ...]

    def find(self, ouverture: date) -> Version | None:
        """Version that holds for an exercice, by the day that it opens; None before the first."""
        valables = [version for version in self.versions if version.depuis <= ouverture]
        return valables[-1] if valables else None
