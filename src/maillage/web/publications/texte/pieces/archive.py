"""Texts of office documents: Word, Excel, PowerPoint and their OpenDocument likes, all ZIP archives.

Every XML part is read, not only the visible ones: comments, tracked changes, hidden sheets, notes and
properties leave with the file.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from maillage.web.publications.texte.pieces import image
from maillage.web.publications.texte.pieces.brut import read_plain, readable_strings
from maillage.web.publications.texte.pieces.model import (
    DECOMPRESSE_MAX,
    EMBOITEMENT_MAX,
    PROFONDEUR_XML_MAX,
    Illisible,
    Recolte,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

ZIP = b"PK\x03\x04"
BUREAUTIQUE = frozenset(
    {"docx", "xlsx", "pptx", "odt", "ods", "odp", "dotx", "xltx", "potx", "ott", "ots", "otp"}
)
_ENTREES_MAX = 10_000
_RAPPORT_MAX = 300
_GROS = 1_000_000
_XML = frozenset({"xml", "rels", "vml", "rdf", "svg"})
_POLICES = frozenset({"odttf", "ttf", "otf", "fntdata"})
_SANS_TEXTE = frozenset({"layout-cache"})
_BLOCS = frozenset(
    {"p", "h", "tr", "tc", "row", "c", "si", "t-cell", "table-cell", "sheet", "comment"}
)
_BLANCS = frozenset({"tab", "br", "cr", "s", "line-break"})
_AUTEURS = frozenset(
    {"creator", "lastModifiedBy", "initial-creator", "printed-by", "Manager", "author", "sender"}
)
_ATTRIBUTS = frozenset(
    {
        *("descr", "title", "alt", "author", "initials", "Target", "href", "name", "tooltip"),
        *(
            "display",
            "value",
            "string-value",
            "caption",
            "display-name",
            "userId",
            "lastModifiedBy",
        ),
    }
)
_PROPRIETES = re.compile(r"^(?:docProps/|meta\.xml$|customXml/)")
_NOMS = {
    "comments": "commentaires",
    "notes": "notes",
    "docProps": "propriétés",
    "meta": "propriétés",
}


class _Collector:
    """Target of the XML parser: text as it comes, no tree, so that depth and size cost nothing."""

    def __init__(self, *, proprietes: bool) -> None:
        self.textes: list[str] = []
        self.attributs: list[str] = []
        self.auteurs: list[str] = []
        self._proprietes = proprietes
        self._pile: list[str] = []

    def start(self, tag: str, attrs: Mapping[str, str]) -> None:
        nom = tag.rpartition("}")[2]
        self._pile.append(nom)
        if len(self._pile) > PROFONDEUR_XML_MAX:
            msg = "ses balises sont imbriquées trop profondément"
            raise Illisible(msg)
        if nom in _BLANCS:
            self.textes.append(" ")
        for cle, valeur in attrs.items():
            self._keep(cle.rpartition("}")[2], valeur)

    def _keep(self, cle: str, valeur: str) -> None:
        if cle in _ATTRIBUTS or (" " in valeur and any(c.isalpha() for c in valeur)):
            self.attributs.append(valeur)
        if cle in _AUTEURS:
            self.auteurs.append(valeur)

    def data(self, data: str) -> None:
        self.textes.append(data)
        if self._pile and self._pile[-1] in _AUTEURS and data.strip():
            self.auteurs.append(data.strip())

    def end(self, tag: str) -> None:
        self._pile.pop()
        if self._proprietes or tag.rpartition("}")[2] in _BLOCS:
            self.textes.append("\n")

    def comment(self, data: str) -> None:
        self.attributs.append(data)

    def close(self) -> str:
        return "\n".join(("".join(self.textes), *self.attributs))


def read_archive(contenu: bytes, recolte: Recolte, emboitement: int = 0, prefixe: str = "") -> None:
    """Add every text of an office document.

    Raises:
        Illisible: damaged, encrypted, too big once unpacked, or with a part that cannot be read.
    """
    if emboitement > EMBOITEMENT_MAX:
        msg = "il contient des documents emboîtés les uns dans les autres"
        raise Illisible(msg)
    try:
        with zipfile.ZipFile(io.BytesIO(contenu)) as archive:
            _check(archive)
            for entree in archive.infolist():
                if not entree.is_dir():
                    partie = _unpack(archive, entree)
                    _read_part(prefixe + entree.filename, partie, recolte, emboitement)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
        msg = "l’archive est abîmée"
        raise Illisible(msg) from error
    except (RuntimeError, ValueError, LookupError) as error:
        msg = "l’archive est abîmée ou chiffrée"
        raise Illisible(msg) from error


def _check(archive: zipfile.ZipFile) -> None:
    """Refuse bombs before anything is unpacked.

    Raises:
        Illisible: too many parts, too big, encrypted, or swelling beyond reason.
    """
    entrees = archive.infolist()
    if len(entrees) > _ENTREES_MAX:
        msg = "l’archive a trop de fichiers"
        raise Illisible(msg)
    if sum(entree.file_size for entree in entrees) > DECOMPRESSE_MAX:
        msg = "l’archive est trop grosse une fois décompressée"
        raise Illisible(msg)
    for entree in entrees:
        if entree.flag_bits & 0x1:
            msg = "l’archive est chiffrée"
            raise Illisible(msg)
        if entree.file_size > _GROS and entree.file_size > _RAPPORT_MAX * max(
            1, entree.compress_size
        ):
            msg = "l’archive se dilate anormalement"
            raise Illisible(msg)


def _unpack(archive: zipfile.ZipFile, entree: zipfile.ZipInfo) -> bytes:
    """Bytes of one part: never more than what the archive announces.

    Raises:
        Illisible: it holds more.
    """
    with archive.open(entree) as flux:
        partie = flux.read(entree.file_size + 1)
    if len(partie) > entree.file_size:
        msg = "l’archive ment sur la taille de ses fichiers"
        raise Illisible(msg)
    return partie


def _read_part(nom: str, partie: bytes, recolte: Recolte, emboitement: int) -> None:
    """Add the texts of one part.

    Raises:
        Illisible: nothing can be read of it.
    """
    chemin = PurePosixPath(nom)
    extension = chemin.suffix.lower().removeprefix(".")
    recolte.add(f"nom de {nom}", chemin.stem)
    if not partie or extension in _POLICES or chemin.name in _SANS_TEXTE:
        return
    if extension in _XML:
        _read_xml(nom, partie, recolte)
    elif partie.startswith(image.PNG):
        recolte.add(f"métadonnées de {nom}", image.read_png(partie))
        _warn_picture(recolte)
    elif partie.startswith(image.JPEG):
        recolte.add(f"métadonnées de {nom}", image.read_jpeg(partie))
        _warn_picture(recolte)
    elif partie.startswith(ZIP):
        read_archive(partie, recolte, emboitement + 1, f"{nom}/")
    elif chemin.name == "mimetype" or extension in {"txt", "csv"}:
        recolte.add(nom, read_plain(partie))
    elif chemin.name.startswith("printerSettings"):
        recolte.add("réglages d’imprimante", readable_strings(partie))
    else:
        msg = f"il contient {chemin.name}, dont rien ne peut être lu"
        raise Illisible(msg)


def _warn_picture(recolte: Recolte) -> None:
    recolte.warn(
        "Le document contient des images\u00a0: ce qu’on y voit n’est pas lu, regardez-les."
    )


def _read_xml(nom: str, partie: bytes, recolte: Recolte) -> None:
    """Add the texts of an XML part.

    Raises:
        Illisible: it is damaged, or hostile.
    """
    collector = _Collector(proprietes=_PROPRIETES.match(nom) is not None)
    parser = DefusedXMLParser(target=collector, forbid_dtd=False)
    try:
        parser.feed(partie)
        texte = parser.close()
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        msg = f"sa partie {nom} est abîmée"
        raise Illisible(msg) from error
    recolte.add(_place(nom), texte)
    for auteur in dict.fromkeys(collector.auteurs):
        recolte.add(f"auteur, dans {_place(nom)}", auteur, auteur=True)


def _place(nom: str) -> str:
    """Part of a document in the words of those who write them."""
    for cle, libelle in _NOMS.items():
        if cle in nom:
            return libelle
    return nom
