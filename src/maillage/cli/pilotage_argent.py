"""`maillage pilotage argent-public`: public money by funder, what each source covers, cost of a post."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from maillage.cli.analyseur import Commande
from maillage.cli.page import page_width
from maillage.cli.pilotage_options import (
    Argent,
    Clpe,
    Epci,
    Etats,
    Fichier,
    Forme,
    Mot,
    Region,
    Remplacer,
    Siege,
    Types,
    Zone,
    find_communes,
    open_choix,
)
from maillage.cli.sortie import open_sortie
from maillage.kernel.errors import Anomalie, SaisieInvalide

if TYPE_CHECKING:
    from maillage.analyses.argent_public.totaux import Axe

_AIDE = """
L’argent public d’une année par financeur : annexes, déclarations et comptes côte à côte.

Dit d’abord ce que chaque source couvre et ce qui serait compté deux fois, puis les euros, le coût par ETP et par
heure. Un chiffre qui laisserait deviner celui d’une structure est caché. Deux tableaux se comparent : publiez par
type ou par région, ou type-region pour les deux, et avec un seul filtre.
"""
_EXEMPLES = """
maillage pilotage argent-public
maillage pilotage argent-public --annee 2023 --par region --format csv
"""


def register(group: typer.Typer) -> None:
    """Add the command to the group of the cockpit."""
    group.command("argent-public", help=_AIDE, epilog=_EXEMPLES, cls=Commande)(show)


def show(  # noqa: PLR0913, PLR0917 — one parameter per option
    extrait: Mot = None,
    annee: Annotated[
        int | None,
        typer.Option(
            "--annee",
            metavar="ANNEE",
            help="Année civile ; par défaut, celle que déclarent le plus de structures.",
        ),
    ] = None,
    par: Annotated[
        str,
        typer.Option(
            "--par", metavar="AXE", help="type, region, ou type-region (une minute ou plus)."
        ),
    ] = "type",
    type_siae: Types = None,
    departement: Argent = None,
    departement_structure: Siege = None,
    region: Region = None,
    zone_emploi: Zone = None,
    epci: Epci = None,
    clpe: Clpe = None,
    etats: Etats = "pilotage",
    format_sortie: Forme = None,
    sortie: Fichier = None,
    *,
    remplacer: Remplacer = False,
) -> None:
    """Print coverage, then euros and costs by funder."""
    target = open_sortie(format_sortie, sortie, remplacer=remplacer)
    axe = _read_axe(par)
    from maillage.analyses.argent_public.compte import (  # noqa: PLC0415 — heavy
        build_compte,
        find_annee,
        name_regions,
    )
    from maillage.analyses.argent_public.totaux import Axe  # noqa: PLC0415 — heavy
    from maillage.analyses.argent_public.unites import Demande  # noqa: PLC0415 — heavy
    from maillage.analyses.diagnosis.atlas import get_atlas  # noqa: PLC0415 — heavy
    from maillage.cli import page_argent  # noqa: PLC0415 — heavy

    criteres = (type_siae, departement, departement_structure)
    faits, _, filtre, perimetre = open_choix(extrait, annee, criteres, etats)
    lieux = {"region": region, "zone-emploi": zone_emploi, "epci": epci, "clpe": clpe}
    demande = Demande(
        find_annee(faits, perimetre) if annee is None else annee,
        replace(filtre, communes=find_communes(lieux)),
        perimetre,
        {} if axe is Axe.TYPE else name_regions(get_atlas(), faits),
    )
    compte = build_compte(faits, demande, axe)
    width = None if target.fichier else page_width()
    target.write(
        table=lambda: page_argent.render(faits, compte, width),
        data=lambda: page_argent.describe(faits, compte),
        rows=lambda: page_argent.list_rows(compte),
    )


def _read_axe(par: str) -> Axe:
    """What totals are by.

    Raises:
        SaisieInvalide: there is no such axis (MLG-CLI-004).
    """
    from maillage.analyses.argent_public.totaux import Axe  # noqa: PLC0415 — heavy

    axes = {axe.value: axe for axe in Axe}
    if par not in axes:
        raise SaisieInvalide(
            Anomalie(
                "MLG-CLI-004",
                f"on ne peut pas présenter par « {par} »",
                f"axes possibles : {', '.join(axes)}.",
                "--par",
            )
        )
    return axes[par]
