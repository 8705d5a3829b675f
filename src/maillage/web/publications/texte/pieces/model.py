"""What the reading of an attachment gives, and the bounds that no file may pass."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

TAILLE_MAX = 50_000_000
"""Bytes of an attachment."""
TEXTE_MAX = 5_000_000
"""Characters read from one attachment; a novel has half a million."""
DECOMPRESSE_MAX = 200_000_000
"""Bytes of an archive once unpacked."""
PROFONDEUR_XML_MAX = 250
EMBOITEMENT_MAX = 2
"""Documents inside documents: a chart holds the workbook it was drawn from."""


class Illisible(Exception):
    """A file that nobody can prove harmless; the message is a French sentence without a full stop."""


@dataclass(frozen=True, slots=True)
class Extrait:
    """A text found in a file.

    Attributes:
        lieu: Where: « page 3 », « commentaires », « auteur ».
        texte: What it says.
    """

    lieu: str
    texte: str


@dataclass(frozen=True, slots=True)
class Lecture:
    """What a file says.

    Attributes:
        textes: Its texts, metadata included.
        auteurs: Metadata that name who made or changed it.
        avertissements: What could not be read and must be looked at; French sentences.
        refus: Why nothing can be proved of it; empty when it was read.
    """

    textes: tuple[Extrait, ...] = ()
    auteurs: tuple[Extrait, ...] = ()
    avertissements: tuple[str, ...] = ()
    refus: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Plain form for JSON."""
        return asdict(self)

    @classmethod
    def from_dict(cls, lu: Mapping[str, Any]) -> Lecture:
        """Back from `to_dict`."""
        return cls(
            tuple(Extrait(**extrait) for extrait in lu["textes"]),
            tuple(Extrait(**extrait) for extrait in lu["auteurs"]),
            tuple(lu["avertissements"]),
            str(lu["refus"]),
        )


@dataclass
class Recolte:
    """Texts as they are found, within the bounds."""

    textes: list[Extrait] = field(default_factory=list)
    auteurs: list[Extrait] = field(default_factory=list)
    avertissements: list[str] = field(default_factory=list)
    longueur: int = 0

    def add(self, lieu: str, texte: str, *, auteur: bool = False) -> None:
        """Keep a text that says something.

        Raises:
            Illisible: more text than any document holds.
        """
        propre = texte.strip()
        if not propre:
            return
        self.longueur += len(propre)
        if self.longueur > TEXTE_MAX:
            msg = "il contient trop de texte pour être lu en entier"
            raise Illisible(msg)
        self.textes.append(Extrait(lieu, propre))
        if auteur:
            self.auteurs.append(Extrait(lieu, propre))

    def warn(self, phrase: str) -> None:
        """Note once what the editor must look at."""
        if phrase not in self.avertissements:
            self.avertissements.append(phrase)

    def to_lecture(self) -> Lecture:
        """What was found."""
        return Lecture(tuple(self.textes), tuple(self.auteurs), tuple(self.avertissements))
