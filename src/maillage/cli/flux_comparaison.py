"""`maillage flux comparer`: what changed of a network between two extracts."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 — typer reads it
from typing import Annotated

import typer

from maillage.cli.analyseur import Commande
from maillage.cli.page import page_width
from maillage.cli.pilotage_options import (
    Argent,
    Siege,
    Types,
    read_filtre,
)
from maillage.cli.sortie import AIDE_FORMAT, AIDE_REMPLACER, AIDE_SORTIE, open_sortie

_AIDE = """
Ce qui a changé entre deux extraits du même réseau : annexes nouvelles, changées, suspendues, rejetées,
disparues, mois rattrapés ou en retard, heures modifiées.

Sans mot, compare les deux derniers extraits importés ; avec un seul, celui-là et le dernier.
"""
_EXEMPLES = """
maillage flux comparer
maillage flux comparer 2025-05-20 2025-07-15
maillage flux comparer 3f2a 9c01 --type ACI --departement 35
maillage flux comparer --format csv --sortie changements.csv
"""
_MOT = "Début de l’identifiant, ou jour AAAA-MM-JJ."


def register(group: typer.Typer) -> None:
    """Add the command to its group."""
    group.command("comparer", help=_AIDE, epilog=_EXEMPLES, cls=Commande)(comparer)


def comparer(  # noqa: PLR0913, PLR0917 — one parameter per option
    ancien: Annotated[str | None, typer.Argument(metavar="[ANCIEN]", help=_MOT)] = None,
    nouveau: Annotated[str | None, typer.Argument(metavar="[NOUVEAU]", help=_MOT)] = None,
    type_siae: Types = None,
    departement: Argent = None,
    departement_structure: Siege = None,
    format_sortie: Annotated[
        str | None, typer.Option("--format", metavar="FORMAT", help=AIDE_FORMAT)
    ] = None,
    sortie: Annotated[
        Path | None, typer.Option("--sortie", metavar="FICHIER", help=AIDE_SORTIE)
    ] = None,
    *,
    tous_les_mois: Annotated[
        bool,
        typer.Option(
            "--tous-les-mois",
            help="Montre aussi les mois saisis à leur heure et ceux qui restent en retard.",
        ),
    ] = False,
    remplacer: Annotated[bool, typer.Option("--remplacer", help=AIDE_REMPLACER)] = False,
) -> None:
    """Compare two extracts and say what changed."""
    target = open_sortie(format_sortie, sortie, remplacer=remplacer)
    filtre = read_filtre(type_siae, departement, departement_structure)
    from maillage.analyses.pilotage.comparaison import (  # noqa: PLC0415 — heavy
        open_comparaison,
        restrict,
    )
    from maillage.cli.page_comparaison import (  # noqa: PLC0415 — heavy
        comparaison_rows,
        comparaison_to_dict,
        render_comparaison,
    )

    comparaison = restrict(open_comparaison(ancien, nouveau), filtre)
    width = None if target.fichier else page_width()
    target.write(
        table=lambda: render_comparaison(comparaison, width, ordinaires=tous_les_mois),
        data=lambda: comparaison_to_dict(comparaison, ordinaires=tous_les_mois),
        rows=lambda: comparaison_rows(comparaison, ordinaires=tous_les_mois),
    )
