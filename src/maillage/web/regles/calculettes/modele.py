"""What a small calculator gives to its page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from maillage.kernel.francais import typeset

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.utils.safestring import SafeString

    from maillage.kernel.errors import Anomalie
    from maillage.web.regles.champs import Formulaire


@dataclass(frozen=True, slots=True)
class Reponse:
    """Answer of a calculator.

    Attributes:
        phrase: The answer, in one sentence.
        table: Its figures; empty when the sentence says it all.
        remarques: What must be known to read it.
        calcul: The computation line by line, down to the text.
        refus: Why there is no answer; the other fields are then empty.
    """

    phrase: str
    table: SafeString | str = ""
    remarques: tuple[str, ...] = ()
    calcul: SafeString | str = ""
    refus: tuple[Anomalie, ...] = ()


@dataclass(frozen=True, slots=True)
class Calculette:
    """A calculator.

    Attributes:
        titre: Heading of its section.
        aide: What it does, under the heading.
        exemple: Query of a worked example, without the question mark.
        exemple_nom: What the example shows.
        ancre: Fragment of its section on the page.
        read: The form as typed, and its answer when there is one.
    """

    titre: str
    aide: str
    exemple: str
    exemple_nom: str
    ancre: str
    read: Lecture


Lecture: TypeAlias = Callable[[Mapping[str, str]], "tuple[Formulaire, Reponse | None]"]


def refuse(anomalies: Iterable[Anomalie]) -> Reponse:
    """No answer, and why."""
    return Reponse("", refus=tuple(anomalies))


def typeset_all(phrases: Iterable[str]) -> tuple[str, ...]:
    """French spaces in each sentence."""
    return tuple(typeset(phrase) for phrase in phrases)
