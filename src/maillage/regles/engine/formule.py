"""A formula: a pure function on columns, with its unit, its text and the dates it is law.

Two dated versions of one rule are two functions with the same `nom`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import update_wrapper
from typing import TYPE_CHECKING, Any, Generic, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Parametre:
    """Where an argument of a formula gets its legal value.

    Written in the annotation: `Annotated[EurosParEtp, Parametre("aide_au_poste.{bareme}.{type_siae}")]`.

    Attributes:
        chemin: Path of the value. A name in braces is a column, or a formula, of text: the path
            is then read row by row.
        le: Name of the column of dates at which to read. Empty: the date of the row (`le`).
        si: Name of a yes/no column, or formula: where it is false the value is not read, and is
            NaN. Empty: read for every row.
    """

    chemin: str
    le: str = ""
    si: str = ""


class Formule(Generic[P, R]):
    """A decorated function: still callable as it was written, with what the law says of it.

    Attributes:
        fonction: The function as written.
        nom: Name that other formulas use as argument.
        texte: Text of law, or source, that it applies.
        explication: What it does, in French, for the reader of a trace. May be empty.
        depuis: First day, of the row, at which this version is law. None: no earlier version.
        jusqu_au: Last day, included. None: still law.
    """

    def __init__(
        self,
        fonction: Callable[P, R],
        *,
        nom: str,
        texte: str,
        explication: str,
        dates: tuple[date | None, date | None],
    ) -> None:
        update_wrapper(self, fonction)
        self.fonction = fonction
        self.nom = nom
        self.texte = texte
        self.explication = explication
        self.depuis, self.jusqu_au = dates

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        """Value of the formula for these columns."""
        return self.fonction(*args, **kwargs)


def formule(
    *,
    texte: str,
    nom: str = "",
    explication: str = "",
    depuis: date | None = None,
    jusqu_au: date | None = None,
) -> Callable[[Callable[P, R]], Formule[P, R]]:
    """Mark a function as a formula of the law. Its unit is the one of its return type.

    Args:
        texte: Text of law, or source, that it applies. French.
        nom: Name of the rule, the name of the function by default.
        explication: What it does, in a French sentence, for the reader of a trace.
        depuis: First day at which this version is law.
        jusqu_au: Last day, included.

    Raises:
        ValueError: no text, or dates in the wrong order.
    """
    if not texte.strip():
        msg = "a formula names the text it applies"
        raise ValueError(msg)
    if depuis is not None and jusqu_au is not None and jusqu_au < depuis:
        msg = f"a formula ends before it starts: {depuis} > {jusqu_au}"
        raise ValueError(msg)

    def decorate(fonction: Callable[P, R]) -> Formule[P, R]:
        return Formule(
            fonction,
            nom=nom or fonction.__name__,
            texte=texte,
            explication=explication,
            dates=(depuis, jusqu_au),
        )

    return decorate


AnyFormule = Formule[Any, Any]  # signatures differ from one formula to the next
