"""What other rooms tie to a publication: they say so themselves, this room does not know them.

A higher room registers, when it starts, how it finds what it has to show beside a publication.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from maillage.web.droits.acteur import Acteur
    from maillage.web.publications.models import Publication


@dataclass(frozen=True, slots=True)
class Attache:
    """A link to show beside a publication.

    Attributes:
        quoi: What it is, in words: « Rencontre dont elle rend compte ».
        titre: Text of the link.
        adresse: Where it leads.
    """

    quoi: str
    titre: str
    adresse: str


Source: TypeAlias = "Callable[[Publication, Acteur], Sequence[Attache]]"
_SOURCES: list[Source] = []


def register(source: Source) -> None:
    """Add a room that ties things to publications; the same one twice is once.

    Args:
        source: Gives the links of a publication that a person may follow, in a fixed number of queries.
    """
    if source not in _SOURCES:
        _SOURCES.append(source)


def list_attaches(publication: Publication, acteur: Acteur) -> list[Attache]:
    """Everything that is tied to a publication and that a person may read."""
    return [attache for source in _SOURCES for attache in source(publication, acteur)]
