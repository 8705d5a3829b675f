"""What an extract is packed in, told by its first bytes and never by its name: zip, gzip, plain."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from typing import TYPE_CHECKING

from maillage.kernel.errors import Anomalie, FichierInvalide, Introuvable
from maillage.kernel.francais import join_fr

if TYPE_CHECKING:
    from pathlib import Path
    from typing import IO, NoReturn

TAILLE_MAX = 2**30
"""Guard against an archive that unpacks without end: a national extract is a hundred times less."""
_GZIP = b"\x1f\x8b"
_ZIP = b"PK\x03\x04"
_ZIP_VIDE = b"PK\x05\x06"
_BOM = b"\xef\xbb\xbf"
_CHIFFRE = 0x1
_EMBOITEMENT_MAX = 3


def read_texte(fichier: Path, vue: str) -> str:
    """Text of an extract, whatever it is packed in.

    Args:
        fichier: File to read.
        vue: Name of the view, by which its member is found in an archive of several.

    Raises:
        Introuvable: MLG-AFI-001 there is no such file.
        FichierInvalide: MLG-AFI-002 empty; 003 damaged or cut archive; 004 encrypted archive; 005
            no member, or several, could be the extract; 006 too large; 007 not UTF-8.
    """
    if not fichier.is_file():
        raise Introuvable(
            Anomalie(
                "MLG-AFI-001",
                f"Le fichier « {fichier.name} » n’existe pas.",
                "Vérifiez le nom et le dossier.",
                str(fichier.parent),
            )
        )
    contenu = _unpack(fichier.read_bytes(), fichier.name, vue)
    if not contenu.strip():
        _refuse(
            "MLG-AFI-002", "Le fichier est vide.", "Refaites l’export, ou le dépôt.", fichier.name
        )
    return _decode(contenu, fichier.name)


def _unpack(contenu: bytes, nom: str, vue: str) -> bytes:
    """Bytes of the table: an archive may hold another."""
    for _ in range(_EMBOITEMENT_MAX):
        if contenu.startswith(_GZIP):
            contenu = _gunzip(contenu, nom)
        elif contenu.startswith((_ZIP, _ZIP_VIDE)):
            contenu = _unzip(contenu, nom, vue)
        else:
            break
    return contenu


def _gunzip(contenu: bytes, nom: str) -> bytes:
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(contenu)) as flux:
            return _read_bounded(flux, nom)
    except (OSError, EOFError, zlib.error) as error:
        raise _damaged(nom) from error


def _unzip(contenu: bytes, nom: str, vue: str) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(contenu)) as archive:
            membre = _find_member(archive, nom, vue)
            with archive.open(membre) as flux:
                return _read_bounded(flux, nom)
    except (zipfile.BadZipFile, EOFError, zlib.error, NotImplementedError) as error:
        raise _damaged(nom) from error


def _find_member(archive: zipfile.ZipFile, nom: str, vue: str) -> zipfile.ZipInfo:
    """The one member that is the extract."""
    membres = [membre for membre in archive.infolist() if not membre.is_dir()]
    # « AnnexeFinanciere_ » is not « AnnexeFinanciereACI_ ».
    nommes = [membre for membre in membres if f"{vue}_".lower() in membre.filename.lower()]
    choisis = nommes or membres
    if len(choisis) != 1:
        noms = join_fr(membre.filename for membre in choisis) or "aucun"
        _refuse(
            "MLG-AFI-005",
            f"L’archive ne contient pas un seul fichier de la vue {vue} : {noms}.",
            "Extrayez le fichier voulu, et donnez-le seul.",
            nom,
        )
    if choisis[0].flag_bits & _CHIFFRE:
        _refuse(
            "MLG-AFI-004",
            "L’archive est protégée par un mot de passe.",
            "Extrayez-la avec son mot de passe, et donnez le fichier extrait.",
            nom,
        )
    return choisis[0]


def _read_bounded(flux: IO[bytes] | gzip.GzipFile, nom: str) -> bytes:
    contenu: bytes = flux.read(TAILLE_MAX + 1)
    if len(contenu) > TAILLE_MAX:
        _refuse(
            "MLG-AFI-006",
            f"Le fichier dépasse {TAILLE_MAX // 2**20} Mio une fois ouvert.",
            "Vérifiez que c’est bien un extrait ; sinon, coupez-le.",
            nom,
        )
    return contenu


def _decode(contenu: bytes, nom: str) -> str:
    try:
        return contenu.removeprefix(_BOM).decode("utf-8")
    except UnicodeDecodeError as error:
        ligne = contenu.count(b"\n", 0, error.start) + 1
        _refuse(
            "MLG-AFI-007",
            "Le fichier n’est pas en UTF-8.",
            "Dans le tableur, enregistrez-le au format « CSV UTF-8 ».",
            f"{nom}, ligne {ligne}",
        )


def _damaged(nom: str) -> FichierInvalide:
    return FichierInvalide(
        Anomalie(
            "MLG-AFI-003",
            "L’archive est coupée ou abîmée : elle ne s’ouvre pas jusqu’au bout.",
            "Téléchargez-la de nouveau ; rien n’a été lu.",
            nom,
        )
    )


def _refuse(code: str, quoi: str, que_faire: str, ou: str) -> NoReturn:
    raise FichierInvalide(Anomalie(code, quoi, que_faire, ou))
