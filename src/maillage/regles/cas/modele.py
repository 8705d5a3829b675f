"""What a case is: what a text gives by hand, and what the rules give today."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal

Donnee: TypeAlias = "bool | int | float | str | Decimal | date | tuple[Donnee, ...] | None"
"""A figure, a day or a word of a case; a tuple for a list."""

REFUS = "refus"
"""Name under which a case expects a refusal: its code stands for the result."""


@dataclass(frozen=True, slots=True)
class Cas:
    """One case, as its file says it.

    Attributes:
        mecanisme: Folder of the rules.
        titre: What it shows, in French.
        texte: Text of law, or source.
        url: Public address where the text was seen; empty when there is none.
        calcul: The same done by hand, in French; empty when the file does not give it.
        regle: Rule of the mechanism that is run; for a reform, its code.
        entrees: What is given, by name.
        attendu: What must be found, by name; one `REFUS` where the law refuses.
        decimales: Decimals to which the results are compared; None for exact amounts.
    """

    mecanisme: str
    titre: str
    texte: str
    url: str
    calcul: str
    regle: str
    entrees: Mapping[str, Donnee]
    attendu: Mapping[str, Donnee]
    decimales: int | None = None


@dataclass(frozen=True, slots=True)
class Verification:
    """A case and what the rules find for it.

    Attributes:
        cas: The case.
        obtenu: Result of the rules, under the names of `cas.attendu`.
    """

    cas: Cas
    obtenu: Mapping[str, Donnee]

    @property
    def concorde(self) -> bool:
        """Whether the rules find what the case expects."""
        return dict(self.obtenu) == dict(self.cas.attendu)
