"""The files inside what was given: folders, archives in archives, told by their first bytes.

A name never decides: a zip may be called `.tar.gz`, a `.csv.gz` may be a zip.
"""

from __future__ import annotations

import gzip
import io
import tempfile
import zlib
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import IO, TYPE_CHECKING, Any, cast

import pyzipper  # type: ignore[import-untyped]  # ships no types

from maillage.kernel.errors import Anomalie, FichierInvalide, Introuvable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

GZIP = b"\x1f\x8b"
ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_EMBOITEMENT_MAX = 4
_MEMBRES_MAX = 500
TAILLE_MAX = 64 << 30
"""Guard against an archive that unpacks without end, over all its files; a national extract is under 4 GiB."""
_EN_MEMOIRE = 64 << 20
_ABIMES = (
    OSError,
    EOFError,
    zlib.error,
    NotImplementedError,
    RuntimeError,
    ValueError,
    pyzipper.BadZipFile,
    pyzipper.LargeZipFile,
)


@dataclass(frozen=True, slots=True)
class Piece:
    """One file once unpacked.

    Attributes:
        nom: Name of the file, without its folders.
        chemin: Where it was found, archives included, for the messages.
        ouvrir: Opens the bytes, unpacked; `open` tells what goes wrong in French.
    """

    nom: str
    chemin: str
    ouvrir: Callable[[], Any] = field(repr=False)

    @contextmanager
    def open(self) -> Iterator[Flux]:
        """The unpacked bytes, until the block ends.

        Raises:
            FichierInvalide: MLG-FLX-003 it does not open, or not to its end.
        """
        with ExitStack() as pile:
            with _told_as_damaged(self.chemin):
                brut = pile.enter_context(self.ouvrir())
            yield Flux(brut, self.chemin)


@dataclass(frozen=True, slots=True)
class Flux:
    """Bytes of a file; what does not read is told as a damaged file."""

    _brut: IO[bytes]
    _chemin: str

    def read(self, taille: int) -> bytes:
        """The next bytes, fewer at the end, none after it.

        Raises:
            FichierInvalide: MLG-FLX-003.
        """
        with _told_as_damaged(self._chemin):
            return self._brut.read(taille)


@contextmanager
def _told_as_damaged(chemin: str) -> Iterator[None]:
    """What the readers of archives raise, as one refusal.

    Raises:
        FichierInvalide: MLG-FLX-003.
    """
    try:
        yield
    except _ABIMES as error:
        raise FichierInvalide(_damaged(chemin)) from error


def list_pieces(chemins: Sequence[Path], mot_de_passe: str | None = None) -> list[Piece]:
    """Every file in what was given, archives opened.

    Args:
        chemins: Files or folders.
        mot_de_passe: Of the protected files, if any.

    Raises:
        Introuvable: MLG-FLX-001 a file or folder does not exist.
        FichierInvalide: MLG-FLX-003 a damaged archive; 004 a protected one without its password;
            006 too many files or too deep.
    """
    trouvees: list[Piece] = []
    anomalies: list[Anomalie] = []
    for chemin in chemins:
        if not chemin.exists():
            raise Introuvable(
                Anomalie(
                    "MLG-FLX-001",
                    f"« {chemin.name} » n’existe pas.",
                    "Vérifiez le nom et le dossier.",
                    str(chemin.parent),
                )
            )
        fichiers = (
            sorted(f for f in chemin.rglob("*") if f.is_file() and not f.name.startswith("."))
            if chemin.is_dir()
            else [chemin]
        )
        for fichier in fichiers:
            try:
                trouvees += _open_any(fichier.name, fichier.name, _opener(fichier), mot_de_passe, 0)
            except FichierInvalide as refus:
                anomalies += refus.anomalies
    if len(trouvees) > _MEMBRES_MAX:
        anomalies.append(_too_much(f"{len(trouvees)} fichiers"))
    if anomalies:
        raise FichierInvalide(*anomalies)
    return trouvees


def _opener(fichier: Path) -> Callable[[], Any]:
    return lambda: fichier.open("rb")


