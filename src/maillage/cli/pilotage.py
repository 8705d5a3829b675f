"""`maillage pilotage`: posts agreed and realised, late entries, from the extracts that were imported."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from maillage.cli import pilotage_argent, pilotage_dialogue, pilotage_lettres
from maillage.cli.analyseur import Commande, Groupe
from maillage.cli.page import page_width
from maillage.cli.pilotage_options import (
    Annee,
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

if TYPE_CHECKING:
    from collections.abc import Callable

_AIDE = """
Le pilotage : ETP conventionnés et réalisés, mois faits, en retard et à venir, écarts, prévisions.

Les chiffres viennent du dernier extrait importé (maillage flux importer). Chaque mot a sa définition :
maillage pilotage definitions.
"""
_AIDES = {
    "annexes": "Une ligne par annexe financière qui touche l’année.",
    "structures": "Une ligne par structure et par type : une ACI et une ETTI peuvent partager un numéro.",
    "mois": "Les douze mois : conventionné et réalisé, faits, en retard, à venir.",
    "retards": "Les mois en retard de saisie, ce qui pèse le plus d’abord.",
    "sorties": "Les sorties par structure, selon la règle publique de décompte.",
    "publics": "Les personnes suivies : femmes, RSA, quartiers prioritaires, handicap, 50 ans et plus.",
    "encadrement": "L’encadrement déclaré, pour 100 ETP en insertion.",
    "financeurs": "Les produits et les financeurs déclarés, du dernier exercice clos.",
    "agregats": "Les sommes par mois, structure, département ou type, sur DuckDB, PostgreSQL ou Spark.",
    "definitions": "Les définitions des chiffres, et la deuxième quand il y en a deux.",
}


def register(application: typer.Typer) -> None:
    """Add the group to the application."""
    group = typer.Typer(cls=Groupe, help=_AIDE, rich_markup_mode=None)
    for nom, aide in _AIDES.items():
        fonction = _PARTICULIERES.get(nom) or make_command(nom)
        exemple = f"\nmaillage pilotage {nom}\nmaillage pilotage {nom} --format csv\n"
        group.command(nom, help=aide, epilog=exemple, cls=Commande)(fonction)
    pilotage_argent.register(group)
    pilotage_dialogue.register(group)
    pilotage_lettres.register(group)
    application.add_typer(group, name="pilotage")


def make_command(nom: str) -> Callable[..., None]:
    """The command of one table; all of them have the same options."""

    def show(  # noqa: PLR0913, PLR0917 — one parameter per option
        extrait: Mot = None,
        annee: Annee = None,
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
        target = open_sortie(format_sortie, sortie, remplacer=remplacer)
        from maillage.cli.page_pilotage import TABLEAUX, describe_source  # noqa: PLC0415 — heavy
        from maillage.cli.page_publics import TABLEAUX_PUBLICS  # noqa: PLC0415 — heavy

        faits, an, filtre, perimetre = open_choix(
            extrait, annee, (type_siae, departement, departement_structure), etats
        )
        lieux = {"region": region, "zone-emploi": zone_emploi, "epci": epci, "clpe": clpe}
        filtre = replace(filtre, communes=find_communes(lieux))
        tableau = {**TABLEAUX, **TABLEAUX_PUBLICS}[nom]
        lignes = tableau.list_lignes(faits, an, filtre, perimetre)
        width = None if target.fichier else page_width()
        target.write(
            table=lambda: tableau.render(faits, an, (lignes, filtre, perimetre), width),
            data=lambda: {**describe_source(faits, an), "lignes": tableau.to_rows(lignes)},
            rows=lambda: tableau.to_rows(lignes),
        )

    return show


def show_definitions(format_sortie: Forme = None) -> None:
    """Print the definition cards."""
    target = open_sortie(format_sortie)
    from maillage.cli.page_pilotage import definition_rows, render_definitions  # noqa: PLC0415

    target.write(
        table=lambda: render_definitions(page_width()),
        data=definition_rows,
        rows=definition_rows,
    )


def show_agregats(  # noqa: PLR0913, PLR0917 — one parameter per option
    extrait: Mot = None,
    annee: Annee = None,
    par: Annotated[
        str,
        typer.Option(
            "--par",
            metavar="AXES",
            help="mois, structure, departement, type, séparés par des virgules.",
        ),
    ] = "mois,type",
    etats: Etats = "pilotage",
    engine: Annotated[
        str,
        typer.Option(
            "--engine",
            metavar="MOTEUR",
            help="duckdb, spark, ou l’adresse postgres://… d’un serveur.",
        ),
    ] = "duckdb",
    format_sortie: Forme = None,
    sortie: Fichier = None,
    *,
    remplacer: Remplacer = False,
) -> None:
    """Print the same sums on the engine that is asked for."""
    target = open_sortie(format_sortie, sortie, remplacer=remplacer)
    from maillage.analyses.pilotage.agregats import roll_up  # noqa: PLC0415 — heavy
    from maillage.cli.page_pilotage import describe_source, render_agregats  # noqa: PLC0415

    faits, an, _, perimetre = open_choix(extrait, annee, (None, None, None), etats)
    adresses = {"duckdb": "duckdb://", "spark": "spark://local"}
    axes = [axe.strip() for axe in par.split(",") if axe.strip()]
    lignes = roll_up(faits, an, axes, perimetre, adresses.get(engine, engine))
    width = None if target.fichier else page_width()
    target.write(
        table=lambda: render_agregats(faits, an, lignes, width),
        data=lambda: {**describe_source(faits, an), "lignes": lignes},
        rows=lambda: lignes,
    )


_PARTICULIERES: dict[str, Callable[..., None]] = {
    "definitions": show_definitions,
    "agregats": show_agregats,
}
"""Commands that are not a table of structures."""
