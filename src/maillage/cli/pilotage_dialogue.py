"""`maillage pilotage dialogue`: what a structure has to say at its dialogue de gestion."""

from __future__ import annotations

import re
from dataclasses import asdict
from pathlib import Path  # noqa: TC003 — typer reads it
from typing import TYPE_CHECKING, Annotated, Any

import typer

from maillage.cli.analyseur import Commande
from maillage.cli.page import Page, page_width
from maillage.cli.pilotage_options import TYPES
from maillage.cli.sortie import AIDE_FORMAT, AIDE_REMPLACER, AIDE_SORTIE, open_sortie
from maillage.kernel.errors import Anomalie, SaisieInvalide

if TYPE_CHECKING:
    from maillage.analyses.pilotage.dialogue_de_gestion import DialogueDeGestion, Point
    from maillage.indicators.pilotage.structures import Cle

_AIDE = """
Ce qu’une structure doit dire à son dialogue de gestion : à régler avant, à demander, à dire.

Chaque point vient d’une règle écrite en clair et des chiffres de l’extrait. Les seuils sont des repères du
réseau : aucun texte ne les fixe.
"""
_EXEMPLES = """
maillage pilotage dialogue 100066-AI
maillage pilotage dialogue 100066-AI --annee 2025 --format json
"""
_CLE = re.compile(rf"(\d+)-({'|'.join(TYPES)})", re.IGNORECASE)


def register(group: typer.Typer) -> None:
    """Add the command to the group of the cockpit."""
    group.command("dialogue", help=_AIDE, epilog=_EXEMPLES, cls=Commande)(show_dialogue)


def show_dialogue(
    structure: Annotated[
        str,
        typer.Argument(metavar="STRUCTURE", help="Numéro ASP et type, par exemple 100066-AI."),
    ],
    extrait: Annotated[
        str | None,
        typer.Option(
            "--extrait",
            metavar="EXTRAIT",
            help="Début de l’identifiant, ou jour ; le dernier sinon.",
        ),
    ] = None,
    annee: Annotated[
        int | None,
        typer.Option("--annee", metavar="ANNEE", help="Par défaut, celle de l’extraction."),
    ] = None,
    format_sortie: Annotated[
        str | None, typer.Option("--format", metavar="FORMAT", help=AIDE_FORMAT)
    ] = None,
    sortie: Annotated[
        Path | None, typer.Option("--sortie", metavar="FICHIER", help=AIDE_SORTIE)
    ] = None,
    *,
    remplacer: Annotated[bool, typer.Option("--remplacer", help=AIDE_REMPLACER)] = False,
) -> None:
    """Print the points of one structure."""
    target = open_sortie(format_sortie, sortie, remplacer=remplacer)
    cle = parse_cle(structure)
    from maillage.analyses.pilotage.dialogue_de_gestion import (  # noqa: PLC0415 — heavy
        prepare_dialogue,
    )
    from maillage.indicators.pilotage.lecture import load_faits  # noqa: PLC0415 — heavy

    faits = load_faits(extrait)
    an = faits.extrait.extraction.year if annee is None else annee
    dialogue = prepare_dialogue(faits, cle, an)
    width = None if target.fichier else page_width()
    target.write(
        table=lambda: _render(dialogue, width),
        data=lambda: _to_dict(dialogue),
        rows=lambda: [_to_row(point) for point in dialogue.points],
    )


def parse_cle(texte: str) -> Cle:
    """Structure that a word means: « 100066-AI ».

    Raises:
        SaisieInvalide: it is not a number and a kind (MLG-CLI-004).
    """
    trouve = _CLE.fullmatch(texte.strip())
    if trouve is None:
        raise SaisieInvalide(
            Anomalie(
                "MLG-CLI-004",
                f"« {texte} » n’est pas une structure",
                f"écrivez son numéro ASP, un tiret et son type ({', '.join(TYPES)}), par exemple 100066-AI.",
                "STRUCTURE",
            )
        )
    return int(trouve[1]), trouve[2].upper()


