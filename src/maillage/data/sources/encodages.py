"""From the bytes of a file to UTF-8: mark, then strict UTF-8, then the letters that French writes.

General detectors take cp1252 for old Mac encodings; a French accounting file is told by its letters:
« é » is common, « ‚ » is not. Nothing of what is decoded here but digits and codes is kept.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass, replace

_MARQUES = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8 (avec marque)"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
_CANDIDATS = (
    ("iso8859-15", "ISO-8859-15"),
    ("cp1252", "Windows-1252"),
    ("cp850", "CP850"),
    ("mac-roman", "Mac Roman"),
)
_EBCDIC = (("cp1140", "EBCDIC"), ("cp500", "EBCDIC (500)"))
_ENTETE_EBCDIC = "JournalCode".encode("cp500")  # letters are the same in every Latin EBCDIC
_LETTRES = frozenset("éèêëàâäîïôöùûüçœæÉÈÊËÀÂÎÏÔÙÛÇŒ€°«»’–")
_DEBUT = 2000
_ECHANTILLON = 1 << 20
_NON_ASCII = bytes(range(0x80, 0x100))
_COMMANDES = frozenset(map(chr, range(0x80, 0xA0)))


@dataclass(frozen=True, slots=True)
class Texte:
    r"""The file as UTF-8 with line feeds.

    Attributes:
        octets: UTF-8, lines end with `\n` alone.
        encodage: How it was written, as a person says it.
        retours: Whether line ends were other than `\n` or `\r\n`.
        marque_fausse: Whether a mark announced UTF-8, which the file is not.
    """

    octets: bytes
    encodage: str
    retours: bool
    marque_fausse: bool = False


def read_texte(octets: bytes) -> Texte:
    """The file as UTF-8, whatever its encoding among those that accounting programs write."""
    for marque, codec, nom in _MARQUES:
        if octets.startswith(marque):
            corps = octets.removeprefix(marque)
            if codec != "utf-8":
                return _with_line_feeds(corps.decode(codec, "replace").encode(), nom)
            if _is_utf8(corps):
                return _with_line_feeds(corps, nom)
            return replace(_read_unmarked(corps), marque_fausse=True)
    return _read_unmarked(octets)


def _read_unmarked(octets: bytes) -> Texte:
    if _ENTETE_EBCDIC in octets[:_DEBUT]:
        return _read_ebcdic(octets)
    if octets.isascii():
        return _with_line_feeds(octets, "ASCII")
    if _is_utf8(octets):
        return _with_line_feeds(octets, "UTF-8")
    codec, nom = _guess(octets)
    return _with_line_feeds(octets.decode(codec, "replace").encode(), nom)


def _is_utf8(octets: bytes) -> bool:
    try:
        octets.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _read_ebcdic(octets: bytes) -> Texte:
    """EBCDIC: the variants differ by their marks, so that the one with a separator is right."""
    for codec, nom in _EBCDIC:
        texte = octets.decode(codec).replace("\x85", "\n")
        tete = texte[:_DEBUT]
        if "|" in tete or "\t" in tete or ";" in tete:
            return _with_line_feeds(texte.encode(), nom)
    return _with_line_feeds(texte.encode(), nom)


def _guess(octets: bytes) -> tuple[str, str]:
    """Encoding under which the most accented letters are French; the first of equals."""
    rares = octets.translate(None, delete=bytes(range(0x80)))[:_ECHANTILLON]
    return max(_CANDIDATS, key=lambda candidat: _score(rares, candidat[0]))


def _score(rares: bytes, codec: str) -> int:
    """One for a letter that French writes, less two for a control or an unknown character."""
    texte = rares.decode(codec, "replace")
    bons = sum(1 for lettre in texte if lettre in _LETTRES)
    mauvais = sum(1 for lettre in texte if lettre in _COMMANDES or lettre == "\ufffd")
    return bons - 2 * mauvais


def _with_line_feeds(corps: bytes, encodage: str) -> Texte:
    r"""Line ends as `\n`: Windows', old Mac's and doubled ones."""
    if b"\r" not in corps:
        return Texte(corps, encodage, retours=False)
    unifies = corps.replace(b"\r\r\n", b"\n").replace(b"\r\n", b"\n")
    etranges = b"\r\r\n" in corps or b"\r" in unifies
    return Texte(unifies.replace(b"\r", b"\n"), encodage, retours=etranges)
