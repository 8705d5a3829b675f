"""`maillage flux`: extracts of the ASP's extranet, brought in, listed, forgotten, cleaned of persons."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path  # noqa: TC003 — typer reads it
from typing import Annotated, Any

import typer

from maillage.cli import flux_comparaison, flux_dgefp, flux_releves
from maillage.cli.analyseur import Commande, Groupe
from maillage.cli.page import Page, page_width, typographie
from maillage.cli.progression import show_progress
from maillage.cli.sortie import AIDE_FORMAT, open_sortie

_AIDE = """
Les extraits fluxIAE de l’ASP : conventions, heures et sorties du réseau.
"""
_AIDE_IMPORTER = """
Importe un extrait : ses fichiers, un dossier, ou l’archive reçue, telle quelle.

Tout est lu avant que rien ne soit gardé. Ce qui ne va pas est dit d’un coup ; ce qui se répare est
énoncé, et demande --accepter-reparations. Les colonnes sur les personnes sont refusées. Importer deux
fois le même extrait ne change rien.
"""
_EXEMPLES_IMPORTER = """
maillage flux importer depot.tar.gz
maillage flux importer depot.tar.gz --mot-de-passe
maillage flux importer dossier/ --accepter-reparations
"""
_AIDE_LISTER = """
Les extraits importés, le plus récent d’abord.
"""
_AIDE_OUBLIER = """
Retire un extrait et tout ce qui en a été calculé.
"""
_AIDE_EXPURGER = """
Copie les fichiers d’un extrait sans leurs colonnes sur les personnes.

