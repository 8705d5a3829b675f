"""`maillage territoire`: finds a territory, or proposes those that answer."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from maillage.cli.analyseur import Commande
from maillage.cli.atelier import open_workshop
from maillage.cli.lieux import show_niveau, show_parents
from maillage.cli.page import Page, page_width
from maillage.cli.recherche import (
    AIDE_NIVEAU,
    command_of,
    find_one,
    parse_niveau,
    propose,
    proposition_to_dict,
    territoire_row,
    write_propositions,
)
from maillage.cli.sortie import AIDE_FORMAT, Sortie, open_sortie
from maillage.kernel.errors import Introuvable

if TYPE_CHECKING:
    from maillage.analyses.diagnosis.atlas import Atlas
    from maillage.analyses.diagnosis.model import Territoire
    from maillage.analyses.diagnosis.search import Proposition

_AIDE = """
Trouve un territoire par son nom, son code postal ou son code officiel.

Si plusieurs territoires répondent, les propose, chacun avec la commande à taper. Une commune
fusionnée mène à celle d’aujourd’hui.
"""
_EXEMPLES = """
maillage territoire rennes
maillage territoire 35600
maillage territoire "ille et vilaine"
maillage territoire redon --niveau epci
"""


def register(application: typer.Typer) -> None:
    """Add the command to the application."""
    application.command("territoire", cls=Commande, help=_AIDE, epilog=_EXEMPLES)(show_territoire)


def show_territoire(
    texte: Annotated[
        list[str], typer.Argument(metavar="TEXTE", help="Nom, code postal ou code officiel.")
    ],
    niveau: Annotated[
        str | None,
        typer.Option(
            "--niveau", metavar="NIVEAU", help=f"Ne cherche qu’à ce niveau : {AIDE_NIVEAU}"
        ),
    ] = None,
    format_sortie: Annotated[
        str | None, typer.Option("--format", metavar="FORMAT", help=AIDE_FORMAT)
    ] = None,
) -> None:
    """Print the territory that a text means, or the propositions.

    Raises:
        Introuvable: nothing answers, or several do.
    """
    sortie = open_sortie(format_sortie)
    level = None if niveau is None else parse_niveau(niveau)
    text = " ".join(texte)
    atlas = open_workshop()
    propositions = propose(atlas, text, level)
    try:
        found = find_one(atlas, text, level)
    except Introuvable:
        if not propositions:
            raise
        if len(propositions) > 1:
            _write_propositions(sortie, text, propositions)
            raise
        found = propositions[0].territoire  # alone to resemble what was typed, and it says why
    raison = next((p.raison for p in propositions if p.territoire == found), "")
    _write_found(sortie, atlas, found, raison)


def _write_propositions(sortie: Sortie, text: str, propositions: list["Proposition"]) -> None:
    def table() -> str:
        page = Page(page_width())
        page.text(f"« {text} » peut désigner :")
        page.blank()
        write_propositions(page, propositions)
        page.blank()
        return page.render()

    sortie.write(
        table,
        lambda: {"propositions": [proposition_to_dict(p) for p in propositions]},
        lambda: [territoire_row(p.territoire, p.raison) for p in propositions],
    )


def _write_found(sortie: Sortie, atlas: "Atlas", found: "Territoire", raison: str) -> None:
    def data() -> dict[str, Any]:
        from maillage.analyses.exports import territoire_to_dict  # noqa: PLC0415 — heavy

        more = {"raison": raison, "commande": command_of(found)}
        around = [territoire_to_dict(t) for t in atlas.appartenances(found)]
        return {"territoire": territoire_to_dict(found) | more, "appartenances": around}

    sortie.write(
        lambda: _render_found(atlas, found, raison),
        data,
        lambda: [territoire_row(found, raison)],
    )


def _render_found(atlas: "Atlas", found: "Territoire", raison: str) -> str:
    page = Page(page_width())
    page.title(f"{found.nom} ({show_niveau(found)})")
    for name, value in (
        ("Trouvé par", raison),
        ("Dans", show_parents(found)),
        ("Codes postaux", ", ".join(found.codes_postaux)),
        ("Départements", ", ".join(found.departements)),
    ):
        if value:
            page.text(value, f"{name} : ")
    for around in atlas.appartenances(found):
        page.text(f"{around.nom} ({show_niveau(around)})", "Appartient à : ")
    page.blank()
    page.text(command_of(found), "Son diagnostic : ")
    return page.render()
