"""`maillage pilotage argent-public`: public money by funder, what each source covers, cost of a post."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
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
from maillage.cli.progression import show_progress
from maillage.cli.sortie import open_sortie
from maillage.kernel.errors import Anomalie, SaisieInvalide

if TYPE_CHECKING:
    from maillage.analyses.argent_public.comptes_donnes import Donnes
    from maillage.analyses.argent_public.totaux import Axe

_AIDE = """
L’argent public d’une année par financeur : annexes, déclarations et comptes côte à côte.

Dit d’abord ce que chaque source couvre et ce qui serait compté deux fois, puis les euros, le coût par ETP et par
heure. Un chiffre qui laisserait deviner celui d’une structure est caché. Deux tableaux se comparent : publiez par
type ou par région, ou type-region pour les deux, et avec un seul filtre.

La colonne des comptes se remplit avec --fec, une fois par fichier : il est rattaché aux structures de son SIREN, et
--correspondance dit quel financeur paie quels comptes. Rien n’est écrit, rien n’est gardé. Ce qui ne peut pas être
compté est dit, avec sa raison.
"""
_EXEMPLES = """
maillage pilotage argent-public
maillage pilotage argent-public --annee 2023 --par region --format csv
maillage pilotage argent-public --annee 2024 --fec 732829320FEC20241231.txt --correspondance comptes.toml
maillage pilotage argent-public --annee 2024 --fec 732829320=export.txt --fec 552100554=compta.csv
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
    fec: Annotated[
        list[str] | None,
        typer.Option(
            "--fec",
            metavar="FICHIER",
            help="FEC d’une structure ; SIREN=FICHIER quand son nom ne dit pas le SIREN. À répéter.",
        ),
    ] = None,
    correspondance: Annotated[
        Path | None,
        typer.Option(
            "--correspondance",
            metavar="TOML",
            help="Financeur de chaque début de compte de produits : voir le guide.",
        ),
    ] = None,
    format_sortie: Forme = None,
    sortie: Fichier = None,
    *,
    remplacer: Remplacer = False,
) -> None:
    """Print coverage, then euros and costs by funder."""
    target = open_sortie(format_sortie, sortie, remplacer=remplacer)
    axe = _read_axe(par)
    donnes, prefixes = _read_comptes(fec, correspondance)
    from maillage.analyses.argent_public.assemblage import list_unites  # noqa: PLC0415 — heavy
    from maillage.analyses.argent_public.compte import (  # noqa: PLC0415 — heavy
        add_up,
        find_annee,
        name_regions,
    )
    from maillage.analyses.argent_public.comptes_donnes import (  # noqa: PLC0415 — heavy
        give_comptes,
        list_sorts,
    )
    from maillage.analyses.argent_public.rangees import list_rows  # noqa: PLC0415 — heavy
    from maillage.analyses.argent_public.totaux import Axe  # noqa: PLC0415 — heavy
    from maillage.analyses.argent_public.unites import Demande  # noqa: PLC0415 — heavy
    from maillage.analyses.diagnosis.atlas import get_atlas  # noqa: PLC0415 — heavy
    from maillage.cli import page_argent  # noqa: PLC0415 — heavy

    criteres = (type_siae, departement, departement_structure)
    faits, _, filtre, perimetre = open_choix(extrait, annee, criteres, etats)
    lieux = {"region": region, "zone-emploi": zone_emploi, "epci": epci, "clpe": clpe}
    an = find_annee(faits, perimetre) if annee is None else annee
    demande = Demande(
        an,
        replace(filtre, communes=find_communes(lieux)),
        perimetre,
        {} if axe is Axe.TYPE else name_regions(get_atlas(), faits),
        give_comptes(faits, an, donnes),
        prefixes,
    )
    unites = list_unites(faits, demande)
    compte = add_up(unites, an, axe)
    sorts = list_sorts(faits, an, donnes, unites)
    width = None if target.fichier else page_width()
    target.write(
        table=lambda: page_argent.render(faits, compte, width, sorts),
        data=lambda: page_argent.describe(faits, compte, sorts),
        rows=lambda: list_rows(compte),
    )


def _read_comptes(
    fec: list[str] | None, correspondance: Path | None
) -> tuple[list[Donnes], dict[str, str]]:
    """Accounts of the files, and the funders of their accounts.

    Raises:
        SaisieInvalide: a mapping without any accounts (MLG-ARG-020).
        Introuvable: MLG-ARG-010.
        FichierInvalide: MLG-ARG-001, 002, 011 to 013, MLG-FEC-…, MLG-SOL-001.
    """
    if not fec:
        if correspondance is not None:
            raise SaisieInvalide(
                Anomalie(
                    "MLG-ARG-020",
                    "une correspondance est donnée sans comptes",
                    "donnez aussi les FEC : --fec FICHIER.",
                    "--correspondance",
                )
            )
        return [], {}
    from maillage.analyses.argent_public.correspondance import (  # noqa: PLC0415 — heavy
        read_correspondance,
    )
    from maillage.analyses.argent_public.lecture_fec import (  # noqa: PLC0415 — heavy
        parse_mot,
        read_donnes,
    )

    prefixes = {} if correspondance is None else read_correspondance(correspondance)
    mots = [parse_mot(mot) for mot in fec]
    with show_progress("Lecture des comptes", in_logs=False) as step:
        donnes = read_donnes(
            [(mot.siren, Path(mot.fichier)) for mot in mots],
            lambda rang: step(f"{rang} sur {len(mots)}"),
        )
    return donnes, prefixes


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
