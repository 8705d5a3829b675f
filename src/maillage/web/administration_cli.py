"""`maillage admin`: what whoever keeps the server does from the terminal."""

from __future__ import annotations

import csv
import os
import sys
from enum import Enum
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
