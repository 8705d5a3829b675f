"""What every command of the web does: wake Django, find its tables, read a file, write one whole."""

from __future__ import annotations

import os
from enum import Enum
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from maillage.kernel.errors import Anomalie, DonneesIndisponibles, FichierInvalide
from maillage.kernel.francais import guillemets

if TYPE_CHECKING:
    from pathlib import Path

    from django.db.models import Model


class Doublons(Enum):
    """What becomes of a line that resembles what is known, without its number or identifiant."""

    REFUSER = "refuser"
    CREER = "creer"
    IGNORER = "ignorer"


APPLIQUER = Annotated[
    bool,
    typer.Option("--appliquer/--apercu", help="Écrire, ou seulement dire ce qui serait écrit."),
]
"""Whether an import writes."""
REMPLACER = Annotated[
    bool, typer.Option("--remplacer", help="Accepter de remplacer un fichier qui existe déjà.")
]
"""Whether an export writes over a file."""


def setup_django() -> None:
    """Make Django ready; it takes a second, so only for the commands that need it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "maillage.web.config.settings")
    import django  # noqa: PLC0415 — a `--help` should not pay for it

    django.setup()


def check_base(modele: type[Model], code: str) -> None:
    """The tables must be there: the site makes them when it opens.

    Args:
        modele: One of them.
        code: Of the error, when they are not.

    Raises:
        DonneesIndisponibles: they are not.
    """
    from django.db import connection  # noqa: PLC0415 — needs Django
    from django.db.utils import Error  # noqa: PLC0415

    try:
        modele._default_manager.exists()  # noqa: SLF001 — Django's public way to a manager
    except Error as error:
        raise DonneesIndisponibles(
            Anomalie(
                code,
                f"la base {connection.vendor} ne répond pas, ou ses tables n’existent pas encore",
                "ouvrez une fois le site avec « maillage site », qui les prépare, et vérifiez "
                "MAILLAGE_DONNEES et MAILLAGE_BASE.",
            )
        ) from error


def open_file(fichier: Path, code: str) -> BinaryIO:
    """A file, open at its beginning.

    Args:
        fichier: Which.
        code: Of the error, when it cannot be read.

    Raises:
        DonneesIndisponibles: it cannot be read.
    """
    try:
        return fichier.open("rb")
    except OSError as error:
        raise DonneesIndisponibles(
            Anomalie(
                code,
                f"le fichier {guillemets(fichier.name)} ne peut pas être lu",
                "vérifiez son nom, son dossier et vos droits.",
                str(fichier),
            )
        ) from error


def read_bytes(fichier: Path, maximum: int, code: str) -> bytes:
    """Bytes of a file, one more than the limit at most: enough to refuse it later.

    Raises:
        DonneesIndisponibles: it cannot be read.
    """
    with open_file(fichier, code) as flux:
        return flux.read(maximum + 1)


def check_free(sortie: Path, code: str, *, remplacer: bool) -> None:
    """Refuse to write over a file, unless asked to.

    Raises:
        FichierInvalide: it exists.
    """
    if sortie.exists() and not remplacer:
        raise FichierInvalide(
            Anomalie(
                code,
                f"{guillemets(sortie.name)} existe déjà",
                "ajoutez --remplacer pour le remplacer, ou choisissez un autre nom.",
                str(sortie),
            )
        )


def write_bytes(sortie: Path, octets: bytes, code: str) -> None:
    """Write a file whole or not at all.

    Raises:
        FichierInvalide: it cannot be written.
    """
    provisoire = sortie.with_name(f".{sortie.name}.partiel")
    try:
        provisoire.write_bytes(octets)
        provisoire.replace(sortie)
    except OSError as error:
        provisoire.unlink(missing_ok=True)
        raise FichierInvalide(
            Anomalie(
                code,
                f"{guillemets(sortie.name)} ne peut pas être écrit",
                "créez le dossier, vérifiez vos droits et la place libre.",
                str(sortie.parent),
            )
        ) from error