Les copies s’importent. Les identifiants restent dans la copie ; l’import les remplace par des
empreintes.
"""
_CONSEIL_REPARATIONS = (
    "Ces réparations sont possibles. Relancez avec --accepter-reparations pour les accepter."
)


def register(application: typer.Typer) -> None:
    """Add the group to the application."""
    group = typer.Typer(cls=Groupe, help=_AIDE, rich_markup_mode=None)
    group.command("importer", help=_AIDE_IMPORTER, epilog=_EXEMPLES_IMPORTER, cls=Commande)(
        import_extrait
    )
    group.command(
        "lister", help=_AIDE_LISTER, epilog="\nmaillage flux lister --format json\n", cls=Commande
    )(show_extraits)
    group.command(
        "oublier", help=_AIDE_OUBLIER, epilog="\nmaillage flux oublier 3f2a\n", cls=Commande
    )(forget)
    group.command(
        "expurger",
        help=_AIDE_EXPURGER,
        epilog="\nmaillage flux expurger depot.tar.gz --vers propre/\n",
        cls=Commande,
    )(expurge)
    flux_comparaison.register(group)
    flux_dgefp.register(group)
    flux_releves.register(group)
    application.add_typer(group, name="flux")


def import_extrait(
    fichiers: Annotated[
        list[Path], typer.Argument(metavar="FICHIERS...", help="Fichiers, dossier ou archive.")
    ],
    format_sortie: Annotated[
        str | None, typer.Option("--format", metavar="FORMAT", help=AIDE_FORMAT)
    ] = None,
    *,
    mot_de_passe: Annotated[
        bool, typer.Option("--mot-de-passe", help="Demande le mot de passe des fichiers protégés.")
    ] = False,
    accepter: Annotated[
        bool, typer.Option("--accepter-reparations", help="Accepte les réparations énoncées.")
    ] = False,
) -> None:
    """Import an extract and say what was found.

    Raises:
        ReparationsAAccepter: repairs are possible, and were not accepted.
    """
    from maillage.analyses.pilotage.imports import importer  # noqa: PLC0415 — heavy
    from maillage.data.extraits.reception import ReparationsAAccepter  # noqa: PLC0415 — heavy
    from maillage.kernel.francais import accorder  # noqa: PLC0415 — heavy

    target = open_sortie(format_sortie)
    secret = typer.prompt("Mot de passe", hide_input=True, err=True) if mot_de_passe else None
    try:
        with show_progress("Import", in_logs=False) as step:
            rapport = importer(
                fichiers,
                datetime.now(tz=UTC),  # noqa: TID251 — the clock is read here, and passed in
                mot_de_passe=secret,
                accepte_reparations=accepter,
                progression=lambda vue, rangees, _octets: step(
                    f"{vue}, {accorder(rangees, 'ligne', 'lignes')}"
                ),
            )
    except ReparationsAAccepter:
        typer.secho(typographie(_CONSEIL_REPARATIONS), err=True, bold=True)
        raise
    extrait = rapport.extrait
    data = {
        "deja_connu": rapport.deja_connu,
        "reparations": [str(reparation) for reparation in rapport.reparations],
        **extrait.to_dict(),
    }
    target.write(
        table=lambda: _render_import(rapport, page_width()),
        data=lambda: data,
        rows=lambda: [
            {"vue": vue, "lignes": lignes, "gardee": "oui" if vue in extrait.vues else "non"}
            for vue, lignes in {**extrait.vues, **extrait.comptees}.items()
        ],
    )


def _render_import(rapport: Any, width: int | None) -> str:
    from maillage.kernel.francais import format_date, format_nombre  # noqa: PLC0415 — heavy

    extrait = rapport.extrait
    page = Page(width)
    page.title(f"Extrait du {format_date(extrait.extraction)}")
    page.text(
        f"Déjà importé sous l’identifiant {extrait.identifiant} : rien n’a changé."
        if rapport.deja_connu
        else f"Importé sous l’identifiant {extrait.identifiant}."
    )
    if extrait.is_synthetic:
        page.text("Données synthétiques : elles ne décrivent aucune structure réelle.")
    page.table(
        ["Vue", "Lignes", "Gardée"],
        [
            [vue, format_nombre(lignes), "oui" if vue in extrait.vues else "comptée seulement"]
            for vue, lignes in {**extrait.vues, **extrait.comptees}.items()
        ],
        right={1},
    )
    if extrait.avertissements:
        page.heading("À savoir")
    for phrase in extrait.avertissements:
        page.text(phrase, "  • ")
    return page.render()


def show_extraits(
    format_sortie: Annotated[
        str | None, typer.Option("--format", metavar="FORMAT", help=AIDE_FORMAT)
    ] = None,
) -> None:
    """Print the extracts that were imported."""
    from maillage.data.extraits import list_extraits  # noqa: PLC0415 — heavy
    from maillage.kernel.francais import format_date  # noqa: PLC0415 — heavy

    target = open_sortie(format_sortie)
    extraits = list_extraits()

    def render() -> str:
        page = Page(page_width())
        if not extraits:
            page.text("Aucun extrait n’est importé. Pour en importer un : maillage flux importer.")
            return page.render()
        page.table(
            ["Identifiant", "Extrait du", "Importé le", "Vues", "Nature"],
            [
                [
                    extrait.identifiant,
                    format_date(extrait.extraction),
                    format_date(extrait.importe_le.date()),
                    str(len(extrait.vues)),
                    "synthétique" if extrait.is_synthetic else "réel",
                ]
                for extrait in extraits
            ],
            right={3},
        )
        return page.render()

    target.write(
        table=render,
        data=lambda: [extrait.to_dict() for extrait in extraits],
        rows=lambda: [
            {
                "identifiant": extrait.identifiant,
                "extraction": extrait.extraction.isoformat(),
                "importe_le": extrait.importe_le.isoformat(),
                "synthetique": "oui" if extrait.is_synthetic else "non",
            }
            for extrait in extraits
        ],
    )


def forget(
    mot: Annotated[
        str,
        typer.Argument(metavar="EXTRAIT", help="Début de l’identifiant, ou jour AAAA-MM-JJ."),
    ],
) -> None:
    """Remove an extract."""
    from maillage.data.extraits import find_extrait, forget_extrait  # noqa: PLC0415 — heavy
    from maillage.kernel.francais import format_date  # noqa: PLC0415 — heavy

    extrait = find_extrait(mot)
    forget_extrait(extrait.identifiant)
    typer.echo(
        typographie(f"Extrait {extrait.identifiant} du {format_date(extrait.extraction)} : retiré.")
    )


def expurge(
    fichiers: Annotated[
        list[Path], typer.Argument(metavar="FICHIERS...", help="Fichiers, dossier ou archive.")
    ],
    vers: Annotated[Path, typer.Option("--vers", metavar="DOSSIER", help="Où écrire les copies.")],
    retirer: Annotated[
        list[str] | None,
        typer.Option("--retirer", metavar="COLONNE", help="Une colonne de plus à retirer."),
    ] = None,
    *,
    mot_de_passe: Annotated[
        bool, typer.Option("--mot-de-passe", help="Demande le mot de passe des fichiers protégés.")
    ] = False,
) -> None:
    """Copy files without their personal columns."""
    from maillage.data.sources.flux_iae.expurge import expurge_piece  # noqa: PLC0415 — heavy
    from maillage.data.sources.flux_iae.pieces import list_pieces  # noqa: PLC0415 — heavy
    from maillage.kernel.francais import accorder, join_fr  # noqa: PLC0415 — heavy

    secret = typer.prompt("Mot de passe", hide_input=True, err=True) if mot_de_passe else None
    for piece in list_pieces(fichiers, secret):
        copie = expurge_piece(piece, vers, retirer or ())
        quoi = f"sans {join_fr(copie.retirees)}" if copie.retirees else "rien à retirer"
        lignes = accorder(copie.lignes, "ligne", "lignes")
        typer.echo(typographie(f"Écrit : {copie.fichier.name} ({lignes}, {quoi})"))
