"""`maillage synth reseau`: extracts of nobody, in the format of the ASP, at any scale."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 — typer reads it
from typing import Annotated

import typer

from maillage.cli.analyseur import Commande, Groupe
from maillage.cli.progression import show_progress

_AIDE = """
Des réseaux synthétiques : des données de personne, pour essayer, montrer et mesurer.
"""
_AIDE_RESEAU = """
Écrit l’extrait fluxIAE complet d’un réseau inventé, au format exact de l’ASP.

Les communes sont réelles ; les structures, les SIRET et les personnes n’existent pas. Les effectifs, leurs
saisons, les ETP et les sorties suivent les totaux publiés ; ce qu’aucune source ne donne est supposé
(docs/explications/reseaux-synthetiques.md). La même graine donne le même réseau : deux extraits à deux
dates se comparent.
"""
_EXEMPLES_RESEAU = """
maillage synth reseau --structures 120 --graine 7 --vers extrait/
maillage synth reseau --vers mai/ --au 2025-05-15
maillage synth reseau --national --vers national/
maillage synth reseau --vers essai/ --defauts sans-fin,virgules,doublons
"""
_DEFAUTS = (
    "Défauts à écrire, séparés par des virgules : sans-deb, sans-fin, fin-fausse, guillemets, retours, "
    "colonne-renommee, colonne-absente, colonne-ajoutee, virgules, doublons, personnelle, encodage, "
    "chiffre, gz-zip."
)


def register(application: typer.Typer) -> None:
    """Add the group to the application."""
    group = typer.Typer(cls=Groupe, help=_AIDE, rich_markup_mode=None)
    # a group of one command is still a group
    group.callback()(lambda: None)
    group.command("reseau", help=_AIDE_RESEAU, epilog=_EXEMPLES_RESEAU, cls=Commande)(write_network)
    application.add_typer(group, name="synth")


def write_network(  # noqa: PLR0913 — one parameter per option
    vers: Annotated[Path, typer.Option("--vers", metavar="DOSSIER", help="Où écrire l’extrait.")],
    structures: Annotated[
        int | None,
        typer.Option("--structures", metavar="N", help="Nombre de structures. Par défaut : 120."),
    ] = None,
    graine: Annotated[
        int, typer.Option("--graine", metavar="N", help="La même graine donne le même réseau.")
    ] = 7,
    annees: Annotated[
        str | None,
        typer.Option(
            "--annees",
            metavar="DE-À",
            help="Années des annexes. Par défaut : les trois dernières dont les montants sont connus.",
        ),
    ] = None,
    au: Annotated[
        str | None,
        typer.Option(
            "--au",
            metavar="AAAA-MM-JJ",
            help="Jour de l’extraction. Par défaut : le 15 juillet de la dernière année.",
        ),
    ] = None,
    *,
    regions: Annotated[
        str,
        typer.Option(
            "--regions",
            metavar="CODES",
            help="Codes des régions où sont les structures, 53,84 par exemple. Par défaut : partout.",
        ),
    ] = "",
    defauts: Annotated[str, typer.Option("--defauts", metavar="LISTE", help=_DEFAUTS)] = "",
    contenant: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help="archive (une seule, comme l’ASP l’envoie) ou fichiers.",
        ),
    ] = "archive",
    national: Annotated[
        bool,
        typer.Option(
            "--national",
            help="Le pays entier : 4 600 structures, et les effectifs publiés de chaque département.",
        ),
    ] = False,
) -> None:
    """Write an extract and say what is in it.

    Raises:
        SaisieInvalide: every option that is wrong (MLG-CLI-004); or nothing is published on that day
            (MLG-SYN-002).
        FichierInvalide: the extract is there already (MLG-SYN-001).
    """
    from maillage.analyses.synthese import generate_reseau, load_bareme  # noqa: PLC0415 — heavy
    from maillage.cli.saisie_synth import read_options, render  # noqa: PLC0415 — heavy
    from maillage.kernel.francais import accorder  # noqa: PLC0415 — heavy

    bareme = load_bareme()
    parametres, choisi = read_options(
        bareme,
        {
            "structures": structures,
            "graine": graine,
            "annees": annees,
            "au": au,
            "regions": regions,
        },
        defauts=defauts,
        contenant=contenant,
        national=national,
    )
    with show_progress("Écriture", in_logs=False) as step:
        ecrit = generate_reseau(
            parametres,
            vers,
            choisi,
            lambda vue, lignes: step(f"{vue}, {accorder(lignes, 'ligne', 'lignes')}"),
        )
    typer.echo(render(parametres, ecrit, vers), nl=False)
