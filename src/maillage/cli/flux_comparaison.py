"""`maillage flux comparer`: what changed of a network between two extracts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from maillage.cli.analyseur import Commande
from maillage.cli.page import page_width
from maillage.cli.pilotage import (  # typer reads these types
    Argent,  # noqa: TC001
    Fichier,  # noqa: TC001
    Forme,  # noqa: TC001
    Remplacer,  # noqa: TC001
    Siege,  # noqa: TC001
    Types,  # noqa: TC001
)
from maillage.cli.sortie import open_sortie
from maillage.kernel.errors import Anomalie, SaisieInvalide

if TYPE_CHECKING:
    from maillage.indicators.pilotage.filtre import Filtre

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
TYPES = ("AI", "ACI", "EI", "ETTI", "EITI")
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
    format_sortie: Forme = None,
    sortie: Fichier = None,
    *,
    tous_les_mois: Annotated[
        bool,
        typer.Option(
            "--tous-les-mois",
            help="Montre aussi les mois saisis à leur heure et ceux qui restent en retard.",
        ),
    ] = False,
    remplacer: Remplacer = False,
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


def read_filtre(
    types: list[str] | None, argent: list[str] | None, siege: list[str] | None
) -> Filtre:
    """Filter that the options ask for.

    Raises:
        SaisieInvalide: a kind does not exist (MLG-CLI-004).
    """
    from maillage.indicators.pilotage.filtre import Filtre  # noqa: PLC0415 — heavy

    choisis = frozenset(texte.upper() for texte in types or ())
    fautes = [
        Anomalie(
            "MLG-CLI-004",
            f"le type « {texte} » n’existe pas",
            f"types possibles : {', '.join(TYPES)}.",
            "--type",
        )
        for texte in sorted(choisis - set(TYPES))
    ]
    if fautes:
        raise SaisieInvalide(*fautes)
    return Filtre(choisis, frozenset(argent or ()), frozenset(siege or ()))
