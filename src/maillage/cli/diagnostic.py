"""`maillage diagnostic`: the diagnosis of one territory."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from maillage.cli.analyseur import Commande
from maillage.cli.atelier import open_workshop
from maillage.cli.page import Page, page_width
from maillage.cli.recherche import AIDE_NIVEAU, find_one, propose, split_words, write_propositions
from maillage.cli.sortie import AIDE_FORMAT, AIDE_REMPLACER, AIDE_SORTIE, open_sortie
from maillage.kernel.errors import Introuvable

if TYPE_CHECKING:
    from maillage.analyses.diagnosis.atlas import Atlas
    from maillage.analyses.diagnosis.model import Territoire
    from maillage.kernel.niveau import Niveau

_AIDE = """
Le diagnostic d’un territoire : besoin, offre, accès, écart, territoires comparables.

Écrivez un niveau et un code ou un nom, ou un nom seul s’il ne désigne qu’un territoire.
"""
_EXEMPLES = """
maillage diagnostic departement 35
maillage diagnostic commune rennes
maillage diagnostic france
maillage diagnostic epci 243500139 --format json
maillage diagnostic departement 35 --sortie ille-et-vilaine.csv
"""


def register(application: typer.Typer) -> None:
    """Add the command to the application."""
    application.command("diagnostic", cls=Commande, help=_AIDE, epilog=_EXEMPLES)(show_diagnostic)


def show_diagnostic(
    mots: Annotated[
        list[str],
        typer.Argument(metavar="[NIVEAU] CODE_OU_NOM", help=f"Niveau : {AIDE_NIVEAU}"),
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
    """Print the diagnosis of the territory that the words mean."""
    target = open_sortie(format_sortie, sortie, remplacer=remplacer)
    niveau, text = split_words(mots)
    atlas = open_workshop()
    territoire = _find_or_propose(atlas, text, niveau)
    from maillage.analyses.diagnosis.diagnose import diagnostiquer  # noqa: PLC0415 — heavy
    from maillage.analyses.exports import (  # noqa: PLC0415 — heavy
        diagnostic_rows,
        diagnostic_to_dict,
    )
    from maillage.cli.page_diagnostic import render_diagnostic  # noqa: PLC0415 — with its model

    found = diagnostiquer(atlas, territoire.niveau, territoire.code)
    width = None if sortie else page_width()
    target.write(
        lambda: render_diagnostic(found, width),
        lambda: diagnostic_to_dict(found),
        lambda: diagnostic_rows(found),
    )


def _find_or_propose(atlas: "Atlas", text: str, niveau: "Niveau | None") -> "Territoire":
    """The one territory meant; propositions go to stderr, since stdout only carries a diagnosis.

    Raises:
        Introuvable: nothing answers, or several do.
    """
    try:
        return find_one(atlas, text, niveau)
    except Introuvable:
        propositions = propose(atlas, text, niveau)
        if propositions:
            page = Page(page_width())
            write_propositions(page, propositions)
            typer.echo(page.render(), err=True)
        raise
