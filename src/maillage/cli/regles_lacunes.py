"""`maillage regles lacunes`: what the rules do not know."""

from pathlib import Path
from typing import Annotated

import typer

from maillage.cli.analyseur import Commande
from maillage.cli.page import Page, page_width
from maillage.cli.sortie import AIDE_FORMAT, AIDE_REMPLACER, AIDE_SORTIE, open_sortie

_AIDE = """
Ce que les règles ne savent pas : les valeurs cherchées et non trouvées, les questions sans réponse.

Chaque ligne dit ce que le calcul fait en attendant : il refuse, ou prend une hypothèse nommée.
"""
_EXEMPLES = """
maillage regles lacunes
maillage regles lacunes versement
maillage regles lacunes aide_au_poste.contrat_passerelle
maillage regles lacunes --format csv
"""


def register(group: typer.Typer) -> None:
    """Add the command to the group."""
    group.command("lacunes", help=_AIDE, epilog=_EXEMPLES, cls=Commande)(show_lacunes)


def show_lacunes(
    mot: Annotated[
        str | None,
        typer.Argument(metavar="[MOT]", help="Type, mécanisme, chemin ou début de chemin."),
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
    """Print what the rules do not know."""
    target = open_sortie(format_sortie, sortie, remplacer=remplacer)
    from maillage.analyses.annexes.lacunes import (  # noqa: PLC0415 — heavy
        group_lacunes,
        lacune_row,
        list_lacunes,
    )
    from maillage.kernel.francais import accorder  # noqa: PLC0415 — brings NumPy
    from maillage.regles.engine.legislation import load_legislation  # noqa: PLC0415 — heavy

    lacunes = list_lacunes(load_legislation(), mot)

    def render() -> str:
        page = Page(None if sortie else page_width())
        page.title("Ce que les règles ne savent pas")
        page.text(f"{accorder(len(lacunes), 'point', 'points')}.")
        mecanisme = ""
        for groupe in group_lacunes(lacunes):
            lacune = groupe[0]
            if lacune.mecanisme != mecanisme:
                mecanisme = lacune.mecanisme
                page.heading(mecanisme)
            debut = f"{lacune.periode.capitalize()} : " if lacune.periode else ""
            page.text(f"{debut}{lacune.phrase.rstrip('.')}.", "  • ")
            if lacune.chemin:
                page.text(", ".join(une.chemin for une in groupe), "    ")
            page.text(f"En attendant : {lacune.en_attendant}", "    ")
        return page.render()

    target.write(
        render,
        lambda: {"lacunes": [lacune_row(lacune) for lacune in lacunes]},
        lambda: [lacune_row(lacune) for lacune in lacunes],
    )
