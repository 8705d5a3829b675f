"""`maillage cibles`: what the 2022 targets of people in IAE followed."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from maillage.cli.analyseur import Commande
from maillage.cli.atelier import open_workshop
from maillage.cli.page import page_width
from maillage.cli.sortie import AIDE_FORMAT, AIDE_REMPLACER, AIDE_SORTIE, open_sortie
from maillage.kernel.errors import Anomalie, Introuvable

if TYPE_CHECKING:
    from maillage.analyses.targets.model import CibleDepartement, Cibles

_AIDE = """
Ce qu’ont suivi les cibles de 2022 : le besoin, ou le passé ?

Compare la cible de chaque département aux personnes déjà en parcours et à cinq mesures du besoin.
En csv : une ligne par département.
"""
_EXEMPLES = """
maillage cibles
maillage cibles --departement 35
maillage cibles --format json
maillage cibles --sortie cibles.csv
"""


def register(application: typer.Typer) -> None:
    """Add the command to the application."""
    application.command("cibles", cls=Commande, help=_AIDE, epilog=_EXEMPLES)(show_cibles)


def show_cibles(
    departement: Annotated[
        str | None,
        typer.Option("--departement", metavar="CODE", help="Ne montre que ce département."),
    ] = None,
    format_sortie: Annotated[
        str | None, typer.Option("--format", metavar="FORMAT", help=AIDE_FORMAT)
    ] = None,
    sortie: Annotated[
        Path | None, typer.Option("--sortie", metavar="FICHIER", help=AIDE_SORTIE)
    ] = None,
    *,
    remplacer: Annotated[bool, typer.Option("--remplacer", help=AIDE_REMPLACER)] = False,
) -> None:
    """Print what the targets followed, for the country or for one département."""
    target = open_sortie(format_sortie, sortie, remplacer=remplacer)
    atlas = open_workshop()
    from maillage.analyses.exports import cibles_rows, cibles_to_dict  # noqa: PLC0415 — heavy
    from maillage.analyses.targets.analyse import analyser_cibles  # noqa: PLC0415 — heavy
    from maillage.cli.page_cibles import (  # noqa: PLC0415 — with its model
        render_cibles,
        render_departement,
    )

    found = analyser_cibles(atlas)
    width = None if sortie else page_width()
    if departement is None:
        target.write(
            lambda: render_cibles(found, width),
            lambda: cibles_to_dict(found),
            lambda: cibles_rows(found),
        )
        return
    chosen = _find_departement(found, departement)
    rank = found.departements.index(chosen)
    target.write(
        lambda: render_departement(found, chosen, width),
        lambda: _only(cibles_to_dict(found), rank),
        lambda: [cibles_rows(found)[rank]],
    )


def _find_departement(found: "Cibles", text: str) -> "CibleDepartement":
    """Département of that code or name.

    Raises:
        Introuvable: the targets name no such département (MLG-CLI-011).
    """
    wanted = text.strip().casefold()
    for departement in found.departements:
        if wanted in {departement.code.casefold(), departement.nom.casefold()}:
            return departement
        if wanted.zfill(2) == departement.code.casefold():
            return departement
    raise Introuvable(
        Anomalie(
            "MLG-CLI-011",
            f"aucune cible de 2022 ne porte sur le département « {text} »",
            "écrivez son code (35, 2A, 974) ou son nom exact ; « maillage cibles » les donne tous.",
            "--departement",
        )
    )


def _only(data: dict[str, Any], rank: int) -> dict[str, Any]:
    return data | {"departements": [data["departements"][rank]]}