def _render(dialogue: DialogueDeGestion, width: int | None) -> str:
    from maillage.kernel.francais import format_date, format_nombre, format_valeur  # noqa: PLC0415

    extrait = dialogue.extrait
    page = Page(width)
    page.title(f"Dialogue de gestion {dialogue.annee} : {dialogue.denomination}")
    page.text(
        f"{dialogue.cle[1]}, numéro ASP {dialogue.cle[0]}. Extrait {extrait.identifiant}, du "
        f"{format_date(extrait.extraction)}."
    )
    if extrait.is_synthetic:
        page.text("Données synthétiques : elles ne décrivent aucune structure réelle.")
    for point in dialogue.points:
        page.heading(f"{point.sujet} — {point.rang.value}")
        page.text(point.constat)
        page.text(point.a_dire, "→ ")
        for chiffre in point.chiffres:
            valeur = format_valeur(chiffre.valeur, chiffre.unite, chiffre.decimales)
            carte = f" [{chiffre.carte}]" if chiffre.carte else ""
            page.text(f"{chiffre.libelle} : {valeur}{carte}", "  • ")
        for lecture in point.lectures:
            page.text(f"Lecture de Maillage : {lecture}", "  • ")
    page.heading("Ce que l’extrait ne dit pas")
    for phrase in dialogue.inconnus:
        page.text(phrase, "  • ")
    if dialogue.reperes:
        page.heading("Repères du réseau, modifiables")
    for repere in dialogue.reperes:
        nombre = format_nombre(repere.valeur, 0 if float(repere.valeur).is_integer() else 2)
        page.text(f"{repere.nom} : {nombre} {repere.unite}. {repere.sens}", "  • ")
    return page.render()


def _to_dict(dialogue: DialogueDeGestion) -> dict[str, Any]:
    extrait = dialogue.extrait
    return {
        "asp_id": dialogue.cle[0],
        "type": dialogue.cle[1],
        "denomination": dialogue.denomination,
        "siret": dialogue.siret,
        "annee": dialogue.annee,
        "perimetre": dialogue.perimetre,
        "extrait": extrait.identifiant,
        "extraction": extrait.extraction.isoformat(),
        "synthetique": extrait.is_synthetic,
        "points": [
            {
                **_to_row(point),
                "annexes": list(point.annexes),
                "lectures": list(point.lectures),
                "chiffres": [
                    {**asdict(chiffre), "valeur": _cell(chiffre.valeur)}
                    for chiffre in point.chiffres
                ],
            }
            for point in dialogue.points
        ],
        "annexes": [
            {
                "numero": annexe.numero,
                "etat": annexe.etat,
                "echeances": [
                    {
                        "mois": f"{e.mois:%Y-%m}",
                        "rang": e.rang,
                        "solde": e.is_solde,
                        "texte": e.texte,
                    }
                    for e in annexe.echeances
                ],
                "prochaine": f"{annexe.prochaine.mois:%Y-%m}" if annexe.prochaine else None,
                "inconnu": annexe.inconnu,
            }
            for annexe in dialogue.annexes
        ],
        "reperes": [asdict(repere) for repere in dialogue.reperes],
        "inconnus": list(dialogue.inconnus),
    }


def _to_row(point: Point) -> dict[str, Any]:
    return {
        "code": point.code,
        "rang": point.rang.value,
        "sujet": point.sujet,
        "constat": point.constat,
        "a_dire": point.a_dire,
        "annexes": " ".join(point.annexes),
        "cartes": " ".join(dict.fromkeys(c.carte for c in point.chiffres if c.carte)),
    }


def _cell(valeur: Any) -> float | str:
    from maillage.kernel.valeur import Absence  # noqa: PLC0415 — NumPy

    return valeur.value if isinstance(valeur, Absence) else float(valeur)
