"""What the page of a mechanism is made of, beside what every one of them shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.utils.safestring import SafeString

    from maillage.regles.engine.legislation import Legislation
    from maillage.web.regles.calculettes.modele import Calculette
    from maillage.web.regles.series import Trace


@dataclass(frozen=True, slots=True)
class Legende:
    """What a curve says in words.

    Attributes:
        titre: What is seen.
        detail: First and last figures, period, place.
        source: Where the figures come from.
    """

    titre: str
    detail: str
    source: str


@dataclass(frozen=True, slots=True)
class Courbe:
    """A curve and its words, both read from the law.

    Attributes:
        legende: Its words.
        trace: Its lines.
    """

    legende: Callable[[Legislation], Legende]
    trace: Callable[[Legislation], Trace]


@dataclass(frozen=True, slots=True)
class Fiche:
    """The page of a mechanism.

    Attributes:
        code: Folder of the rules.
        slug: Its word in the address.
        titre: Heading.
        resume: For the search engines, in one sentence.
        constat: The finding, its figures as links to their texts.
        tables: Its figures over time; the first is the text alternative of the curve.
        titre_tables: Heading of the tables.
        lectures: What the texts leave open and how it is read, in French sentences.
        courbe: None when nothing moves.
        calculette: None when there is nothing to compute by hand.
    """

    code: str
    slug: str
    titre: str
    resume: str
    constat: Callable[[Legislation], SafeString]
    tables: Callable[[Legislation], list[SafeString]]
    titre_tables: str
    lectures: tuple[str, ...] = ()
    courbe: Courbe | None = None
    calculette: Calculette | None = None

    @property
    def url(self) -> str:
        """Address of the page."""
        return f"/regles/{self.slug}/"
