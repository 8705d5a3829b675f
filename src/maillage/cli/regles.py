"""`maillage regles`: what the rules give for annexes, why, and what a reform would change."""

from pathlib import Path
from typing import Annotated

import typer

from maillage.cli import regles_droit, regles_explication, regles_lacunes
from maillage.cli.analyseur import Commande, Groupe
from maillage.cli.page import page_width, typographie
from maillage.cli.saisie_regles import apply_hypotheses, load_reforme_nommee, parse_jour
from maillage.cli.sortie import AIDE_FORMAT, AIDE_REMPLACER, AIDE_SORTIE, Format, open_sortie
from maillage.kernel.errors import Anomalie, SaisieInvalide

_AIDE = """
Les règles de financement de l’IAE : montants d’annexes, valeurs du droit, réformes.
"""
_AIDE_CALCULER = """
Le montant de chaque annexe financière d’un fichier, au centime, comparé à celui que l’ASP publie.

Le fichier est un extrait fluxIAE AnnexeFinanciere tel que publié, ou un CSV qui a les mêmes noms de
colonnes. Le FDI, décidé au cas par cas, n’est pas calculé. Le montant unitaire est celui de
l’annexe ; le résultat dit s’il est celui du droit à sa date, et d’après quel texte.
"""
_EXEMPLES_CALCULER = """
maillage regles calculer fluxIAE_AnnexeFinanciere_22022022_112211.csv.gz
maillage regles calculer annexes.csv --format csv
maillage regles calculer annexes.csv --sortie montants.csv
"""
_AIDE_COMPARER = """
Les annexes d’un fichier avant et après une réforme, une à une et par type de structure.

Sans --le, chaque annexe est lue à son premier jour, avec son propre montant unitaire. Avec --le, les
mêmes ETP sont lus à cette date, au socle du droit et à celui de la réforme.
"""
_EXEMPLES_COMPARER = """
maillage regles comparer annexes.csv --reforme ai_4000
maillage regles comparer annexes.csv --reforme ai_4000 --hypothese montant_ai=3500
maillage regles comparer annexes.csv --reforme ma-reforme.yaml --le 2025-01-01
maillage regles comparer annexes.csv --reforme lf_2026_moins_2 --le 2026-01-01 --avant 2025-12-31
"""
_AIDE_REFORMES = """
Les réformes prêtes : leur source, ce qu’elles laissent indéterminé, l’hypothèse choisie.
"""
_EXEMPLES_REFORMES = """
maillage regles reformes
maillage regles reformes --format json
"""
AIDE_FICHIER = "Extrait fluxIAE AnnexeFinanciere, ou CSV de mêmes colonnes."


def register(application: typer.Typer) -> None:
    """Add the group to the application."""
    group = typer.Typer(cls=Groupe, help=_AIDE, rich_markup_mode=None)
    group.command("calculer", help=_AIDE_CALCULER, epilog=_EXEMPLES_CALCULER, cls=Commande)(
        calculer
    )
    regles_explication.register(group)
    regles_droit.register(group)
    regles_lacunes.register(group)
    group.command("comparer", help=_AIDE_COMPARER, epilog=_EXEMPLES_COMPARER, cls=Commande)(
        comparer
    )
    group.command("reformes", help=_AIDE_REFORMES, epilog=_EXEMPLES_REFORMES, cls=Commande)(
        show_reformes
    )
    application.add_typer(group, name="regles")


def calculer(
    fichier: Annotated[Path, typer.Argument(metavar="FICHIER", help=AIDE_FICHIER)],
    format_sortie: Annotated[
        str | None, typer.Option("--format", metavar="FORMAT", help=AIDE_FORMAT)
    ] = None,
    sortie: Annotated[
        Path | None, typer.Option("--sortie", metavar="FICHIER", help=AIDE_SORTIE)
    ] = None,
    *,
    remplacer: Annotated[bool, typer.Option("--remplacer", help=AIDE_REMPLACER)] = False,
) -> None:
    """Print the agreed amount of every annexe of a file."""
    target = open_sortie(format_sortie, sortie, remplacer=remplacer)
    from maillage.analyses.annexes.calcul import calculer_fichier  # noqa: PLC0415 — heavy
    from maillage.analyses.annexes.exports import releve_rows, releve_to_dict  # noqa: PLC0415
    from maillage.cli.page_regles import render_releve  # noqa: PLC0415 — with its model

    releve = calculer_fichier(fichier)
    width = None if sortie else page_width()
    target.write(
        lambda: render_releve(releve, width),
        lambda: releve_to_dict(releve),
        lambda: releve_rows(releve),
    )
    if target.format is Format.CSV:
        for avertissement in releve.avertissements:
            typer.echo(typographie(f"Attention : {avertissement}"), err=True)


