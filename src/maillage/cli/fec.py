"""`maillage fec`: the group, and `maillage fec lire`: what an accounting file holds, what does not conform, whether it can be used."""

from pathlib import Path
from typing import Annotated

import typer

from maillage.cli import fec_soldes
from maillage.cli.analyseur import Commande, Groupe
from maillage.cli.page import page_width
from maillage.cli.progression import show_progress
from maillage.cli.sortie import AIDE_FORMAT, AIDE_REMPLACER, AIDE_SORTIE, open_sortie
from maillage.kernel.errors import FichierInvalide

_AIDE = """
Le fichier des écritures comptables (FEC) que tout logiciel de comptabilité sait exporter.
"""
_AIDE_LIRE = """
Lit un FEC : lignes, totaux, dates, encodage, et tout ce qui ne suit pas l’article A47 A-1.

Rien n’est écrit. Les tiers, les libellés et les références de pièces ne sont pas lus. Le résultat
sépare ce qui empêche l’usage de ce qui est seulement irrégulier, et dit tout ce qu’il a fallu
comprendre autrement qu’écrit. Code de sortie : 0 le fichier est utilisable, 3 il est refusé.
"""
_EXEMPLES_LIRE = """
maillage fec lire 123456782FEC20241231.txt
maillage fec lire export.csv --format json
maillage fec lire export.csv --format csv --sortie constats.csv
"""


def register(application: typer.Typer) -> None:
    """Add the group to the application."""
    group = typer.Typer(cls=Groupe, help=_AIDE, rich_markup_mode=None)
    group.command("lire", help=_AIDE_LIRE, epilog=_EXEMPLES_LIRE, cls=Commande)(read)
    fec_soldes.register(group)
    application.add_typer(group, name="fec")


def read(
    fichier: Annotated[
        Path, typer.Argument(metavar="FICHIER", help="FEC tel qu’exporté ; il n’est pas modifié.")
    ],
    format_sortie: Annotated[
        str | None, typer.Option("--format", metavar="FORMAT", help=AIDE_FORMAT)
    ] = None,
    sortie: Annotated[
        Path | None, typer.Option("--sortie", metavar="FICHIER", help=AIDE_SORTIE)
    ] = None,
    *,
    remplacer: Annotated[bool, typer.Option("--remplacer", help=AIDE_REMPLACER)] = False,
) -> None:
    """Print what an accounting file holds.

    Raises:
        typer.Exit: the file cannot be used; what prevents it is in the result.
    """
    from maillage.cli.page_fec import (  # noqa: PLC0415 — heavy
        constat_rows,
        fec_to_dict,
        render_fec,
    )
    from maillage.data.sources.fec.lecture import read_fec  # noqa: PLC0415 — heavy

    target = open_sortie(format_sortie, sortie, remplacer=remplacer)
    with show_progress("Lecture du fichier", in_logs=False) as step:
        fec = read_fec(fichier, lambda fait, total: step(f"{100 * fait // max(total, 1)} %"))
    target.write(
        table=lambda: render_fec(fec, page_width()),
        data=lambda: fec_to_dict(fec),
        rows=lambda: constat_rows(fec),
    )
    if not fec.is_utilisable:
        raise typer.Exit(FichierInvalide.exit_code)
