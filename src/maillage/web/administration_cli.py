"""`maillage admin`: what whoever keeps the server does from the terminal."""

from __future__ import annotations

import csv
import os
import sys
from enum import Enum
from pathlib import Path  # noqa: TC003 — typer reads the signatures
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


@application.command("travailleur")
def travailleur(
    parent: Annotated[
        int | None, typer.Option(hidden=True, help="Processus avec lequel s’arrêter.")
    ] = None,
) -> None:
    """Fait le travail de fond : annoncer, envoyer les e-mails, ranger. Ctrl-C pour l’arrêter.

    « maillage site » en lance déjà un. Lancez celui-ci à part quand le site tourne avec
    --sans-travailleur, ou en plus quand il y a beaucoup à envoyer.
    """
    _setup()
    from maillage.web.config.travaux import all_periodiques  # noqa: PLC0415 — needs Django
    from maillage.web.travaux.travailleur import Travailleur  # noqa: PLC0415 — needs Django

    Travailleur(all_periodiques()).run(parent)


@application.command("rebonds")
def rebonds(
    maildir: Annotated[
        Path | None,
        typer.Option(
            help="Boîte Maildir à lire\u00a0; sans elle, un message est lu sur l’entrée standard.",
            metavar="DOSSIER",
            exists=True,
            file_okay=False,
        ),
    ] = None,
) -> None:
    """Lit les messages revenus et arrête les envois aux adresses qui n’existent plus.

    Seuls comptent les retours qui nomment un de nos envois, signé par ce site.
    """
    _setup()
    from maillage.web.publications.courrier.rebonds import Suite, treat, treat_maildir  # noqa: PLC0415 — needs Django

    if maildir is not None:
        comptes = treat_maildir(maildir)
    else:
        comptes = dict.fromkeys(Suite, 0)
        comptes[treat(sys.stdin.buffer.read())] += 1
    for suite, nombre in comptes.items():
        typer.echo(f"{suite.value}\u00a0: {nombre}")
