"""All indicators of all territories: the table that every page, command and file reads."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from maillage.kernel.valeur import Absence, Colonne, Valeur

if TYPE_CHECKING:
    from maillage.kernel.niveau import Niveau


@dataclass(frozen=True, slots=True)
class Releve:
    """One indicator at one level: a column of figures per period.

    Attributes:
        indicateur: Code of the definition card.
        niveau: Level; the rows are `Cube.codes[niveau]`, in that order.
        colonnes: Period to figures, oldest period first.
        sources: Period to the codes of the published files its figures came from.
    """

    indicateur: str
    niveau: Niveau
    colonnes: dict[str, Colonne]
    sources: dict[str, tuple[str, ...]]

    @property
    def periodes(self) -> tuple[str, ...]:
        """Periods, oldest first."""
        return tuple(self.colonnes)

    @property
    def derniere(self) -> str:
        """Latest period."""
        return next(reversed(self.colonnes))


@dataclass(frozen=True, slots=True)
class Cube:
    """Figures by indicator, level, period and territory.

    Attributes:
        version: Hash of the reference pack, the updates and the code that computed it.
        codes: Level to the ordered codes of its territories. Communes include the municipal
            arrondissements, which are never added to their commune.
        releves: (indicator, level) to its figures; absent when the indicator has no such level.
    """

    version: str
    codes: dict[Niveau, tuple[str, ...]]
    releves: dict[tuple[str, Niveau], Releve]
    _positions: dict[Niveau, dict[str, int]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        positions = {
            niveau: {code: rank for rank, code in enumerate(codes)}
            for niveau, codes in self.codes.items()
        }
        object.__setattr__(self, "_positions", positions)

    def position(self, niveau: Niveau, code: str) -> int:
        """Row of a territory in the columns of its level.

        Raises:
            KeyError: no such territory.
        """
        return self._positions[niveau][code]

    def find_releve(self, indicateur: str, niveau: Niveau) -> Releve | None:
        """Figures of an indicator at a level, or None when it does not exist there."""
        return self.releves.get((indicateur, niveau))

    def valeur(
        self, indicateur: str, niveau: Niveau, code: str, periode: str | None = None
    ) -> Valeur:
        """Figure of one territory, at the latest period unless one is named.

        An indicator that does not exist at this level or period is `Absence.SANS_OBJET`.

        Raises:
            KeyError: no such territory.
        """
        position = self.position(niveau, code)
        releve = self.find_releve(indicateur, niveau)
        if releve is None:
            return Absence.SANS_OBJET
        colonne = releve.colonnes.get(periode or releve.derniere)
        return Absence.SANS_OBJET if colonne is None else colonne[position]

    def serie(self, indicateur: str, niveau: Niveau, code: str) -> list[tuple[str, Valeur]]:
        """Figures of one territory over all periods, oldest first; empty when there is none.

        Raises:
            KeyError: no such territory.
        """
        position = self.position(niveau, code)
        releve = self.find_releve(indicateur, niveau)
        if releve is None:
            return []
        return [(periode, colonne[position]) for periode, colonne in releve.colonnes.items()]
