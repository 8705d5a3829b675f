"""`maillage pilotage`: posts agreed and realised, late entries, from the extracts that were imported."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from maillage.cli.analyseur import Commande, Groupe
from maillage.cli.page import page_width
from maillage.cli.sortie import AIDE_FORMAT, AIDE_REMPLACER, AIDE_SORTIE, open_sortie
from maillage.kernel.errors import Anomalie, SaisieInvalide

if TYPE_CHECKING:
    from collections.abc import Callable

    from maillage.indicators.pilotage.filtre import Filtre
    from maillage.indicators.pilotage.lecture import Faits

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
Region = Annotated[
    str | None, typer.Option("--region", metavar="CODE", help="Région de la structure.")
]
Zone = Annotated[
    str | None, typer.Option("--zone-emploi", metavar="CODE", help="Zone d’emploi de la structure.")
]
Epci = Annotated[
    str | None, typer.Option("--epci", metavar="CODE", help="Intercommunalité de la structure.")
]
Clpe = Annotated[
    str | None,
    typer.Option("--clpe", metavar="CODE", help="Comité local pour l’emploi de la structure."),
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
    for nom, aide in _AIDES.items():
        fonction = _PARTICULIERES.get(nom) or make_command(nom)
        exemple = f"\nmaillage pilotage {nom}\nmaillage pilotage {nom} --format csv\n"
        group.command(nom, help=aide, epilog=exemple, cls=Commande)(fonction)
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

        faits, an, filtre, perimetre = _open(
            extrait, annee, (type_siae, departement, departement_structure), etats
        )
        lieux = {"region": region, "zone-emploi": zone_emploi, "epci": epci, "clpe": clpe}
        filtre = replace(filtre, communes=_find_communes(lieux))
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

    faits, an, _, perimetre = _open(extrait, annee, (None, None, None), etats)
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


def _find_communes(lieux: dict[str, str | None]) -> frozenset[str] | None:
    """Communes that are in every place that is given; None when none is given.

    Raises:
        Introuvable: no such place (MLG-TER-001).
    """
    donnes = {niveau: code for niveau, code in lieux.items() if code is not None}
    if not donnes:
        return None
    from maillage.analyses.diagnosis.atlas import get_atlas  # noqa: PLC0415 — heavy
    from maillage.analyses.pilotage.lieux import list_communes  # noqa: PLC0415 — heavy
    from maillage.kernel.niveau import Niveau  # noqa: PLC0415 — heavy

    atlas = get_atlas()
    return frozenset.intersection(
        *(list_communes(atlas, Niveau(niveau), code) for niveau, code in donnes.items())
    )


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
    from maillage.indicators.pilotage.filtre import Filtre  # noqa: PLC0415 — heavy
    from maillage.indicators.pilotage.lecture import load_faits  # noqa: PLC0415 — heavy
    from maillage.indicators.pilotage.tableaux import list_annees  # noqa: PLC0415 — heavy

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
