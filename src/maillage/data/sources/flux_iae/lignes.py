"""Whole lines of a view, block after block: marks taken off, cut rows put together, encoding mended."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from maillage.kernel.errors import Anomalie, FichierInvalide

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from maillage.data.sources.flux_iae.pieces import Flux
    from maillage.data.sources.flux_iae.rapport import Releve

BLOC = 16 << 20
LIGNE_MAX = 4 << 20
"""A row is a few kilobytes: what has no line end in four mebibytes is not an extract."""
_BOM = b"\xef\xbb\xbf"
_DEB = re.compile(rb"DEB(?P<vue>[A-Za-z]+?)(?P<jour>[0-9]{8})_(?P<heure>[0-9]{6})[|\s]*")
_FIN = re.compile(rb"FIN(?P<nombre>[0-9]{1,12})[|\s]*")
_TETE = 3
"""Lines that the first block holds: the mark, the header and a row."""
_UN_NOM = re.compile(rb"[A-Za-z0-9_]+")


@dataclass(slots=True)
class Lignes:
    """Lines of one view.

    Attributes:
        chemin: Where the file was found, for the messages.
        vue: View that the DEB line names, empty without one.
        jour: Day of extraction of the DEB line, JJMMAAAA, empty without one.
        heure: Its hour, HHMMSS.
        annonce: Rows that the FIN line announces, None without one.
        entete: Names of the columns as written.
        premiere: Line of the first row.
    """

    chemin: str
    vue: str = ""
    jour: str = ""
    heure: str = ""
    annonce: int | None = None
    entete: list[str] = field(default_factory=list)
    premiere: int = 1


def read_blocs(
    flux: Flux, lues: Lignes, releve: Releve, update: Callable[[bytes], None]
) -> Iterator[tuple[bytes, int]]:
    """Blocks of rows that end with a line feed, each with the line of its first one.

    The header and the marks are told in `lues`: they are known once the first block is out, the
    announced number once the last one is.

    Args:
        flux: The unpacked file.
        lues: Filled while reading.
        releve: Where repairs are noted.
        update: Told the bytes as they are in the file, for its hash.

    Raises:
        FichierInvalide: MLG-FLX-003 a damaged file; 007 a line without end; 008 no header.
    """
    ligne = 1
    for texte, is_dernier in _read_whole_lines(flux, lues.chemin, update):
        entier = _clean(texte, lues.chemin, ligne, releve)
        if ligne == 1:
            entier, ligne = _take_head(entier, lues, releve)
            lues.premiere = ligne
        if is_dernier or b"\nFIN" in entier or entier.startswith(b"FIN"):
            entier = _take_end(entier, lues)
        if entier:
            yield entier, ligne
        ligne += entier.count(b"\n")
    if not lues.entete:
        raise FichierInvalide(
            Anomalie(
                "MLG-FLX-008", "Le fichier est vide.", "Demandez de nouveau l’extrait.", lues.chemin
            )
        )


def _read_whole_lines(
    flux: Flux, chemin: str, update: Callable[[bytes], None]
) -> Iterator[tuple[bytes, bool]]:
    """Blocks cut at line ends, and whether each is the last; the next one is read meanwhile."""
    reste, commence = b"", False
    with ThreadPoolExecutor(1) as lecteur:
        suivant = lecteur.submit(flux.read, BLOC)
        while bloc := suivant.result():
            suivant = lecteur.submit(flux.read, BLOC)
            update(bloc)
            texte = reste + bloc
            fin = texte.rfind(b"\n") + 1
            if not commence and texte.count(b"\n") < _TETE:
                fin = 0  # a stream may give little at first: the header is wanted whole
            commence = commence or fin > 0
            entier, reste = texte[:fin], texte[fin:]
            _check_length(reste, chemin)
            if entier:
                yield entier, False
    if reste:
        yield reste if reste.endswith(b"\n") else reste + b"\n", True


def _check_length(texte: bytes, chemin: str) -> None:
    if len(texte) > LIGNE_MAX:
        raise FichierInvalide(
            Anomalie(
                "MLG-FLX-007",
                f"Une ligne dépasse {LIGNE_MAX >> 20} Mio : ce n’est pas un extrait.",
                "Vérifiez le fichier ; rien n’a été gardé.",
                chemin,
            )
        )


def _clean(texte: bytes, chemin: str, ligne: int, releve: Releve) -> bytes:
    """UTF-8 without marks of the machine that wrote it."""
    if ligne == 1:
        texte = texte.removeprefix(_BOM)
    if b"\r" in texte:
        texte = texte.replace(b"\r\n", b"\n").replace(b"\r", b" ")
    if b"\x00" in texte:
        releve.refuse(
            Anomalie(
                "MLG-FLX-009",
                "Le fichier contient des octets nuls : il est abîmé, ou ce n’est pas du texte.",
                "Téléchargez-le de nouveau.",
                chemin,
            ),
            nombre=texte.count(b"\x00"),
        )
        texte = texte.replace(b"\x00", b"")
    try:
        if not texte.isascii():
            texte.decode("utf-8")
    except UnicodeDecodeError as error:
        releve.repair(
            Anomalie(
                "MLG-FLX-101",
                "Le fichier n’est pas en UTF-8 : ses accents sont lus comme ceux de Windows.",
                "Les accents des noms peuvent être faux ; aucun chiffre n’en dépend.",
                chemin,
            ),
            [ligne + texte.count(b"\n", 0, error.start)],
        )
        texte = texte.decode("cp1252", "replace").encode()
    return texte


def _take_head(texte: bytes, lues: Lignes, releve: Releve) -> tuple[bytes, int]:
    """Rows under the header, and the line of the first one."""
    ligne = 1
    tete, _, suite = texte.partition(b"\n")
    marque = _DEB.fullmatch(tete.strip())
    if marque:
        lues.vue, lues.jour = marque["vue"].decode(), marque["jour"].decode()
        lues.heure = marque["heure"].decode()
        ligne += 1
        tete, _, suite = suite.partition(b"\n")
    if b"|" not in tete and _UN_NOM.fullmatch(tete.strip()) is None:
        releve.refuse(
            Anomalie(
                "MLG-FLX-010",
                "La première ligne ne porte pas de noms de colonnes séparés par des barres verticales.",
                "Donnez le fichier de l’ASP tel quel, sans l’avoir ouvert dans un tableur.",
                f"{lues.chemin}, ligne {ligne}",
            ),
        )
    lues.entete = [nom.strip().strip('"') for nom in tete.decode("utf-8", "replace").split("|")]
    return suite, ligne + 1


def _take_end(texte: bytes, lues: Lignes) -> bytes:
    """Rows above the line that ends the file, if it is there."""
    corps = texte.rstrip(b"\n \t")
    derniere = corps.rfind(b"\n") + 1
    marque = _FIN.fullmatch(corps[derniere:].strip())
    if marque is None:
        return texte
    lues.annonce = int(marque["nombre"])
    return corps[:derniere]
