"""Texts of a PDF: its pages, and every text that its objects hold.

Annotations, bookmarks, form fields, descriptions, properties, XMP, and the revisions that an editor
keeps under the last one.
"""

from __future__ import annotations

import io
import logging
import re
from typing import TYPE_CHECKING, Any

from pypdf import PdfReader
from pypdf.errors import DependencyError, PyPdfError
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    StreamObject,
    TextStringObject,
)

from maillage.web.publications.texte.pieces import image
from maillage.web.publications.texte.pieces.model import Illisible, Recolte

if TYPE_CHECKING:
    from collections.abc import Iterator

PDF = b"%PDF-"
_FIN = re.compile(rb"%%EOF[\r\n]{0,2}")
_REVISIONS_MAX = 10
_PAGES_MAX = 3_000
_OBJETS_MAX = 300_000
_IMBRICATION_MAX = 60
_LISIBLE_MIN = 0.85
_ASSEZ = 40
_ORDINAIRES = set(" \n\t\r.,;:!?'\"()[]«»’“”–—-+=%€/°•…&*@#_|\u00a0\u202f<>→·✓")
_AUTEURS = frozenset({"/Author"})
# what pypdf lets through of a broken file, beside its own errors: seen by fuzzing it
_CASSES = (
    PyPdfError,
    DependencyError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    AssertionError,
    NotImplementedError,
    OverflowError,
    RecursionError,
    ZeroDivisionError,
    EOFError,
    OSError,
)

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it speaks of every damaged byte


def read_pdf(contenu: bytes, recolte: Recolte) -> None:
    """Add every text of a PDF, its earlier revisions included.

    Raises:
        Illisible: damaged, encrypted, without any text, or with files inside.
    """
    for rang, revision in enumerate(_revisions(contenu)):
        suffixe = f" (version précédente {rang})" if rang else ""
        try:
            _read_revision(revision, recolte, suffixe)
        except _CASSES as error:
            msg = "le PDF est abîmé"
            raise Illisible(msg) from error


def _revisions(contenu: bytes) -> Iterator[bytes]:
    """The file, then what it was before each change saved under it.

    Raises:
        Illisible: too many changes.
    """
    fins = [match.end() for match in _FIN.finditer(contenu)]
    if len(fins) > _REVISIONS_MAX:
        msg = "le PDF garde trop de versions précédentes"
        raise Illisible(msg)
    yield contenu
    if b"/Linearized" in contenu[:1024]:  # its first end is not one: the file is cut for the web
        fins = fins[1:]
    for fin in fins[:-1]:
        yield contenu[:fin]


def _read_revision(contenu: bytes, recolte: Recolte, suffixe: str) -> None:
    lecteur = PdfReader(io.BytesIO(contenu), strict=False)
    if lecteur.is_encrypted and not lecteur.decrypt(""):
        msg = "le PDF est protégé par un mot de passe"
        raise Illisible(msg)
    _read_objects(lecteur, recolte, suffixe)
    _read_pages(lecteur, recolte, suffixe)


def _read_pages(lecteur: PdfReader, recolte: Recolte, suffixe: str) -> None:
    if len(lecteur.pages) > _PAGES_MAX:
        msg = "le PDF a trop de pages"
        raise Illisible(msg)
    lus = 0
    for numero, page in enumerate(lecteur.pages, 1):
        texte = page.extract_text()
        _refuse_gibberish(texte, numero)
        lus += bool(texte.strip())
        if not texte.strip():
            recolte.warn(
                f"La page {numero} du PDF n’a pas de texte\u00a0: regardez ce qu’on y voit."
            )
        recolte.add(f"page {numero}{suffixe}", texte)
    if not lus:
        msg = "le PDF n’a pas de texte, seulement des images ou des tracés"
        raise Illisible(msg)


def _refuse_gibberish(texte: str, numero: int) -> None:
    """Fonts without their table give signs that only look like text.

    Raises:
        Illisible: the page is made of such signs.
    """
    if len(texte) < _ASSEZ:
        return
    clairs = sum(c in _ORDINAIRES or (c.isalnum() and ord(c) < 0x2C00) for c in texte)  # noqa: PLR2004 — end of the alphabets of Europe
    if clairs / len(texte) < _LISIBLE_MIN:
        msg = f"le texte de la page {numero} du PDF n’est pas lisible par un programme"
        raise Illisible(msg)


def _read_objects(lecteur: PdfReader, recolte: Recolte, suffixe: str) -> None:
    """Every text string of every object, wherever it hangs."""
    for reference in _references(lecteur):
        objet = lecteur.get_object(reference)
        for cle, texte in _strings(objet, "", 0):
            recolte.add(f"objets du PDF{suffixe}", texte, auteur=cle in _AUTEURS)
        if isinstance(objet, StreamObject):
            _read_stream(objet, recolte, suffixe)
    if lecteur.metadata:
        for cle, valeur in lecteur.metadata.items():
            recolte.add(f"propriété {cle.removeprefix('/')}{suffixe}", str(valeur))


def _references(lecteur: PdfReader) -> Iterator[IndirectObject]:
    numeros = {
        (numero, generation) for generation, table in lecteur.xref.items() for numero in table
    } | {(numero, 0) for numero in lecteur.xref_objStm}
    if len(numeros) > _OBJETS_MAX:
        msg = "le PDF a trop d’objets"
        raise Illisible(msg)
    for numero, generation in sorted(numeros):
        yield IndirectObject(numero, generation, lecteur)


def _strings(
    objet: Any, cle: str, profondeur: int
) -> Iterator[tuple[str, str]]:  # a PDF object of any kind
    """Text strings of an object, with the key they stand under; references lead elsewhere.

    Raises:
        Illisible: objects nested without end, or a part that hides text.
    """
    if profondeur > _IMBRICATION_MAX:
        msg = "les objets du PDF sont imbriqués trop profondément"
        raise Illisible(msg)
    if isinstance(objet, DictionaryObject):
        if "/EF" in objet:
            msg = "des fichiers sont joints à l’intérieur du PDF"
            raise Illisible(msg)
        if "/XFA" in objet:
            msg = "le PDF contient un formulaire XFA, dont le texte ne peut pas être lu"
            raise Illisible(msg)
        for nom in objet:
            yield from _strings(objet.raw_get(nom), str(nom), profondeur + 1)
    elif isinstance(objet, ArrayObject):
        for element in list.__iter__(objet):
            yield from _strings(element, cle, profondeur + 1)
    elif isinstance(objet, TextStringObject):
        yield cle, str(objet)
    elif isinstance(objet, bytes):
        yield cle, objet.decode("latin-1")


def _read_stream(objet: StreamObject, recolte: Recolte, suffixe: str) -> None:
    if objet.get("/Subtype") == "/XML":
        recolte.add(f"propriétés XMP{suffixe}", objet.get_data().decode("utf-8", "replace"))
    elif objet.get("/Subtype") == "/Image":
        recolte.warn(
            "Le PDF contient des images\u00a0: ce qu’on y voit n’est pas lu, regardez-les."
        )
        donnees: object = objet._data  # noqa: SLF001 — the JPEG as it was put there, which pypdf only gives decoded
        if isinstance(donnees, bytes) and donnees.startswith(image.JPEG):
            recolte.add(f"métadonnées d’une image{suffixe}", image.read_jpeg(donnees, whole=False))
