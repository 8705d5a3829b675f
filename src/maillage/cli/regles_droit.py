"""`maillage regles parametres`: the legal values on a day, as they were known on a day."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from maillage.cli.analyseur import Commande
from maillage.cli.page import page_width
from maillage.cli.saisie_regles import parse_jour
from maillage.cli.sortie import AIDE_FORMAT, AIDE_REMPLACER, AIDE_SORTIE, open_sortie

if TYPE_CHECKING:
    from maillage.regles.engine.legislation import Legislation

_AIDE = """
Les valeurs du droit à une date : effet, publication, référence, confiance, et ce qui manque.

« Connu au » écarte les textes publiés après ce jour : ce que l’on pouvait savoir alors.
"""
_EXEMPLES = """
maillage regles parametres ai --le 2022-08-15 --connu-au 2022-09-01
maillage regles parametres aide_au_poste.montant_socle.AI --le 2025-01-01
maillage regles parametres smic
maillage regles parametres --format csv
"""
AIDE_CONNU_AU = "Ne connaît que les textes publiés jusqu’à ce jour."
AIDE_PROJECTION = (
    "Là où aucun arrêté n’est trouvé, indexe le dernier montant sur le SMIC : une projection, pas "
    "le droit."
)


def register(group: typer.Typer) -> None:
    """Add the command to the group."""
    group.command("parametres", help=_AIDE, epilog=_EXEMPLES, cls=Commande)(show_parametres)


def open_legislation(connu_au: date | None, *, projection: bool) -> "Legislation":
    """The law as known on a day, with the projection if it is asked for."""
    from maillage.regles.engine.choix import Choix  # noqa: PLC0415 — heavy
    from maillage.regles.engine.legislation import load_legislation  # noqa: PLC0415 — heavy

    loi = load_legislation().with_connu_au(connu_au)
    return loi.with_choix(Choix.projection_smic()) if projection else loi


def show_parametres(  # noqa: PLR0913 — one parameter per option
    mot: Annotated[
        str | None,
        typer.Argument(
            metavar="[MOT]",
            help="Type (ai, aci, ei, etti, eiti), mécanisme (smic, cotisations…) ou chemin.",
        ),
    ] = None,
    le: Annotated[
        str | None,
        typer.Option(
            "--le",
            metavar="DATE",
            help="Jour où lire le droit ; par défaut aujourd’hui, ou le dernier jour vérifié.",
        ),
    ] = None,
    connu_au: Annotated[
        str | None, typer.Option("--connu-au", metavar="DATE", help=AIDE_CONNU_AU)
    ] = None,
    format_sortie: Annotated[
        str | None, typer.Option("--format", metavar="FORMAT", help=AIDE_FORMAT)
    ] = None,
    sortie: Annotated[
        Path | None, typer.Option("--sortie", metavar="FICHIER", help=AIDE_SORTIE)
    ] = None,
    *,
    projection: Annotated[bool, typer.Option("--projection", help=AIDE_PROJECTION)] = False,
    remplacer: Annotated[bool, typer.Option("--remplacer", help=AIDE_REMPLACER)] = False,
) -> None:
    """Print the legal values that a word means.

    Raises:
        PeriodeNonModelisee: the base amount of the kind asked for is not known on that day; what is
            known has been printed.
    """
    target = open_sortie(format_sortie, sortie, remplacer=remplacer)
    today = date.today()  # noqa: DTZ011, TID251 — the command line is where the clock is read
    demande = parse_jour(le, "--le")
    connu = parse_jour(connu_au, "--connu-au")
    from maillage.analyses.annexes.parametres import (  # noqa: PLC0415 — heavy
        find_parametres,
        last_checked,
        parametre_row,
        parametre_to_dict,
        refuse_without_socle,
    )
    from maillage.cli.page_parametres import render_parametres  # noqa: PLC0415 — with its model

    legislation = open_legislation(connu, projection=projection)
    # Nobody has read the law since it was last checked: without a date, that day is the latest.
    jour = demande or min(today, last_checked(legislation))
    lus = find_parametres(mot, jour, legislation)
    width = None if sortie else page_width()
    target.write(
        lambda: render_parametres(lus, jour, connu, width),
        lambda: {
            "le": jour.isoformat(),
            "connu_au": None if connu is None else connu.isoformat(),
            "parametres": [parametre_to_dict(lu) for lu in lus],
        },
        lambda: [parametre_row(lu) for lu in lus],
    )
    refuse_without_socle(mot, lus)
