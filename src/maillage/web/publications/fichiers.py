"""Files joined to publications: what is accepted, where they are kept, what they are called.

A file is kept under the hash of its content, so that what was published can be checked later and
the same file sent twice is kept once. Its type is read from its first bytes, never from its name.
"""

from __future__ import annotations

import hashlib
import os
import zipfile
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING
from uuid import uuid4

from django.conf import settings

from maillage.kernel.errors import Anomalie, FichierInvalide, Introuvable
from maillage.kernel.francais import ESPACE_INSECABLE, format_nombre, join_fr

if TYPE_CHECKING:
    from pathlib import Path

TAILLE_MAX = 20 * 1024 * 1024
_MO = 1024 * 1024
TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "png": "image/png",
    "jpg": "image/jpeg",
    "csv": "text/csv; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
}
"""Extensions that we give, and the type with which each is served."""
IMAGES = frozenset({"png", "jpg"})
_TEXTES = frozenset({"csv", "txt"})
_DEBUTS = {b"%PDF-": "pdf", b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpg"}
_OOXML = {"word/": "docx", "xl/": "xlsx", "ppt/": "pptx"}
_ODF = {TYPES[extension]: extension for extension in ("odt", "ods", "odp")}
_MIMETYPE_MAX = 200


@dataclass(frozen=True, slots=True)
class Depot:
    """A file that was accepted and kept.

    Attributes:
        extension: Its type, from its content.
        sha256: Hash of its content, and its name on the disk.
        taille: In bytes.
    """

    extension: str
    sha256: str
    taille: int


def check(contenu: bytes, nom: str) -> str:
    """Type of a file, from its content.

    Args:
        contenu: Its bytes.
        nom: Name that it came with: it only tells a table from a text.

    Raises:
        FichierInvalide: MLG-PUB-210 empty, MLG-PUB-211 too big, MLG-PUB-212 of a refused type.
    """
    if not contenu:
        raise FichierInvalide(
            Anomalie(
                "MLG-PUB-210", "Le fichier est vide.", "Choisissez-en un autre.", "pièce jointe"
            )
        )
    if len(contenu) > TAILLE_MAX:
        taille = f"{format_nombre(len(contenu) / _MO, 1)}{ESPACE_INSECABLE}Mo"
        limite = f"{TAILLE_MAX // _MO}{ESPACE_INSECABLE}Mo"
        raise FichierInvalide(
            Anomalie(
                "MLG-PUB-211",
                f"Le fichier pèse {taille}.",
                f"Réduisez-le à {limite} au plus, ou coupez-le.",
                "pièce jointe",
            )
        )
    extension = _sniff(contenu, nom)
    if extension is None:
        raise FichierInvalide(
            Anomalie(
                "MLG-PUB-212",
                "Le contenu de ce fichier n’est d’aucun des types acceptés.",
                f"Enregistrez-le en {join_fr(TYPES, 'ou')}.",
                "pièce jointe",
            )
        )
    return extension


def keep(contenu: bytes, nom: str) -> Depot:
    """Check a file and keep it; a reader never sees half of it.

    Raises:
        FichierInvalide: as `check`.
    """
    extension = check(contenu, nom)
    empreinte = hashlib.sha256(contenu).hexdigest()
    chemin = path_of(empreinte)
    if not chemin.exists():
        chemin.parent.mkdir(parents=True, exist_ok=True)
        provisoire = chemin.with_name(f".{empreinte}-{uuid4().hex}")
        with provisoire.open("wb") as flux:
            flux.write(contenu)
            flux.flush()
            os.fsync(flux.fileno())
        provisoire.replace(chemin)
    return Depot(extension, empreinte, len(contenu))


def path_of(sha256: str) -> Path:
    """Where the content of that hash is kept."""
    dossier: Path = settings.PIECES_JOINTES
    return dossier / sha256[:2] / sha256


def read(sha256: str) -> bytes:
    """Content of that hash, checked against it.

    Raises:
        Introuvable: MLG-PUB-213, the file is no longer there, or is not what it was.
    """
    try:
        contenu = path_of(sha256).read_bytes()
    except OSError:
        contenu = b""
    if hashlib.sha256(contenu).hexdigest() != sha256:
        raise Introuvable(
            Anomalie(
                "MLG-PUB-213",
                f"La pièce jointe {sha256[:12]}… manque dans le dossier de données, ou y a été modifiée.",
                "Remettez la dernière sauvegarde du dossier « pieces-jointes », ou joignez le fichier de "
                "nouveau.",
            )
        )
    return contenu


def _sniff(contenu: bytes, nom: str) -> str | None:
    for debut, extension in _DEBUTS.items():
        if contenu.startswith(debut):
            return extension
    if contenu.startswith(b"PK\x03\x04"):
        return _sniff_archive(contenu)
    return _sniff_text(contenu, nom)


def _sniff_archive(contenu: bytes) -> str | None:
    """An office document is told by what is in it; no other archive is accepted."""
    try:
        with zipfile.ZipFile(BytesIO(contenu)) as archive:
            noms = archive.namelist()
            if "[Content_Types].xml" in noms:
                found = {
                    ext
                    for dossier, ext in _OOXML.items()
                    if any(n.startswith(dossier) for n in noms)
                }
                macros = any(n.lower().endswith("vbaproject.bin") for n in noms)
                return found.pop() if len(found) == 1 and not macros else None
            if "mimetype" in noms and archive.getinfo("mimetype").file_size < _MIMETYPE_MAX:
                return _ODF.get(archive.read("mimetype").decode("ascii", "replace").strip())
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError):
        return None
    return None


def _sniff_text(contenu: bytes, nom: str) -> str | None:
    extension = nom.rpartition(".")[2].lower()
    if extension not in _TEXTES or b"\x00" in contenu:
        return None
    try:
        texte = contenu.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    # a page of a site that a browser would run stays out, whatever it is called
    return None if texte.lstrip()[:1] == "<" else extension
