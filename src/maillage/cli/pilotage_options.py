"""Options by which commands choose the annexes that they look at."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from maillage.cli.sortie import AIDE_FORMAT, AIDE_REMPLACER, AIDE_SORTIE
from maillage.kernel.errors import Anomalie, SaisieInvalide

if TYPE_CHECKING:
    from maillage.indicators.pilotage.filtre import Filtre
    from maillage.indicators.pilotage.lecture import Faits

TYPES = ("AI", "ACI", "EI", "ETTI", "EITI")
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
Mot = Annotated[
    str | None,
    typer.Option(
        "--extrait", metavar="EXTRAIT", help="Début de l’identifiant, ou jour ; le dernier sinon."
    ),
]
Annee = Annotated[
    int | None, typer.Option("--annee", metavar="ANNEE", help="Par défaut, celle de l’extraction.")
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


def find_communes(lieux: dict[str, str | None]) -> frozenset[str] | None:
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


def open_choix(
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
