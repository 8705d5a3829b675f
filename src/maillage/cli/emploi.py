"""`maillage emploi`: what a job changes for the person, the employer and public money."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from maillage.cli.analyseur import Commande, Groupe
from maillage.cli.emploi_options import (
    OptionAccidents,
    OptionAuDela,
    OptionCongesPayes,
    OptionFormat,
    OptionFoyer,
    OptionHeures,
    OptionHypotheses,
    OptionLe,
    OptionMontantUnitaire,
    OptionProjection,
    OptionRemplacer,
    OptionRevaloriser,
    OptionSinonEnEmploi,
    OptionSortie,
    OptionType,
)
from maillage.cli.page import page_width
from maillage.cli.regles_droit import open_legislation
from maillage.cli.saisie_regles import parse_jour
from maillage.cli.sortie import open_sortie
from maillage.kernel.errors import Anomalie, SaisieInvalide

if TYPE_CHECKING:
    from maillage.analyses.emploi.table import Table

_AIDE = """
La valeur d’un emploi : ce qu’il change pour la personne, l’employeur et les comptes publics.
"""
_AIDE_CALCULER = """
Un emploi sur un foyer type : revenus avant et après, coût, comptes publics, et ce que changerait +x €/h.

Les revenus viennent d’une table calculée par OpenFisca-France ; l’aide au poste et la réduction de
cotisations, des règles de Maillage. Le résultat public est un intervalle, de « personne n’aurait eu
d’emploi » à « tous auraient eu le même ailleurs » : aucune statistique n’est supposée. Là où l’aide au
poste n’est pas connue, les revenus sont donnés, les comptes sont refusés.
"""
_EXEMPLES_CALCULER = """
maillage emploi calculer --foyer seul_rsa --heures 24 --type AI
maillage emploi calculer --foyer isole_2_enfants --heures 26 --type ACI --revaloriser 0,50
maillage emploi calculer --foyer seul_57_ass --heures 20 --type AI --sinon-en-emploi 0-30
maillage emploi calculer --foyer seul_rsa --heures 24 --type EI --le 2026-09-15 --projection
"""
_AIDE_REVENUS = """
Le revenu d’un foyer type à chaque durée de travail, et ce qui reste de chaque heure de plus.
"""
_EXEMPLES_REVENUS = """
maillage emploi revenus --foyer seul_rsa
maillage emploi revenus --foyer couple_2_enfants --le 2025-11-01 --format csv
"""
_AIDE_FOYERS = """
Les foyers types, leurs hypothèses, et ce qui a calculé leurs revenus.
"""
_EXEMPLES_FOYERS = """
maillage emploi foyers
maillage emploi foyers --format json
"""


def register(application: typer.Typer) -> None:
    """Add the group to the application."""
    group = typer.Typer(cls=Groupe, help=_AIDE, rich_markup_mode=None)
    group.command("calculer", help=_AIDE_CALCULER, epilog=_EXEMPLES_CALCULER, cls=Commande)(
        calculer
    )
    group.command("revenus", help=_AIDE_REVENUS, epilog=_EXEMPLES_REVENUS, cls=Commande)(
        show_revenus
    )
    group.command("foyers", help=_AIDE_FOYERS, epilog=_EXEMPLES_FOYERS, cls=Commande)(show_foyers)
    application.add_typer(group, name="emploi")


def calculer(  # noqa: PLR0913, PLR0917 — one parameter per option
    foyer: OptionFoyer = None,
    heures: OptionHeures = None,
    type_siae: OptionType = None,
    le: OptionLe = None,
    au_dela_du_smic: OptionAuDela = None,
    revaloriser: OptionRevaloriser = None,
    sinon_en_emploi: OptionSinonEnEmploi = None,
    montant_unitaire: OptionMontantUnitaire = None,
    conges_payes: OptionCongesPayes = None,
    accidents_du_travail: OptionAccidents = None,
    hypotheses: OptionHypotheses = None,
    format_sortie: OptionFormat = None,
    sortie: OptionSortie = None,
    *,
    projection: OptionProjection = False,
    remplacer: OptionRemplacer = False,
) -> None:
    """Print the value of a job.

    Raises:
        SaisieInvalide: every option that is missing or wrong.
        PeriodeNonModelisee: the aide au poste is not known; what is known has been printed.
    """
    target = open_sortie(format_sortie, sortie, remplacer=remplacer)
    champs = {"foyer": foyer, "heures": heures, "type": type_siae}
    _check_complete(champs)
    jour = parse_jour(le, "--le")
    from maillage.analyses.emploi import exports  # noqa: PLC0415 — heavy
    from maillage.analyses.emploi.demande import read_demande  # noqa: PLC0415 — heavy
    from maillage.analyses.emploi.valeur import compute_valeur  # noqa: PLC0415 — heavy
    from maillage.cli.page_emploi import render_valeur  # noqa: PLC0415 — with its model

    champs |= {
        "au_dela_du_smic": au_dela_du_smic,
        "revaloriser": revaloriser,
        "sinon_en_emploi": sinon_en_emploi,
        "montant_unitaire": montant_unitaire,
        "conges_payes": conges_payes,
        "accidents_du_travail": accidents_du_travail,
    }
    table, loi = _open_table(hypotheses), open_legislation(None, projection=projection)
    try:
        demande = read_demande(champs, jour, table, loi)
    except SaisieInvalide as refus:
        raise SaisieInvalide(*map(_name_option, refus.anomalies)) from None
    valeur = compute_valeur(demande, table, loi)
    target.write(
        lambda: render_valeur(valeur, table, None if sortie else page_width()),
        lambda: exports.valeur_to_dict(valeur, table),
        lambda: exports.valeur_rows(valeur),
    )
    if valeur.refus is not None:
        raise valeur.refus


def show_revenus(  # noqa: PLR0913 — one parameter per option
    foyer: OptionFoyer = None,
    le: OptionLe = None,
    au_dela_du_smic: OptionAuDela = None,
    hypotheses: OptionHypotheses = None,
    format_sortie: OptionFormat = None,
    sortie: OptionSortie = None,
    *,
    remplacer: OptionRemplacer = False,
) -> None:
    """Print the income of a household at each number of weekly hours.

    Raises:
        SaisieInvalide: every option that is missing or wrong.
    """
    target = open_sortie(format_sortie, sortie, remplacer=remplacer)
    _check_complete({"foyer": foyer})
    jour = parse_jour(le, "--le")
    from maillage.analyses.emploi import exports  # noqa: PLC0415 — heavy
    from maillage.analyses.emploi.demande import read_situation  # noqa: PLC0415 — heavy
    from maillage.analyses.emploi.revenus import list_paliers  # noqa: PLC0415 — heavy
    from maillage.cli.page_emploi import render_paliers  # noqa: PLC0415 — with its model

    table, loi = _open_table(hypotheses), open_legislation(None, projection=False)
    champs = {"foyer": foyer, "au_dela_du_smic": au_dela_du_smic}
    try:
        choisi, majoration, mois = read_situation(champs, jour, table, loi)
    except SaisieInvalide as refus:
        raise SaisieInvalide(*map(_name_option, refus.anomalies)) from None
    paliers = list_paliers(table, mois, choisi.code, majoration)
    target.write(
        lambda: render_paliers(paliers, choisi, table, None if sortie else page_width()),
        lambda: {
            "foyer": exports.foyer_row(choisi),
            "paliers": [exports.palier_row(palier) for palier in paliers],
            "calcul": exports.calcul_to_dict(table),
        },
        lambda: [exports.palier_row(palier) for palier in paliers],
    )


def show_foyers(
    hypotheses: OptionHypotheses = None,
    format_sortie: OptionFormat = None,
    sortie: OptionSortie = None,
    *,
    remplacer: OptionRemplacer = False,
) -> None:
    """Print the typical households."""
    target = open_sortie(format_sortie, sortie, remplacer=remplacer)
    from maillage.analyses.emploi import exports  # noqa: PLC0415 — heavy
    from maillage.cli.page_emploi import render_foyers  # noqa: PLC0415 — with its model

    table = _open_table(hypotheses)
    rangees = [exports.foyer_row(foyer) for foyer in table.hypotheses.foyers.values()]
    target.write(
        lambda: render_foyers(table, None if sortie else page_width()),
        lambda: {"foyers": rangees, "calcul": exports.calcul_to_dict(table)},
        lambda: rangees,
    )


def _open_table(dossier: Path | None) -> "Table":
    from maillage.analyses.emploi.table import read_table  # noqa: PLC0415 — heavy

    return read_table() if dossier is None else read_table(dossier)


def _check_complete(champs: dict[str, str | None]) -> None:
    """Refuse the options that must be there.

    Raises:
        SaisieInvalide: each that is missing (MLG-CLI-003).
    """
    manquantes = [nom for nom, valeur in champs.items() if not valeur]
    if manquantes:
        raise SaisieInvalide(
            *(
                Anomalie(
                    "MLG-CLI-003",
                    f"il manque l’option « --{nom} »",
                    "voyez « maillage emploi calculer --help » et « maillage emploi foyers ».",
                )
                for nom in manquantes
            )
        )


def _name_option(anomalie: Anomalie) -> Anomalie:
    """« au_dela_du_smic » → « --au-dela-du-smic »."""
    return replace(anomalie, ou=f"--{anomalie.ou.replace('_', '-')}")
