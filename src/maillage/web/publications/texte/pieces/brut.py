"""Plain texts, and the readable strings of what is not text."""

from __future__ import annotations

import re

from maillage.web.publications.texte.pieces.model import Illisible

_LATIN = re.compile(rb"[\x20-\x7e\xa0-\xff]{4,}")
_UTF8 = re.compile(rb"(?:[\x20-\x7e]|[\xc3\xc5][\x80-\xbf]|\xe2\x80[\x80-\xbf]){4,}")
_UTF16_LE = re.compile(rb"(?:[\x20-\x7e\xa0-\xff]\x00){4,}")
_UTF16_BE = re.compile(rb"(?:\x00[\x20-\x7e\xa0-\xff]){4,}")
_BOMS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))


def read_plain(contenu: bytes) -> str:
    """A text file, in UTF-8, UTF-16 with its mark, or the old Windows code page.

    Raises:
        Illisible: it is not text.
    """
    for bom, encodage in _BOMS:
        if contenu.startswith(bom):
            return _decode(contenu, encodage)
    if b"\x00" in contenu:
        msg = "il contient autre chose que du texte"
        raise Illisible(msg)
    try:
        return contenu.decode("utf-8")
    except UnicodeDecodeError:
        return _decode(contenu, "cp1252")


def _decode(contenu: bytes, encodage: str) -> str:
    try:
        return contenu.decode(encodage)
    except UnicodeDecodeError as error:
        msg = "son encodage n’est pas reconnu"
        raise Illisible(msg) from error


def readable_strings(contenu: bytes) -> str:
    """Every run of readable characters, whatever the encoding: what metadata blocks may say."""
    found = [run.decode("utf-8", "replace") for run in _UTF8.findall(contenu)]
    found += [run.decode("latin-1") for run in _LATIN.findall(contenu)]
    found += [run.decode("utf-16-le", "replace") for run in _UTF16_LE.findall(contenu)]
    found += [run.decode("utf-16-be", "replace") for run in _UTF16_BE.findall(contenu)]
    return "\n".join(dict.fromkeys(found))
