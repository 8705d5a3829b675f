"""`maillage indicateurs` and `maillage tableau`: definition cards, and one indicator everywhere."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from maillage.cli.analyseur import Commande
from maillage.cli.atelier import open_workshop
from maillage.cli.page import page_width
from maillage.cli.recherche import AIDE_NIVEAU, parse_niveau
from maillage.cli.sortie import AIDE_FORMAT, AIDE_REMPLACER, AIDE_SORTIE, open_sortie
from maillage.kernel.errors import Anomalie, Introuvable
from maillage.kernel.niveau import Niveau

if TYPE_CHECKING:
    from maillage.analyses.diagnosis.atlas import Atlas
    from maillage.indicators.carte import Carte

_AIDE_CARTES = """
Les indicateurs et leur définition : ce qui est compté, d’où cela vient, ce que cela ne dit pas.

Sans code : la liste. Avec un code : la carte de définition complète.
"""
_EXEMPLES_CARTES = """
maillage indicateurs
maillage indicateurs {exemple}
maillage indicateurs --format json
"""
_AIDE_TABLEAU = """
Un indicateur pour tous les territoires d’un niveau.

La période est la dernière connue, sauf si vous en nommez une.
"""
_EXEMPLES_TABLEAU = """
maillage tableau {exemple} --niveau departement
maillage tableau {exemple} --niveau epci --format csv
maillage tableau {exemple} --niveau departement --sortie tableau.csv
"""
_EXEMPLE = "demandeurs_emploi"


def register(application: typer.Typer) -> None:
    """Add both commands to the application."""
    cartes = _EXEMPLES_CARTES.format(exemple=_EXEMPLE)
    application.command("indicateurs", cls=Commande, help=_AIDE_CARTES, epilog=cartes)(show_cartes)
    tableau = _EXEMPLES_TABLEAU.format(exemple=_EXEMPLE)
    application.command("tableau", cls=Commande, help=_AIDE_TABLEAU, epilog=tableau)(show_tableau)


def show_cartes(
    code: Annotated[
        str | None, typer.Argument(metavar="[CODE]", help="Code d’un indicateur.")
    ] = None,
    format_sortie: Annotated[
        str | None, typer.Option("--format", metavar="FORMAT", help=AIDE_FORMAT)
    ] = None,
) -> None:
    """Print the list of indicators, or one definition card."""
    sortie = open_sortie(format_sortie)
    from maillage.cli.page_cartes import (  # noqa: PLC0415 — with its model
        carte_row,
        carte_to_dict,
        render_carte,
        render_cartes,
    )
    from maillage.indicators.catalogue import cartes, get_carte  # noqa: PLC0415 — heavy

    if code is None:
        every = list(cartes().values())
        sortie.write(
            lambda: render_cartes(every, page_width()),
            lambda: {"indicateurs": [carte_to_dict(carte) for carte in every]},
            lambda: [carte_row(carte) for carte in every],
        )
        return
    carte = get_carte(code)
    sortie.write(
        lambda: render_carte(carte, page_width()),
        lambda: carte_to_dict(carte),
        lambda: [carte_row(carte)],
    )


def show_tableau(
    code: Annotated[str, typer.Argument(metavar="INDICATEUR", help="Code de l’indicateur.")],
    niveau: Annotated[
        str, typer.Option("--niveau", metavar="NIVEAU", help=AIDE_NIVEAU.capitalize())
    ] = "departement",
    periode: Annotated[
        str | None,
        typer.Option("--periode", metavar="PÉRIODE", help="2021, 2024-T4, 2022-09…"),
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
    """Print one indicator for every territory of a level."""
    target = open_sortie(format_sortie, sortie, remplacer=remplacer)
    level = parse_niveau(niveau)
    from maillage.analyses.exports import tableau_rows  # noqa: PLC0415 — heavy
    from maillage.indicators.catalogue import get_carte  # noqa: PLC0415 — heavy

    atlas = open_workshop()
    carte = get_carte(code)
    quand = _check_period(atlas, carte, level, periode)
    from maillage.cli.page_cartes import carte_to_dict, render_tableau  # noqa: PLC0415 — with it

    chiffres = atlas.tableau(carte.code, level, quand)
    width = None if sortie else page_width()

    def data() -> dict[str, Any]:
        return {
            "indicateur": carte_to_dict(carte),
            "niveau": level.value,
            "periode": quand,
            "pedigree": atlas.pedigree(carte.code, level, quand).to_dict(),
            "chiffres": tableau_rows(chiffres),
        }

    target.write(
        lambda: render_tableau(carte, level, chiffres, width), data, lambda: tableau_rows(chiffres)
    )


def _check_period(atlas: "Atlas", carte: "Carte", niveau: Niveau, periode: str | None) -> str:
    """Period to show.

    Raises:
        Introuvable: the indicator has no such level (MLG-CLI-010) or period (MLG-CLI-009).
    """
    known = atlas.periodes_de(carte.code, niveau)
    if not known:
        levels = ", ".join(n.value for n in atlas.niveaux_de(carte.code))
        raise Introuvable(
            Anomalie(
                "MLG-CLI-010",
                f"« {carte.code} » n’existe pas par {niveau.libelle}",
                f"niveaux possibles : {levels}.",
                "--niveau",
            )
        )
    if periode is None:
        return known[-1]
    if periode not in known:
        raise Introuvable(
            Anomalie(
                "MLG-CLI-009",
                f"« {carte.code} » n’a pas de période « {periode} » par {niveau.libelle}",
                f"périodes possibles : {', '.join(known)}.",
                "--periode",
            )
        )
    return periode
