"""Reads one attachment, whatever its kind, or says why nothing can be proved of it."""

from __future__ import annotations

from pathlib import PurePath

from maillage.web.publications.texte.pieces import image
from maillage.web.publications.texte.pieces.archive import BUREAUTIQUE, ZIP, read_archive
from maillage.web.publications.texte.pieces.brut import read_plain
from maillage.web.publications.texte.pieces.model import TAILLE_MAX, Illisible, Lecture, Recolte
from maillage.web.publications.texte.pieces.pdf import PDF, read_pdf

_TEXTES = frozenset({"txt", "csv", "md", "tsv"})
_JPEGS = frozenset({"jpg", "jpeg"})
_OLE = b"\xd0\xcf\x11\xe0"
_PICTURE = "Ce qu’on voit sur l’image n’est pas lu\u00a0: regardez-la."


def read_piece(nom_fichier: str, contenu: bytes) -> Lecture:
    """Texts of a file, here and now; hostile files are for `isolement.read_isolated`."""
    recolte = Recolte()
    try:
        _read(PurePath(nom_fichier).suffix.lower().removeprefix("."), contenu, recolte)
    except Illisible as refus:
        return Lecture(refus=str(refus))
    return recolte.to_lecture()


def _read(extension: str, contenu: bytes, recolte: Recolte) -> None:
    """Add the texts of a file of that extension.

    Raises:
        Illisible: nothing can be proved of it.
    """
    if len(contenu) > TAILLE_MAX:
        msg = f"il dépasse {TAILLE_MAX // 1_000_000} Mo"
        raise Illisible(msg)
    if extension in _TEXTES:
        recolte.add("texte", read_plain(contenu))
    elif extension == "pdf" and PDF in contenu[:1024]:
        read_pdf(contenu, recolte)
    elif extension in BUREAUTIQUE and contenu.startswith(ZIP):
        read_archive(contenu, recolte)
    elif extension == "png" and contenu.startswith(image.PNG):
        recolte.add("métadonnées de l’image", image.read_png(contenu))
        recolte.warn(_PICTURE)
    elif extension in _JPEGS and contenu.startswith(image.JPEG):
        recolte.add("métadonnées de l’image", image.read_jpeg(contenu))
        recolte.warn(_PICTURE)
    else:
        raise Illisible(_refusal(extension, contenu))


def _refusal(extension: str, contenu: bytes) -> str:
    if contenu.startswith(_OLE):
        return "c’est un document d’un ancien format, ou protégé par un mot de passe"
    known = {*_TEXTES, *_JPEGS, *BUREAUTIQUE, "pdf", "png"}
    if extension in known:
        return f"son contenu n’est pas celui d’un fichier .{extension}"
    return (
        f"les fichiers .{extension} ne savent pas être lus"
        if extension
        else "il n’a pas d’extension"
    )
