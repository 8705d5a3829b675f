"""`maillage pilotage lettres`: letters to the members, one file per structure."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from maillage.cli.analyseur import Commande, Groupe
from maillage.cli.page import typographie
from maillage.cli.pilotage_options import (
    Argent,
    Siege,
    Types,
    read_filtre,
)
from maillage.kernel.errors import Anomalie, SaisieInvalide

if TYPE_CHECKING:
    from collections.abc import Sequence

    from maillage.analyses.pilotage.lettres import Lettre
    from maillage.indicators.pilotage.lecture import Faits

_AIDE = """
Des lettres prêtes à envoyer aux adhérents : une par structure, en texte, dans un dossier.
"""
_AIDE_RETARDS = """
Une lettre par structure dont des mois ne sont pas saisis : lesquels, ce qui est en jeu, que faire.
"""
_EXEMPLES_RETARDS = """
maillage pilotage lettres retards --vers lettres/
maillage pilotage lettres retards --vers lettres/ --type AI --expediteur "Réseau Exemple"
"""
_AIDE_COMPARAISON = """
Une lettre par structure pour laquelle quelque chose a changé entre deux extraits.

Sans mot, compare les deux derniers extraits importés ; avec un seul, celui-là et le dernier.
"""
_EXEMPLES_COMPARAISON = """
maillage pilotage lettres comparaison --vers lettres/
maillage pilotage lettres comparaison 2025-05-20 2025-07-15 --vers lettres/ --remplacer
"""
_MOT = "Début de l’identifiant, ou jour AAAA-MM-JJ."
Vers = Annotated[
    Path,
    typer.Option("--vers", metavar="DOSSIER", help="Où écrire les lettres ; créé s’il manque."),
]
Expediteur = Annotated[
    str | None, typer.Option("--expediteur", metavar="NOM", help="Qui signe les lettres.")
]
Remplacer = Annotated[
    bool, typer.Option("--remplacer", help="Accepte de remplacer les lettres qui existent déjà.")
]


def register(group: typer.Typer) -> None:
    """Add the two commands to the group of the cockpit."""
    lettres = typer.Typer(cls=Groupe, help=_AIDE, rich_markup_mode=None)
    lettres.command("retards", help=_AIDE_RETARDS, epilog=_EXEMPLES_RETARDS, cls=Commande)(retards)
    lettres.command(
        "comparaison", help=_AIDE_COMPARAISON, epilog=_EXEMPLES_COMPARAISON, cls=Commande
    )(comparaison)
    group.add_typer(lettres, name="lettres")


def retards(  # noqa: PLR0913, PLR0917 — one parameter per option
    vers: Vers,
    extrait: Annotated[
        str | None,
        typer.Option("--extrait", metavar="EXTRAIT", help=f"{_MOT} Le dernier sinon."),
    ] = None,
    annee: Annotated[
        int | None,
        typer.Option("--annee", metavar="ANNEE", help="Par défaut, celle de l’extraction."),
    ] = None,
    type_siae: Types = None,
    departement: Argent = None,
    departement_structure: Siege = None,
    expediteur: Expediteur = None,
    *,
    remplacer: Remplacer = False,
) -> None:
    """Write the letters on late entries."""
    filtre = read_filtre(type_siae, departement, departement_structure)
    from maillage.analyses.pilotage.lettres import (  # noqa: PLC0415 — heavy
        EXPEDITEUR,
        write_late,
    )
    from maillage.indicators.pilotage.lecture import load_faits  # noqa: PLC0415 — heavy
    from maillage.indicators.pilotage.tableaux import list_retards  # noqa: PLC0415 — heavy

    faits = load_faits(extrait)
    an = _check_year(faits, annee)
    lettres = write_late(faits, an, list_retards(faits, an, filtre), expediteur or EXPEDITEUR)
    _write(
        lettres, vers, "Aucun mois n’est en retard : aucune lettre à écrire.", remplacer=remplacer
    )


def comparaison(  # noqa: PLR0913, PLR0917 — one parameter per option
    vers: Vers,
    ancien: Annotated[str | None, typer.Argument(metavar="[ANCIEN]", help=_MOT)] = None,
    nouveau: Annotated[str | None, typer.Argument(metavar="[NOUVEAU]", help=_MOT)] = None,
    type_siae: Types = None,
    departement: Argent = None,
    departement_structure: Siege = None,
    expediteur: Expediteur = None,
    *,
    remplacer: Remplacer = False,
) -> None:
    """Write the letters on what changed between two extracts."""
    filtre = read_filtre(type_siae, departement, departement_structure)
    from maillage.analyses.pilotage.comparaison import (  # noqa: PLC0415 — heavy
        open_comparaison,
        restrict,
    )
    from maillage.analyses.pilotage.lettres import (  # noqa: PLC0415 — heavy
        EXPEDITEUR,
        write_changes,
    )

    compares = restrict(open_comparaison(ancien, nouveau), filtre)
    lettres = write_changes(compares, expediteur or EXPEDITEUR)
    _write(lettres, vers, "Rien n’a changé : aucune lettre à écrire.", remplacer=remplacer)


def _write(lettres: Sequence[Lettre], vers: Path, rien: str, *, remplacer: bool) -> None:
    from maillage.cli.page_lettres import write_lettres  # noqa: PLC0415 — heavy
    from maillage.kernel.francais import accorder  # noqa: PLC0415 — heavy

    if not lettres:
        typer.echo(typographie(rien))
        return
    le = datetime.now(tz=UTC).date()  # noqa: TID251 — the clock is read here, and passed in
    write_lettres(lettres, vers, le, remplacer=remplacer)
    quoi = accorder(len(lettres), "lettre écrite", "lettres écrites")
    synthetique = any(lettre.avis for lettre in lettres)
    suite = " Données synthétiques : n’en envoyez aucune." if synthetique else ""
    typer.echo(typographie(f"{quoi} dans {vers}.{suite}"))


def _check_year(faits: Faits, annee: int | None) -> int:
    """The year that is asked for, that of the extraction by default.

    Raises:
        SaisieInvalide: no annexe touches it (MLG-CLI-004).
    """
    from maillage.indicators.pilotage.tableaux import list_annees  # noqa: PLC0415 — heavy

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
    return faits.extrait.extraction.year if annee is None else annee
