"""Text folded for comparison: small letters, no accents, no typographic variants, with its way back.

Everything that compares texts (names, leak test, search) folds them here, so that « Éric », « ERIC »
and « e\u0301ric » are one word for all of them.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_LIGATURES = {"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th"}
# Written by nobody, kept by copies from word processors and web pages.
INVISIBLES = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_MOT = re.compile(r"[^\W_]+")
_SIGNES = rf"\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f{INVISIBLES}"
_MOT_ECRIT = re.compile(rf"(?:[^\W_]|[{_SIGNES}])+")
_GROUPE = 3  # digits between two spaces of a number


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text and where each of its characters comes from.

    Attributes:
        texte: The folded text.
        positions: Index in the original of each character, then the length of the original.
    """

    texte: str
    positions: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Mot:
    """One word of a text.

    Attributes:
        forme: Folded letters or digits.
        debut, fin: Where it stands in the original text.
    """

    forme: str
    debut: int
    fin: int


@lru_cache(maxsize=8192)
def _fold_character(caractere: str) -> str:
    if caractere in INVISIBLES:
        return ""
    folded = ""
    for piece in unicodedata.normalize("NFKD", caractere.casefold()):
        if not unicodedata.combining(piece):
            folded += _LIGATURES.get(piece, piece)
    return folded.casefold()


def fold_text(texte: str) -> str:
    """The text in small letters without accents, ligatures or invisible characters."""
    return "".join(map(_fold_character, texte))


def fold(texte: str) -> Folded:
    """The folded text with the origin of each character."""
    pieces = [_fold_character(caractere) for caractere in texte]
    positions = [rang for rang, piece in enumerate(pieces) for _ in piece]
    return Folded("".join(pieces), (*positions, len(texte)))


@lru_cache(maxsize=8)
def split_words(texte: str) -> tuple[Mot, ...]:
    """Words of a text, folded, in order; « 1 619 » is one word, whatever the space.

    An apostrophe or a hyphen parts two words.
    """
    plain = all(map(_folds_in_place, set(texte)))
    found = _split_plain(texte) if plain else _split_any(texte)
    return tuple(_join_numbers(texte, found))


def _split_plain(texte: str) -> list[Mot]:
    """Words one by one: they come back often, and are folded once."""
    found = []
    for match in _MOT_ECRIT.finditer(texte):
        forme = _fold_word(match.group())
        if forme:
            found.append(Mot(forme, match.start(), match.end()))
    return found


def _split_any(texte: str) -> list[Mot]:
    """The same for texts with signs that fold into several words: « ½ », « № »."""
    folded = fold(texte)
    found = []
    for match in _MOT.finditer(folded.texte):
        debut = folded.positions[match.start()]
        fin = folded.positions[match.end() - 1] + 1
        found.append(Mot(match.group(), debut, fin))
    return found


@lru_cache(maxsize=4096)
def _folds_in_place(caractere: str) -> bool:
    """Whether a character is of a word before as after folding."""
    piece = _fold_character(caractere)
    if not piece:
        return _MOT_ECRIT.fullmatch(caractere) is not None
    return (_MOT.fullmatch(piece) is not None) == (_MOT.fullmatch(caractere) is not None)


@lru_cache(maxsize=65_536)
def _fold_word(mot: str) -> str:
    return fold_text(mot)


def word_forms(texte: str) -> tuple[str, ...]:
    """Folded words alone."""
    return tuple(mot.forme for mot in split_words(texte))


def compact(texte: str) -> str:
    """Letters and digits only: what is left when spaces and punctuation are lost."""
    return "".join(_MOT.findall(fold_text(texte)))


def _join_numbers(texte: str, mots: list[Mot]) -> list[Mot]:
    """Thousands parted by a space become one word."""
    joined: list[Mot] = []
    for mot in mots:
        dernier = joined[-1] if joined else None
        if dernier is not None and _continues(texte, dernier, mot):
            joined[-1] = Mot(dernier.forme + mot.forme, dernier.debut, mot.fin)
        else:
            joined.append(mot)
    return joined


def _continues(texte: str, gauche: Mot, droite: Mot) -> bool:
    if not (gauche.forme.isdecimal() and droite.forme.isdecimal()):
        return False
    if len(droite.forme) != _GROUPE:
        return False
    entre = texte[gauche.fin : droite.debut].strip(INVISIBLES)
    premier = texte[gauche.debut : gauche.fin].split(maxsplit=1)[0]
    return len(entre) == 1 and entre.isspace() and entre != "\n" and len(premier) <= _GROUPE
