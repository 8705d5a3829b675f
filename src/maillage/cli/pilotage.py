"""`maillage pilotage`: posts agreed and realised, late entries, from the extracts that were imported."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from maillage.cli.analyseur import Commande, Groupe
from maillage.cli.page import page_width
from maillage.cli.sortie import AIDE_FORMAT, AIDE_REMPLACER, AIDE_SORTIE, open_sortie
from maillage.kernel.errors import Anomalie, SaisieInvalide

if TYPE_CHECKING:
    from collections.abc import Callable

    from maillage.indicators.pilotage.lecture import Faits
    from maillage.indicators.pilotage.tableaux import Filtre

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
    "definitions": "Les définitions des chiffres, et la deuxième quand il y en a deux.",
}
Mot = Annotated[
    str | None,
    typer.Option(
        "--extrait", metavar="EXTRAIT", help="Début de l’identifiant, ou jour ; le dernier sinon."
    ),
]
Annee = Annotated[
    int | None, typer.Option("--annee", metavar="ANNEE", help="Par défaut, celle de l’extraction.")
]
Types = Annotated[
    list[str] | None, typer.Option("--type", metavar="TYPE", help="AI, ACI, EI, ETTI ou EITI.")
]
Argent = Annotated[
    list[str] | None,
    typer.Option(
        "--departement", metavar="CODE", help="Département de l’annexe (celui de l’argent)."
    ),
]
Siege = Annotated[
    list[str] | None,
    typer.Option("--departement-structure", metavar="CODE", help="Département de la structure."),
]
Etats = Annotated[
    str,
    typer.Option(
        "--etats",
        metavar="PERIMETRE",
        help="pilotage (VALIDE, PROVISOIRE, CLOTURE) ou conventionnees (en cours).",
    ),
]
Forme = Annotated[str | None, typer.Option("--format", metavar="FORMAT", help=AIDE_FORMAT)]
Fichier = Annotated[Path | None, typer.Option("--sortie", metavar="FICHIER", help=AIDE_SORTIE)]
Remplacer = Annotated[bool, typer.Option("--remplacer", help=AIDE_REMPLACER)]


def register(application: typer.Typer) -> None:
    """Add the group to the application."""
    group = typer.Typer(cls=Groupe, help=_AIDE, rich_markup_mode=None)
    for nom, fonction in _COMMANDES.items():
        exemple = f"\nmaillage pilotage {nom}\nmaillage pilotage {nom} --format csv\n"
        group.command(nom, help=_AIDES[nom], epilog=exemple, cls=Commande)(fonction)
    application.add_typer(group, name="pilotage")


def show_annexes(  # noqa: PLR0913, PLR0917 — one parameter per option
    extrait: Mot = None,
    annee: Annee = None,
    type_siae: Types = None,
    departement: Argent = None,
    departement_structure: Siege = None,
    etats: Etats = "pilotage",
    format_sortie: Forme = None,
    sortie: Fichier = None,
    *,
    remplacer: Remplacer = False,
) -> None:
    """Print the annexes of a year."""
    target = open_sortie(format_sortie, sortie, remplacer=remplacer)
    from maillage.cli.page_pilotage import annexe_rows, render_annexes  # noqa: PLC0415 — heavy
    from maillage.indicators.pilotage.tableaux import list_annexes  # noqa: PLC0415 — heavy

    faits, an, filtre, perimetre = _open(
        extrait, annee, (type_siae, departement, departement_structure), etats
    )
    lignes = list_annexes(faits, an, filtre, perimetre)
    _write(
        target,
        faits,
        an,
        lambda width: render_annexes(faits, an, lignes, width),
        lambda: annexe_rows(lignes),
    )


def show_structures(  # noqa: PLR0913, PLR0917 — one parameter per option
    extrait: Mot = None,
    annee: Annee = None,
    type_siae: Types = None,
    departement: Argent = None,
    departement_structure: Siege = None,
    etats: Etats = "pilotage",
    format_sortie: Forme = None,
    sortie: Fichier = None,
    *,
    remplacer: Remplacer = False,
) -> None:
    """Print the structures of a year."""
    target = open_sortie(format_sortie, sortie, remplacer=remplacer)
    from maillage.cli.page_pilotage import render_structures, structure_rows  # noqa: PLC0415
    from maillage.indicators.pilotage.tableaux import list_structures  # noqa: PLC0415 — heavy

    faits, an, filtre, perimetre = _open(
        extrait, annee, (type_siae, departement, departement_structure), etats
    )
    lignes = list_structures(faits, an, filtre, perimetre)
    _write(
        target,
        faits,
        an,
        lambda width: render_structures(faits, an, (lignes, filtre, perimetre), width),
        lambda: structure_rows(lignes),
    )


def show_mois(  # noqa: PLR0913, PLR0917 — one parameter per option
    extrait: Mot = None,
    annee: Annee = None,
    type_siae: Types = None,
    departement: Argent = None,
    departement_structure: Siege = None,
    etats: Etats = "pilotage",
    format_sortie: Forme = None,
    sortie: Fichier = None,
    *,
    remplacer: Remplacer = False,
) -> None:
    """Print the months of a year."""
    target = open_sortie(format_sortie, sortie, remplacer=remplacer)
    from maillage.cli.page_pilotage import mois_rows, render_mois  # noqa: PLC0415 — heavy
    from maillage.indicators.pilotage.tableaux import list_mois  # noqa: PLC0415 — heavy

    faits, an, filtre, perimetre = _open(
        extrait, annee, (type_siae, departement, departement_structure), etats
    )
    lignes = list_mois(faits, an, filtre, perimetre)
    _write(
        target,
        faits,
        an,
        lambda width: render_mois(faits, an, lignes, width),
        lambda: mois_rows(lignes),
    )


def show_retards(  # noqa: PLR0913, PLR0917 — one parameter per option
    extrait: Mot = None,
    annee: Annee = None,
    type_siae: Types = None,
    departement: Argent = None,
    departement_structure: Siege = None,
    etats: Etats = "pilotage",
    format_sortie: Forme = None,
    sortie: Fichier = None,
    *,
    remplacer: Remplacer = False,
) -> None:
    """Print the late months of a year."""
    target = open_sortie(format_sortie, sortie, remplacer=remplacer)
    from maillage.cli.page_pilotage import render_retards, retard_rows  # noqa: PLC0415 — heavy
    from maillage.indicators.pilotage.tableaux import list_retards  # noqa: PLC0415 — heavy

    faits, an, filtre, perimetre = _open(
        extrait, annee, (type_siae, departement, departement_structure), etats
    )
    lignes = list_retards(faits, an, filtre, perimetre)
    _write(
        target,
        faits,
        an,
        lambda width: render_retards(faits, an, lignes, width),
        lambda: retard_rows(lignes),
    )


def show_definitions(format_sortie: Forme = None) -> None:
    """Print the definition cards."""
    target = open_sortie(format_sortie)
    from maillage.cli.page_pilotage import definition_rows, render_definitions  # noqa: PLC0415

    target.write(
        table=lambda: render_definitions(page_width()),
        data=definition_rows,
        rows=definition_rows,
    )


_COMMANDES: dict[str, Callable[..., None]] = {
    "annexes": show_annexes,
    "structures": show_structures,
    "mois": show_mois,
    "retards": show_retards,
    "definitions": show_definitions,
}


def _open(
    mot: str | None,
    annee: int | None,
    criteres: tuple[list[str] | None, list[str] | None, list[str] | None],
    etats: str,
) -> tuple[Faits, int, Filtre, str]:
    """Facts, year, filter and perimeter that the options ask for.

    Raises:
        SaisieInvalide: a kind or a perimeter does not exist, or the year is not in the extract
            (MLG-CLI-004).
    """
    from maillage.indicators.pilotage.etp import PERIMETRES  # noqa: PLC0415 — heavy
    from maillage.indicators.pilotage.lecture import load_faits  # noqa: PLC0415 — heavy
    from maillage.indicators.pilotage.tableaux import Filtre, list_annees  # noqa: PLC0415

    connus = ("AI", "ACI", "EI", "ETTI", "EITI")
    types = frozenset(texte.upper() for texte in criteres[0] or ())
    fautes = [
        Anomalie(
            "MLG-CLI-004",
            f"le type « {texte} » n’existe pas",
            f"types possibles : {', '.join(connus)}.",
            "--type",
        )
        for texte in sorted(types - set(connus))
    ]
    if etats not in PERIMETRES:
        fautes.append(
            Anomalie(
                "MLG-CLI-004",
                f"le périmètre « {etats} » n’existe pas",
                f"périmètres possibles : {', '.join(PERIMETRES)}.",
                "--etats",
            )
        )
    if fautes:
        raise SaisieInvalide(*fautes)
    faits = load_faits(mot)
    an = faits.extrait.extraction.year if annee is None else annee
    annees = list_annees(faits)
    if annee is not None and annee not in annees:
        raise SaisieInvalide(
            Anomalie(
                "MLG-CLI-004",
                f"aucune annexe de l’extrait ne touche l’année {annee}",
                f"années possibles : {', '.join(map(str, annees)) or 'aucune'}.",
                "--annee",
            )
        )
    filtre = Filtre(types, frozenset(criteres[1] or ()), frozenset(criteres[2] or ()))
    return faits, an, filtre, etats


def _write(
    target: Any,
    faits: Faits,
    annee: int,
    render: Callable[[int | None], str],
    rows: Callable[[], list[dict[str, Any]]],
) -> None:
    from maillage.cli.page_pilotage import describe_source  # noqa: PLC0415 — heavy

    width = None if target.fichier else page_width()
    target.write(
        table=lambda: render(width),
        data=lambda: {**describe_source(faits, annee), "lignes": rows()},
        rows=rows,
    )
