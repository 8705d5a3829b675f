"""`maillage reference`: the reference data, where they come from, how to renew them."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from maillage.cli.analyseur import Commande, Groupe
from maillage.cli.page import page_width
from maillage.cli.progression import show_progress
from maillage.cli.sortie import AIDE_FORMAT, open_sortie
from maillage.kernel.errors import DonneesIndisponibles

_AIDE = """
Les données de référence : d’où elles viennent, de quand elles datent, comment les renouveler.
"""
_AIDE_BUILD = """
Reconstruit le paquet de référence à partir des tables publiées.

Le paquet obtenu est le même, octet pour octet, à partir des mêmes tables.
"""
_EXEMPLES_BUILD = """
maillage reference build --from tables-publiees
maillage reference build --from tables-publiees --vers essai
"""
_AIDE_UPDATE = """
Va chercher les données plus récentes que leurs producteurs publient en ligne.

Une source qui ne répond pas ou dont la réponse est douteuse est laissée de côté et nommée ; le
paquet de référence suffit toujours.
"""
_EXEMPLES_UPDATE = """
maillage reference update
maillage reference update --source CODE
"""
_AIDE_ETAT = """
Dit quel paquet de référence est utilisé, de quelles sources, avec quelles mises à jour.
"""
_EXEMPLES_ETAT = """
maillage reference etat
maillage reference etat --format json
"""


def register(application: typer.Typer) -> None:
    """Add the group to the application."""
    group = typer.Typer(cls=Groupe, help=_AIDE, rich_markup_mode=None)
    group.command("etat", help=_AIDE_ETAT, epilog=_EXEMPLES_ETAT, cls=Commande)(show_state)
    group.command("update", help=_AIDE_UPDATE, epilog=_EXEMPLES_UPDATE, cls=Commande)(update)
    group.command("build", help=_AIDE_BUILD, epilog=_EXEMPLES_BUILD, cls=Commande)(build)
    application.add_typer(group, name="reference")


def build(
    depuis: Annotated[
        Path, typer.Option("--from", metavar="DOSSIER", help="Dossier des tables publiées.")
    ],
    vers: Annotated[
        Path | None,
        typer.Option(
            "--vers", metavar="DOSSIER", help="Où écrire ; par défaut, le paquet de Maillage."
        ),
    ] = None,
) -> None:
    """Derive the reference pack and print what was made and mended."""
    from maillage.cli.page_reference import render_build  # noqa: PLC0415 — with its model
    from maillage.data.reference.build import build_pack  # noqa: PLC0415 — heavy
    from maillage.data.reference.pack import PACK_DIR  # noqa: PLC0415 — heavy

    target = vers or PACK_DIR
    with show_progress("Paquet de référence") as tell:
        report = build_pack(depuis, target, tell)
    typer.echo(render_build(report, target, page_width()), nl=False)


def update(
    source: Annotated[
        list[str] | None,
        typer.Option(
            "--source", metavar="SOURCE", help="Seulement cette source ; peut être répétée."
        ),
    ] = None,
) -> None:
    """Fetch what is newer, and print what was kept, what was refused and why.

    Raises:
        DonneesIndisponibles: at least one source could not be updated.
    """
    from maillage.cli.page_reference import render_update  # noqa: PLC0415 — with its model
    from maillage.data.reference.update import update_reference  # noqa: PLC0415 — heavy
    from maillage.data.store import data_dir  # noqa: PLC0415 — heavy

    today = date.today()  # noqa: DTZ011, TID251 — the command line is where the clock is read
    with show_progress("Mise à jour") as tell:
        report = update_reference(data_dir(), source or None, today, tell)
    typer.echo(render_update(report, page_width()), nl=False)
    anomalies = [anomalie for one in report.sources for anomalie in one.anomalies]
    if anomalies:
        raise DonneesIndisponibles(*anomalies)


def show_state(
    format_sortie: Annotated[
        str | None, typer.Option("--format", metavar="FORMAT", help=AIDE_FORMAT)
    ] = None,
) -> None:
    """Print the pack, its sources and its updates."""
    sortie = open_sortie(format_sortie)
    from maillage.cli.etat import read_state  # noqa: PLC0415 — heavy
    from maillage.cli.page_reference import (  # noqa: PLC0415 — with its model
        render_state,
        state_rows,
        state_to_dict,
    )
    from maillage.data.store import data_dir  # noqa: PLC0415 — heavy

    etat = read_state(data_dir())
    sortie.write(
        lambda: render_state(etat, page_width()),
        lambda: state_to_dict(etat),
        lambda: state_rows(etat),
    )