def _open_any(
    nom: str, chemin: str, ouvrir: Callable[[], Any], mot_de_passe: str | None, profondeur: int
) -> list[Piece]:
    if profondeur > _EMBOITEMENT_MAX:
        raise FichierInvalide(_too_much("des archives les unes dans les autres", chemin))
    try:
        with ouvrir() as flux:
            debut = flux.read(4)
        if debut.startswith(GZIP):
            return _open_any(nom, chemin, _gunzip(ouvrir), mot_de_passe, profondeur + 1)
        if debut.startswith(ZIP):
            return _list_members(chemin, ouvrir, mot_de_passe, profondeur)
    except _ABIMES as error:
        raise FichierInvalide(_damaged(chemin)) from error
    return [Piece(PurePosixPath(nom).name, chemin, ouvrir)]


def _gunzip(ouvrir: Callable[[], Any]) -> Callable[[], Any]:
    @contextmanager
    def open_gzip() -> Iterator[IO[bytes]]:
        with ouvrir() as emballe, gzip.GzipFile(fileobj=emballe, mode="rb") as flux:
            yield cast("IO[bytes]", flux)

    return open_gzip


def _list_members(
    chemin: str, ouvrir: Callable[[], Any], mot_de_passe: str | None, profondeur: int
) -> list[Piece]:
    secret = mot_de_passe.encode() if mot_de_passe else None

    @contextmanager
    def open_member(nom: str) -> Iterator[IO[bytes]]:
        with _seekable(ouvrir) as flux, pyzipper.AESZipFile(flux) as archive:
            if secret:
                archive.setpassword(secret)
            with archive.open(nom) as membre:
                yield membre

    with _seekable(ouvrir) as flux, pyzipper.AESZipFile(flux) as archive:
        membres = [m for m in archive.infolist() if not m.is_dir()]
    if len(membres) > _MEMBRES_MAX or sum(m.file_size for m in membres) > TAILLE_MAX:
        raise FichierInvalide(_too_much(f"{len(membres)} fichiers, ou trop gros", chemin))
    if any(m.flag_bits & 1 for m in membres) and not secret:
        raise FichierInvalide(
            Anomalie(
                "MLG-FLX-004",
                "L’archive est protégée par un mot de passe.",
                "Donnez le mot de passe que l’expéditeur vous a transmis à part.",
                chemin,
            )
        )
    trouvees: list[Piece] = []
    for membre in membres:
        nom = membre.filename

        def open_this(nom: str = nom) -> Any:
            return open_member(nom)

        trouvees += _open_any(
            PurePosixPath(nom).name, f"{chemin} › {nom}", open_this, mot_de_passe, profondeur + 1
        )
    return trouvees


@contextmanager
def _seekable(ouvrir: Callable[[], Any]) -> Iterator[IO[bytes]]:
    """A zip is read from its end: what comes out of another archive is laid down first.

    Raises:
        OSError: it unpacks without end.
    """
    with ouvrir() as flux:
        if isinstance(flux, io.BufferedReader):
            yield flux
            return
        with tempfile.SpooledTemporaryFile(max_size=_EN_MEMOIRE) as copie:
            reste = TAILLE_MAX
            while bloc := flux.read(1 << 20):
                reste -= len(bloc)
                if reste < 0:
                    raise OSError
                copie.write(bloc)
            copie.seek(0)
            yield copie


def _damaged(chemin: str) -> Anomalie:
    """What is said of an archive that does not open to its end."""
    return Anomalie(
        "MLG-FLX-003",
        "L’archive est coupée ou abîmée, ou son mot de passe est faux : elle ne s’ouvre pas jusqu’au "
        "bout.",
        "Téléchargez-la de nouveau, vérifiez le mot de passe ; rien n’a été gardé.",
        chemin,
    )


def _too_much(quoi: str, ou: str = "") -> Anomalie:
    return Anomalie(
        "MLG-FLX-006",
        f"Ce n’est pas un extrait : {quoi}.",
        "Donnez le fichier reçu de l’ASP, tel quel.",
        ou,
    )
