"""`maillage admin`: what whoever keeps the server does from the terminal."""

from __future__ import annotations

import csv
import os
import sys
from enum import Enum
from pathlib import Path  # noqa: TC003 — typer reads the annotations
from typing import Annotated

import typer

application = typer.Typer(
    help="Administrer un site : droits, comptes, sauvegardes, réglages.", no_args_is_help=True
)


class FormatTable(Enum):
    """How the table is written."""

    CSV = "csv"
    MARKDOWN = "markdown"


def _setup() -> None:
    """Make Django ready; it takes a second, so only for the commands that need it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "maillage.web.config.settings")
    import django  # noqa: PLC0415 — a `--help` should not pay for it

    django.setup()


@application.callback()
def _root() -> None:
    """Keep `admin` a group, even while it has a single command."""


@application.command("permissions")
def permissions(
    format_: Annotated[
        FormatTable, typer.Option("--format", help="csv ou markdown.")
    ] = FormatTable.MARKDOWN,
) -> None:
    """Écrit la table des droits : adresse, méthode, rôle, objet, verdict.

    C’est celle que le site applique, et que la suite de tests parcourt adresse par adresse.
    """
    _setup()
    from maillage.web.config.droits import COLONNES, list_verdicts  # noqa: PLC0415 — needs Django

    rows = [verdict.row() for verdict in list_verdicts()]
    if format_ is FormatTable.CSV:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerows([COLONNES, *rows])
        return
    typer.echo("| " + " | ".join(COLONNES) + " |\n" + "|---" * len(COLONNES) + "|")
    for row in rows:
        typer.echo("| " + " | ".join(row) + " |")


@application.command("sauvegarder")
def sauvegarder(
    vers: Annotated[
        Path | None,
        typer.Option(help="Dossier de la sauvegarde ; « sauvegardes » des données sinon."),
    ] = None,
) -> None:
    """Sauvegarde la base et les fichiers, site ouvert, et relit la sauvegarde entière.

    Raises:
        EnvironnementInvalide: MLG-ADM-010, MLG-ADM-011.
        FichierInvalide: MLG-ADM-012.
    """
    _setup()
    from django.conf import settings  # noqa: PLC0415 — see _setup()
    from django.utils import timezone  # noqa: PLC0415

    from maillage.kernel.francais import accorder  # noqa: PLC0415
    from maillage.web.administration.sauvegarde import save  # noqa: PLC0415

    faite = save(vers or settings.DONNEES / "sauvegardes", timezone.localtime())
    lignes = accorder(sum(faite.lignes.values()), "ligne", "lignes")
    fichiers = accorder(faite.fichiers, "fichier", "fichiers")
    typer.echo(f"{faite.chemin}\n{lignes}, {fichiers}, relus et justes.")


@application.command("restaurer")
def restaurer(
    archive: Annotated[Path, typer.Argument(help="Fichier écrit par « sauvegarder ».")],
    *,
    remplacer: Annotated[
        bool, typer.Option("--remplacer", help="Remplacer une base qui contient déjà un réseau.")
    ] = False,
) -> None:
    """Remet la base et les fichiers d’une sauvegarde ; ce qui était là est mis de côté.

    Arrêtez d’abord le site. La sauvegarde est vérifiée avant que rien ne change.

    Raises:
        Introuvable: MLG-ADM-013.
        FichierInvalide: MLG-ADM-012, MLG-ADM-014.
        DonneesIndisponibles: MLG-ADM-015.
        EnvironnementInvalide: MLG-ADM-011.
    """
    _setup()
    from maillage.kernel.francais import accorder  # noqa: PLC0415 — see _setup()
    from maillage.web.administration.sauvegarde import restore  # noqa: PLC0415

    remise = restore(archive, remplacer=remplacer)
    lignes = accorder(sum(remise.lignes.values()), "ligne remise", "lignes remises")
    typer.echo(f"{lignes}, {accorder(remise.fichiers, 'fichier remis', 'fichiers remis')}.")
