"""What a picture says beside its pixels: EXIF, XMP, IPTC, comments. PNG and JPEG only."""

from __future__ import annotations

import zlib

from maillage.web.publications.texte.pieces.brut import readable_strings
from maillage.web.publications.texte.pieces.model import Illisible

PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8\xff"
_TEXTES_PNG = frozenset({b"tEXt", b"zTXt", b"iTXt", b"eXIf"})
_ENTETE = 8  # length and type of a PNG chunk
_SOMME = 4
_BLOCS_MAX = 100_000
_METADONNEES_MAX = 4_000_000
_SOI, _EOI, _SOS = 0xD8, 0xD9, 0xDA
_SANS_LONGUEUR = frozenset({0x01, *range(0xD0, 0xD8)})
_APPLICATIFS = frozenset({*range(0xE0, 0xF0), 0xFE})


def read_png(contenu: bytes) -> str:
    """Text of the metadata of a PNG.

    Raises:
        Illisible: it is damaged, or hides something after its end.
    """
    position = len(PNG)
    found: list[bytes] = []
    for _ in range(_BLOCS_MAX):
        longueur = int.from_bytes(contenu[position : position + 4], "big")
        genre = contenu[position + 4 : position + _ENTETE]
        fin = position + _ENTETE + longueur + _SOMME
        if len(genre) < _ENTETE // 2 or fin > len(contenu):
            msg = "l’image PNG est incomplète"
            raise Illisible(msg)
        if genre in _TEXTES_PNG:
            found.append(_png_text(genre, contenu[position + _ENTETE : fin - _SOMME]))
        position = fin
        if genre == b"IEND":
            _refuse_tail(contenu[position:])
            return readable_strings(b"\n".join(found))
    msg = "l’image PNG a trop de blocs"
    raise Illisible(msg)


def _png_text(genre: bytes, bloc: bytes) -> bytes:
    if genre == b"zTXt":
        cle, _, suite = bloc.partition(b"\x00")
        return cle + b"\n" + _inflate(suite[1:])
    if genre == b"iTXt":
        cle, _, suite = bloc.partition(b"\x00")
        if suite[:1] == b"\x01":
            langue, _, reste = suite[2:].partition(b"\x00")
            traduit, _, texte = reste.partition(b"\x00")
            return b"\n".join((cle, langue, traduit, _inflate(texte)))
    return bloc


def _inflate(bloc: bytes) -> bytes:
    """Unpack a compressed text, never more than a picture's metadata may weigh.

    Raises:
        Illisible: it is damaged or too big.
    """
    moteur = zlib.decompressobj()
    try:
        texte = moteur.decompress(bloc, _METADONNEES_MAX)
    except zlib.error as error:
        msg = "les métadonnées de l’image sont abîmées"
        raise Illisible(msg) from error
    if moteur.unconsumed_tail:
        msg = "les métadonnées de l’image sont anormalement longues"
        raise Illisible(msg)
    return texte


def read_jpeg(contenu: bytes, *, whole: bool = True) -> str:
    """Text of the metadata of a JPEG.

    Args:
        contenu: Its bytes.
        whole: Whether it is a file of its own, in which nothing may follow the picture.

    Raises:
        Illisible: it is damaged, or hides something after its end.
    """
    position = 2
    found: list[bytes] = []
    for _ in range(_BLOCS_MAX):
        position = _next_marker(contenu, position)
        marque = contenu[position + 1]
        if marque == _EOI:
            if whole:
                _refuse_tail(contenu[position + 2 :])
            return readable_strings(b"\n".join(found))
        if marque in _SANS_LONGUEUR or marque == _SOI:
            position += 2
            continue
        longueur = int.from_bytes(contenu[position + 2 : position + 4], "big")
        bloc = contenu[position + 4 : position + 2 + longueur]
        if longueur < len(b"00") or position + 2 + longueur > len(contenu):
            break
        if marque in _APPLICATIFS:
            found.append(bloc)
        position += 2 + longueur
    msg = "l’image JPEG est incomplète"
    raise Illisible(msg)


def _next_marker(contenu: bytes, position: int) -> int:
    """Place of the next marker, over the compressed pixels.

    Raises:
        Illisible: there is none.
    """
    while True:
        position = contenu.find(b"\xff", position)
        if position < 0 or position + 1 >= len(contenu):
            msg = "l’image JPEG est incomplète"
            raise Illisible(msg)
        if contenu[position + 1] not in {0x00, 0xFF}:
            return position
        position += 1


def _refuse_tail(suite: bytes) -> None:
    if suite.strip(b"\x00\r\n "):
        msg = "des données sont cachées après la fin de l’image"
        raise Illisible(msg)
