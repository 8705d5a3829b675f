"""`maillage fec soldes` and `maillage fec plan`: what accounting files say, and the mapping they follow."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from maillage.cli.analyseur import Commande
from maillage.cli.page import page_width
from maillage.cli.progression import show_progress
from maillage.cli.sortie import AIDE_FORMAT, AIDE_REMPLACER, AIDE_SORTIE, open_sortie
from maillage.kernel.errors import Anomalie, SaisieInvalide

if TYPE_CHECKING:
    from maillage.analyses.comptes.annees import Annees

_AIDE_SOLDES = """
Soldes de gestion, autofinancement, fonds de roulement et mois de trésorerie, tirés de FEC.

Un fichier par exercice, tous de la même structure : les années sont mises côte à côte. Chaque ligne
s’ouvre sur ses comptes (--detail, ou le format json). Les plans de comptes des associations de 2018 et
de 2025 sont suivis selon la date d’ouverture ; --rattachement y ajoute les choix de la structure, dont
le compte de l’aide au poste. Rien n’est écrit, rien n’est gardé. Code de sortie : 0, ou 3 si un fichier
est refusé.
"""
_EXEMPLES_SOLDES = """
maillage fec soldes 732829320FEC20241231.txt
maillage fec soldes 732829320FEC20231231.txt 732829320FEC20241231.txt --detail
maillage fec soldes export.txt --rattachement rattachement.toml --format json
"""
_AIDE_PLAN = """
Le rattachement des comptes aux lignes : chaque début de compte, sa ligne, le texte d’où il vient.

Le début le plus long l’emporte. Les noms de la colonne « poste » sont ceux qu’un fichier de
rattachement peut écrire.
"""
_EXEMPLES_PLAN = """
maillage fec plan
maillage fec plan --plan 2018 --format csv
"""
_PLANS = ("2018", "2025")
Plan = Annotated[
    str | None,
    typer.Option(
        "--plan",
        metavar="ANNEE",
        help="2018 ou 2025. Par défaut, 2025 pour les exercices ouverts depuis le 1er janvier 2025.",
    ),
]
Forme = Annotated[str | None, typer.Option("--format", metavar="FORMAT", help=AIDE_FORMAT)]
Sortie = Annotated[Path | None, typer.Option("--sortie", metavar="FICHIER", help=AIDE_SORTIE)]
Remplacer = Annotated[bool, typer.Option("--remplacer", help=AIDE_REMPLACER)]


def register(group: typer.Typer) -> None:
    """Add the commands to the group of accounting files."""
    group.command("soldes", help=_AIDE_SOLDES, epilog=_EXEMPLES_SOLDES, cls=Commande)(show_soldes)
    group.command("plan", help=_AIDE_PLAN, epilog=_EXEMPLES_PLAN, cls=Commande)(show_plan)


def show_soldes(  # noqa: PLR0913 — one parameter per option
    fichiers: Annotated[
        list[Path], typer.Argument(metavar="FICHIER…", help="FEC, un par exercice.")
    ],
    plan: Plan = None,
    rattachement: Annotated[
        Path | None,
        typer.Option(
            "--rattachement",
            metavar="FICHIER",
            help="Choix de la structure, en TOML : voir le guide.",
        ),
    ] = None,
    format_sortie: Forme = None,
    sortie: Sortie = None,
    *,
    detail: Annotated[
        bool, typer.Option("--detail", help="Ouvre chaque ligne sur ses comptes, au centime.")
    ] = False,
    remplacer: Remplacer = False,
) -> None:
    """Print what the accounts of a structure say."""
    target = open_sortie(format_sortie, sortie, remplacer=remplacer)
    _check_plan(plan)
    from maillage.analyses.comptes.export import (  # noqa: PLC0415 — heavy
        annees_rows,
        annees_to_dict,
    )
    from maillage.cli.page_soldes import render_soldes  # noqa: PLC0415 — heavy

    annees = _read_annees(fichiers, plan, rattachement)
    target.write(
        table=lambda: render_soldes(
            annees, None if target.fichier else page_width(), detail=detail
        ),
        data=lambda: annees_to_dict(annees),
        rows=lambda: annees_rows(annees, detail=detail),
    )


def show_plan(
    plan: Plan = None,
    format_sortie: Forme = None,
    sortie: Sortie = None,
    *,
    remplacer: Remplacer = False,
) -> None:
    """Print a mapping of accounts to lines."""
    target = open_sortie(format_sortie, sortie, remplacer=remplacer)
    _check_plan(plan)
    from maillage.cli.page_plan import plan_rows, render_plan  # noqa: PLC0415 — heavy

    nom = plan or _PLANS[-1]
    target.write(
        table=lambda: render_plan(nom, None if target.fichier else page_width()),
        data=lambda: plan_rows(nom),
        rows=lambda: plan_rows(nom),
    )


def _check_plan(plan: str | None) -> None:
    """Refuse a chart that does not exist.

    Raises:
        SaisieInvalide: there is no such chart (MLG-CLI-004).
    """
    if plan is not None and plan not in _PLANS:
        raise SaisieInvalide(
            Anomalie(
                "MLG-CLI-004",
                f"le plan de comptes « {plan} » n’existe pas",
                f"plans possibles : {', '.join(_PLANS)}.",
                "--plan",
            )
        )


def _read_annees(fichiers: list[Path], plan: str | None, rattachement: Path | None) -> Annees:
    from maillage.analyses.comptes.annees import set_side_by_side  # noqa: PLC0415 — heavy
    from maillage.analyses.comptes.exercice import compute_exercice  # noqa: PLC0415 — heavy
    from maillage.analyses.comptes.lecture_rattachement import (  # noqa: PLC0415 — heavy
        read_rattachement,
    )
    from maillage.data.sources.fec.lecture import read_fec  # noqa: PLC0415 — heavy

    choix = None if rattachement is None else read_rattachement(rattachement)
    with show_progress("Lecture des fichiers", in_logs=False) as step:
        exercices = []
        for rang, fichier in enumerate(fichiers, 1):
            step(f"{rang} sur {len(fichiers)}")
            exercices.append(compute_exercice(read_fec(fichier), plan, choix))
    return set_side_by_side(exercices)
