"""One dimension of a table: its modalities, and the totals that they add up to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True, slots=True)
class Nomenclature:
    """A tree of modalities: départements, their régions, France.

    Attributes:
        total: The root. A dimension that does not cross anything has only it.
        liens: Each modality below the root with its parent, in the order of display.
    """

    total: str
    liens: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        noms = [self.total, *(modalite for modalite, _ in self.liens)]
        if len(set(noms)) < len(noms):
            repeated = sorted({nom for nom in noms if noms.count(nom) > 1})
            msg = f"each modality has one parent, and the total none: {repeated}"
            raise ValueError(msg)
        unknown = sorted({parent for _, parent in self.liens} - set(noms))
        if unknown:
            msg = f"parents that are not modalities: {unknown}"
            raise ValueError(msg)
        for nom in noms:
            self.lignee(nom)

    @classmethod
    def plate(cls, total: str, modalites: Iterable[str] = ()) -> Nomenclature:
        """Modalities without subtotals."""
        return cls(total, tuple((modalite, total) for modalite in modalites))

    @classmethod
    def from_parents(cls, total: str, parents: Mapping[str, str]) -> Nomenclature:
        """Tree given as each modality and its parent."""
        return cls(total, tuple(parents.items()))

    @property
    def noeuds(self) -> tuple[str, ...]:
        """All modalities in the order of display, the total last."""
        return (*(modalite for modalite, _ in self.liens), self.total)

    @property
    def feuilles(self) -> tuple[str, ...]:
        """Modalities that no other adds up to, in the order of display."""
        parents = {parent for _, parent in self.liens}
        return tuple(nom for nom in self.noeuds if nom not in parents)

    def lignee(self, modalite: str) -> tuple[str, ...]:
        """The modality, its parent, and so on up to the total.

        Raises:
            ValueError: the modality does not exist, or is its own ancestor.
        """
        parents = dict(self.liens)
        lignee = [modalite]
        while lignee[-1] in parents:
            parent = parents[lignee[-1]]
            if parent in lignee:
                msg = f"{parent!r} is its own ancestor"
                raise ValueError(msg)
            lignee.append(parent)
        if lignee[-1] != self.total:
            msg = f"{modalite!r} is not one of {self.noeuds}"
            raise ValueError(msg)
        return tuple(lignee)
