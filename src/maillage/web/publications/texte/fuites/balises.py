"""Everything a reader, a robot or a program may read in HTML, Atom, RSS or meta tags.

Text, but also comments, every attribute and declarations, decoded as often as they were encoded.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from urllib.parse import unquote

from maillage.web.publications.texte.lexique import lexique

_ENLIGNE = lexique("balises_en_ligne")
_MUETS = frozenset({"class", "id", "style", "rel", "type", "role", "xmlns", "lang", "xml:lang"})
_PROFONDEUR = 4  # a feed holds escaped HTML, which may hold escaped HTML
_UNICODE = re.compile(r"\\u([0-9a-fA-F]{4})")
_BALISE = re.compile(r"<[a-zA-Z/!?]")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.textes: list[str] = []
        self.attributs: list[str] = []

    def handle_data(self, data: str) -> None:
        self.textes.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._part(tag)
        self.attributs += [valeur for nom, valeur in attrs if valeur and nom not in _MUETS]

    def handle_endtag(self, tag: str) -> None:
        self._part(tag)

    def handle_comment(self, data: str) -> None:
        self.attributs.append(data)

    def handle_decl(self, decl: str) -> None:
        self.attributs.append(decl)

    def handle_pi(self, data: str) -> None:
        self.attributs.append(data)

    def unknown_decl(self, data: str) -> None:
        self.textes.append(data.removeprefix("CDATA["))

    def _part(self, tag: str) -> None:
        if tag not in _ENLIGNE:
            self.textes.append("\n")


def read_markup(contenu: str) -> str:
    """Every text of a marked-up content, markup and escapes undone."""
    found: list[str] = []
    restant = [contenu]
    for _ in range(_PROFONDEUR):
        suivant: list[str] = []
        for texte in restant:
            reader = _Reader()
            reader.feed(texte)
            reader.close()
            lu = "".join(reader.textes)
            found.append(lu)
            found += [_decoded(attribut) for attribut in reader.attributs]
            suivant += [piece for piece in (lu, *reader.attributs) if _BALISE.search(piece)]
        restant = suivant
        if not restant:
            break
    return "\n".join(_decoded(texte) for texte in found)


def _decoded(texte: str) -> str:
    """Percent escapes of addresses and Unicode escapes of JSON undone."""
    return unquote(_UNICODE.sub(lambda match: chr(int(match[1], 16)), texte))