def comparer(  # noqa: PLR0913, PLR0917 — one parameter per option
    fichier: Annotated[Path, typer.Argument(metavar="FICHIER", help=AIDE_FICHIER)],
    reforme: Annotated[
        str,
        typer.Option(
            "--reforme", metavar="CODE", help="Code d’une réforme prête, ou fichier .yaml."
        ),
    ],
    hypothese: Annotated[
        list[str] | None,
        typer.Option(
            "--hypothese",
            metavar="CLÉ=VALEUR",
            help="Autre valeur d’une hypothèse de la réforme ; peut être répétée.",
        ),
    ] = None,
    le: Annotated[
        str | None,
        typer.Option("--le", metavar="DATE", help="Date où lire la réforme, pour ces ETP."),
    ] = None,
    avant: Annotated[
        str | None,
        typer.Option(
            "--avant", metavar="DATE", help="Date où lire le droit ; par défaut celle de --le."
        ),
    ] = None,
    format_sortie: Annotated[
        str | None, typer.Option("--format", metavar="FORMAT", help=AIDE_FORMAT)
    ] = None,
    sortie: Annotated[
        Path | None, typer.Option("--sortie", metavar="FICHIER", help=AIDE_SORTIE)
    ] = None,
    *,
    projection: Annotated[
        bool, typer.Option("--projection", help=regles_droit.AIDE_PROJECTION)
    ] = False,
    remplacer: Annotated[bool, typer.Option("--remplacer", help=AIDE_REMPLACER)] = False,
) -> None:
    """Print the annexes of a file before and after a reform.

    Raises:
        SaisieInvalide: `--avant` without `--le` (MLG-CLI-003).
    """
    target = open_sortie(format_sortie, sortie, remplacer=remplacer)
    jour, jour_avant = parse_jour(le, "--le"), parse_jour(avant, "--avant")
    if jour_avant is not None and jour is None:
        raise SaisieInvalide(
            Anomalie(
                "MLG-CLI-003",
                "« --avant » est donné sans « --le »",
                "ajoutez --le, la date où lire la réforme.",
                "--avant",
            )
        )
    from maillage.analyses.annexes import comparaison  # noqa: PLC0415 — heavy
    from maillage.analyses.annexes.calcul import calculer_fichier  # noqa: PLC0415 — heavy
    from maillage.cli import page_reforme  # noqa: PLC0415 — with its model

    loi = regles_droit.open_legislation(None, projection=projection)
    choisie = apply_hypotheses(load_reforme_nommee(reforme, loi), hypothese or [])
    releve = calculer_fichier(fichier)
    annexes = [calculee.annexe for calculee in releve.calculees]
    found = comparaison.comparer(annexes, choisie, loi, le=jour, avant=jour_avant)
    width = None if sortie else page_width()
    target.write(
        lambda: page_reforme.render_comparaison(found, releve.ecartees, width),
        lambda: page_reforme.comparaison_to_dict(found, releve.ecartees),
        lambda: page_reforme.comparaison_rows(found),
    )


def show_reformes(
    format_sortie: Annotated[
        str | None, typer.Option("--format", metavar="FORMAT", help=AIDE_FORMAT)
    ] = None,
) -> None:
    """Print the reforms that come with the program."""
    target = open_sortie(format_sortie)
    from maillage.cli import page_reforme  # noqa: PLC0415 — with its model
    from maillage.regles.engine.lecture_reforme import (  # noqa: PLC0415 — heavy
        list_reformes,
        load_reforme,
    )

    reformes = [load_reforme(code) for code in list_reformes()]
    target.write(
        lambda: page_reforme.render_reformes(reformes, page_width()),
        lambda: {"reformes": [page_reforme.reforme_to_dict(reforme) for reforme in reformes]},
        lambda: [page_reforme.reforme_row(reforme) for reforme in reformes],
    )
