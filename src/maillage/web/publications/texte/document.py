"""What a publication is made of once read: the shapes that the rest of the engine works on."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from markdown_it.token import Token

    from maillage.web.publications.texte.chiffres import Reference


class Audience(Enum):
    """Who reads. The value is the word in addresses and files."""

    PUBLIQUE = "publique"
    ADHERENTS = "adherents"


@dataclass(frozen=True, slots=True)
class Source:
    """What the editor typed.

    Attributes:
        titre: One line; may carry `[[…]]`.
        corps: Markdown with passages for members and live figures.
        chapo: Summary, plain text; may carry `[[…]]`.
        etiquettes: Tags, plain text; may carry `[[…]]`.
    """

    titre: str
    corps: str
    chapo: str = ""
    etiquettes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """An attachment that the text may cite as `pj:reference`.

    Attributes:
        reference: Short name written in the text.
        url: Address from which it is served.
        audience: Who may open it.
        nom: File name shown to readers; empty to show the reference.
    """

    reference: str
    url: str
    audience: Audience
    nom: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of a plain text: for everyone, or for members only."""

    texte: str
    reserve: bool


@dataclass(frozen=True, slots=True)
class Ligne:
    """A plain text (title, summary, tag) cut at its marks.

    Attributes:
        champ: What it is, in French, for messages: « titre », « chapo », « étiquette 2 ».
        segments: Its runs, in order.
    """

    champ: str
    segments: tuple[Segment, ...]

    def texte(self, audience: Audience) -> str:
        """What that audience reads, before any redaction."""
        every = audience is Audience.ADHERENTS
        return tidy("".join(s.texte for s in self.segments if every or not s.reserve))


@dataclass(frozen=True, slots=True)
class Document:
    """A publication read without any error.

    Attributes:
        source: What was typed.
        titre, chapo, etiquettes: Plain texts, cut at their marks.
        jetons: Markdown tokens of the body; never modified, versions work on copies.
        pieces: Attachments by reference.
        references: Live figures in the order of the text.
        avertissements: What the editor should look at, though nothing is refused; French sentences.
    """

    source: Source
    titre: Ligne
    chapo: Ligne
    etiquettes: tuple[Ligne, ...]
    jetons: tuple[Token, ...]
    pieces: Mapping[str, Piece] = field(default_factory=dict)
    references: tuple[Reference, ...] = ()
    avertissements: tuple[str, ...] = ()


def tidy(texte: str) -> str:
    """One line of text without the double spaces that a removed passage leaves."""
    mots = " ".join(texte.split(" ")).split()
    ligne = " ".join(mots)
    for fermant in (",", ".", ")", "…"):
        ligne = ligne.replace(f" {fermant}", fermant)
    return ligne.replace("( ", "(").replace(" ()", "").replace("()", "")
