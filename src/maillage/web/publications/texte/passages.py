"""What only members read, listed, and what everyone reads: another reading than that of versions.

The tree that `versions` cuts is not used here: the tokens are read in a line, one after the other,
counting the marks. The leak test compares the artefacts with this reading, so that a fault of the
one is seen by the other.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from maillage.web.publications.texte import marks
from maillage.web.publications.texte.document import Audience
from maillage.web.publications.texte.places import Locator

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

    from maillage.web.publications.texte.document import Document, Ligne

_OUVRE_BLOC = f"{marks.BLOC}_open"
_FERME_BLOC = f"{marks.BLOC}_close"


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage for members.

    Attributes:
        texte: What it says, without markup.
        ou: Where it is, in French: « titre », « corps, ligne 3, colonne 7 ».
        adresses: Addresses of its links and images, `pj:` ones included.
    """

    texte: str
    ou: str
    adresses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Partage:
    """A publication parted in two.

    Attributes:
        passages: What only members read, in the order of the text.
        ouvert: Text that everyone may read, before any redaction.
        adresses: Addresses of the public links and images.
    """

    passages: tuple[Passage, ...]
    ouvert: str
    adresses: tuple[str, ...]


@dataclass
class _Flow:
    """Runs of text as they come, sent to the passage that is open or to everyone."""

    lieux: Locator
    passages: list[Passage] = field(default_factory=list)
    ouvert: list[str] = field(default_factory=list)
    adresses: list[str] = field(default_factory=list)
    profondeur: int = 0
    ou: str = ""
    texte_reserve: list[str] = field(default_factory=list)
    adresses_reservees: list[str] = field(default_factory=list)

    def write(self, texte: str) -> None:
        (self.texte_reserve if self.profondeur else self.ouvert).append(texte)

    def cite(self, adresse: str) -> None:
        if adresse:
            (self.adresses_reservees if self.profondeur else self.adresses).append(adresse)

    def enter(self, ligne: int, colonne: int) -> None:
        if self.profondeur == 0:
            self.ou = f"corps, ligne {ligne}, colonne {colonne}"
        self.profondeur += 1

    def leave(self) -> None:
        self.profondeur -= 1
        if self.profondeur == 0:
            texte = "".join(self.texte_reserve).strip()
            if texte or self.adresses_reservees:
                self.passages.append(Passage(texte, self.ou, tuple(self.adresses_reservees)))
            self.texte_reserve, self.adresses_reservees = [], []


def share(document: Document) -> Partage:
    """The publication parted in what members read and what everyone reads."""
    flow = _Flow(Locator(document.source.corps))
    for ligne in (document.titre, document.chapo, *document.etiquettes):
        _read_line(flow, ligne)
    for jeton in document.jetons:
        if jeton.type == _OUVRE_BLOC:
            flow.enter(*flow.lieux.of_block(jeton))
        elif jeton.type == _FERME_BLOC:
            flow.leave()
        elif jeton.type == "inline":
            _read_inline(flow, jeton, jeton.children or [])
            flow.write("\n")
        elif jeton.type in {"fence", "code_block"}:
            flow.write(f"{jeton.content}\n")
    return Partage(tuple(flow.passages), "".join(flow.ouvert), tuple(flow.adresses))


def _read_line(flow: _Flow, ligne: Ligne) -> None:
    flow.passages += [
        Passage(segment.texte.strip(), ligne.champ)
        for segment in ligne.segments
        if segment.reserve and segment.texte.strip()
    ]
    flow.ouvert += [ligne.texte(Audience.PUBLIQUE), "\n"]


def _read_inline(flow: _Flow, inline: Token, enfants: Sequence[Token]) -> None:
    for jeton in enfants:
        match jeton.type:
            case "reserve_open":
                flow.enter(*flow.lieux.of_inline(inline, int(jeton.meta.get("pos", 0))))
            case "reserve_close":
                flow.leave()
            case "softbreak" | "hardbreak":
                flow.write("\n")
            case "link_open":
                flow.cite(str(jeton.attrs.get("href", "")))
                _read_title(flow, jeton)
            case "image":
                flow.cite(str(jeton.attrs.get("src", "")))
                _read_title(flow, jeton)
                flow.write(" ")
                _read_inline(flow, inline, jeton.children or [])
                flow.write(" ")
            case marks.CHIFFRE:
                flow.write(" ")  # a published figure is nobody's secret
            case _:
                flow.write(jeton.content)


def _read_title(flow: _Flow, jeton: Token) -> None:
    """A link's title is read apart from the text around it."""
    runs, _ = marks.split_line(str(jeton.attrs.get("title", "")))
    for texte, reserve in runs:
        if reserve or flow.profondeur:
            flow.passages.append(Passage(texte.strip(), flow.ou or "corps, titre d’un lien"))
        else:
            flow.ouvert.insert(0, f"{texte}\n")
