"""Gathers the figures of the indicators, level by level and period by period, into a cube."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from maillage.indicators.cube import Releve

if TYPE_CHECKING:
    from collections.abc import Iterable

    from maillage.kernel.niveau import Niveau
    from maillage.kernel.valeur import Colonne


@dataclass(slots=True)
class Recueil:
    """Figures collected so far.

    Attributes:
        colonnes: (indicator, level) to period to the figures and the files they came from.
    """

    colonnes: dict[tuple[str, Niveau], dict[str, tuple[Colonne, tuple[str, ...]]]] = field(
        default_factory=dict
    )

    def add(
        self,
        indicateur: str,
        niveau: Niveau,
        periode: str,
        colonne: Colonne,
        sources: Iterable[str],
    ) -> None:
        """Keep one column.

        Raises:
            ValueError: the same indicator, level and period were already added.
        """
        periodes = self.colonnes.setdefault((indicateur, niveau), {})
        if periode in periodes:
            msg = f"{indicateur} at {niveau.value} for {periode} is added twice"
            raise ValueError(msg)
        periodes[periode] = (colonne, tuple(sorted(set(sources))))

    def get(self, indicateur: str, niveau: Niveau, periode: str) -> Colonne:
        """Column added before.

        Raises:
            KeyError: nothing of that name was added.
        """
        return self.colonnes[indicateur, niveau][periode][0]

    def releves(self) -> dict[tuple[str, Niveau], Releve]:
        """What a cube holds: periods oldest first."""
        return {
            (indicateur, niveau): Releve(
                indicateur,
                niveau,
                {periode: periodes[periode][0] for periode in sorted(periodes)},
                {periode: periodes[periode][1] for periode in sorted(periodes)},
            )
            for (indicateur, niveau), periodes in self.colonnes.items()
        }
