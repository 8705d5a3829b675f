"""`maillage dialogue`: what a network does once with its dialogue, from the terminal.

It speaks to the person at the terminal, hence `typer.echo`, as the rooms below never do.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated

import typer

from maillage.kernel.errors import Anomalie, DonneesIndisponibles
from maillage.kernel.francais import ESPACE_FINE

if TYPE_CHECKING:
    from maillage.web.dialogue.espaces.installation import Plan

application = typer.Typer(
    help="Amorcer le dialogue\u00a0: les instances prévues par les textes.", no_args_is_help=True
)


def _setup() -> None:
    """Make Django ready; it takes a second, so only for the commands that need it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "maillage.web.config.settings")
    import django  # noqa: PLC0415 — a `--help` should not pay for it

    django.setup()


@application.callback()
def _root() -> None:
    """Keep `dialogue` a group."""


_AIDE_AMORCER = """
Crée un espace par instance prévue par les textes et par territoire\u00a0; sans --appliquer, rien n’est écrit.

Ce qui est déjà là ne change pas\u00a0: la seconde fois, il n’y a rien à créer.
"""


@application.command("amorcer", help=_AIDE_AMORCER)
def amorcer(
    *,
    appliquer: Annotated[
        bool,
        typer.Option("--appliquer/--apercu", help="Écrire, ou seulement dire ce qui serait écrit."),
    ] = False,
) -> None:
    """Install the bodies of the texts in the whole network, or preview it."""
    _setup()
    _check_base()
    from maillage.web.dialogue.espaces.installation import (  # noqa: PLC0415 — needs Django
        install_instances,
        plan_installation,
    )
    from maillage.web.droits.acteur import Perimetre  # noqa: PLC0415

    partout = Perimetre(tout=True)
    plan = install_instances(partout, by=None) if appliquer else plan_installation(partout)
    _tell(plan)
    if appliquer:
        typer.echo("Écrit." if plan else "Tout était déjà là\u00a0: rien n’a changé.")
    else:
        typer.echo("Aperçu seulement\u00a0: rien n’est écrit. Ajoutez --appliquer pour écrire.")


def _tell(plan: Plan) -> None:
    """How many spaces each body brings."""
    for ligne in plan.lignes:
        typer.echo(
            f"{ligne.instance.titre}{ESPACE_FINE}: {len(ligne.nouveaux)} à créer, "
            f"{ligne.connus} déjà là, {len(ligne.suites)} suites à écrire"
        )


def _check_base() -> None:
    """The tables must be there: the site makes them when it opens.

    Raises:
        DonneesIndisponibles: MLG-ESP-030, they are not.
    """
    from django.db import connection  # noqa: PLC0415 — needs Django
    from django.db.utils import Error  # noqa: PLC0415

    from maillage.web.dialogue.models import Espace  # noqa: PLC0415

    try:
        Espace.objects.exists()
    except Error as error:
        raise DonneesIndisponibles(
            Anomalie(
                "MLG-ESP-030",
                f"la base {connection.vendor} ne répond pas, ou ses tables n’existent pas encore",
                "ouvrez une fois le site avec « maillage site », qui les prépare, et vérifiez "
                "MAILLAGE_DONNEES et MAILLAGE_BASE.",
            )
        ) from error
