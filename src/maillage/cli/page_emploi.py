"""Value of a job, its steps of hours and its households as text pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.analyses.emploi.aides import name_mois
from maillage.analyses.emploi.comptes import LIMITES
from maillage.analyses.emploi.demande import describe_contrefactuel
from maillage.analyses.emploi.exports import list_couts
from maillage.cli.page import Page
from maillage.kernel.francais import format_date, format_nombre
from maillage.kernel.money import Centimes, format_euros

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal
    from fractions import Fraction

    from maillage.analyses.emploi.comptes import Comptes
    from maillage.analyses.emploi.foyers import Foyer
    from maillage.analyses.emploi.revenus import Marge, Palier
    from maillage.analyses.emploi.table import Point, Table
    from maillage.analyses.emploi.valeur import Hausse, ValeurEmploi

_LOGEMENTS = {
    "locataire": "locataire",
    "proprietaire": "propriétaire sans emprunt",
    "heberge": "hébergé",
}
_AVANT = {"rsa": "RSA", "ass": "ASS", "rien": "aucun minimum"}


def render_valeur(valeur: ValeurEmploi, table: Table, width: int | None) -> str:
    """Text page of one job: person, employer, public accounts, rise, hypotheses."""
    page, demande = Page(width), valeur.demande
    page.title(f"Un emploi : {demande.foyer.libelle}")
    page.text(
        f"{demande.heures} heures par semaine à {format_euros(valeur.apres['salaire_horaire'])} brut "
        f"de l’heure, {demande.type_siae}, droit de {name_mois(demande.mois)}. Montants par mois."
    )
    _write_personne(page, valeur)
    if valeur.refus is not None:
        page.heading("Comptes refusés")
        for anomalie in valeur.refus.anomalies:
            page.text(f"{anomalie.quoi}. {anomalie.que_faire}", "  • ")
    if valeur.comptes is not None:
        _write_employeur(page, valeur)
        _write_comptes(page, valeur.comptes)
    if valeur.hausse is not None:
        _write_hausse(page, valeur.hausse)
    _write_notices(page, valeur, table)
    return page.render()


def _write_personne(page: Page, valeur: ValeurEmploi) -> None:
    page.heading("Pour la personne")
    page.table(
        ["", "Sans emploi", "Avec l’emploi", "Différence"],
        [
            [
                part.libelle,
                format_euros(part.avant),
                format_euros(part.apres),
                format_euros(part.difference),
            ]
            for part in valeur.revenus
            if part.avant.nombre or part.apres.nombre
        ],
        right={1, 2, 3},
    )
    page.text(tell_marge(valeur.marge))


def tell_marge(marge: Marge) -> str:
    """What stays of the pay, in French."""
    return (
        f"Pour {format_euros(marge.net)} de salaire net, le foyer a {format_euros(marge.disponible)} de "
        f"plus : il en garde {_percent(marge.part_gardee)}. Taux marginal effectif sur le brut : "
        f"{_percent(marge.taux_marginal_effectif)}."
    )


def _percent(part: Fraction | None) -> str:
    return "—" if part is None else f"{format_nombre(float(part) * 100)} %"


def _write_employeur(page: Page, valeur: ValeurEmploi) -> None:
    page.heading("Pour l’employeur")
    page.table(
        ["", "Montant"],
        [
            [nom, format_euros(Centimes.from_euros(montant))]
            for _, nom, montant, _ in list_couts(valeur)
        ],
        right={1},
    )


def _write_comptes(page: Page, comptes: Comptes) -> None:
    """The two ends of the hypotheses, the smallest share first."""
    bornes = sorted({comptes.contrefactuel.minimum, comptes.contrefactuel.maximum})
    page.heading("Pour les comptes publics")
    page.text(f"Hypothèse de l’utilisateur : {describe_contrefactuel(comptes.contrefactuel)}.")
    page.table(
        ["", *(f"Sans ce poste, {_percent_of(part)} en emploi" for part in bornes)],
        [
            [ligne.libelle, *(format_euros(ligne.at(part)) for part in bornes)]
            for ligne in comptes.lignes
            if ligne.montant.nombre
        ]
        + [["Solde", *(format_euros(comptes.compute_solde(part)) for part in bornes)]],
        right={1, 2},
    )
    bas, haut = comptes.soldes
    entre = (
        format_euros(bas) if bas == haut else f"entre {format_euros(bas)} et {format_euros(haut)}"
    )
    page.text(f"Solde public : {entre} par mois. Positif, il revient plus qu’il n’est versé.")
    page.heading("Sources des comptes publics")
    par_source: dict[str, list[str]] = {}
    for ligne in comptes.lignes:
        if ligne.montant.nombre:
            par_source.setdefault(ligne.source, []).append(ligne.libelle)
    for source, noms in par_source.items():
        page.text(f"{', '.join(noms)} : {source}.", "  • ")


def _percent_of(part: Decimal) -> str:
    return f"{format_nombre(part * 100, 0 if part * 100 % 1 == 0 else 2)} %"


def _write_hausse(page: Page, hausse: Hausse) -> None:
    page.heading(f"Revaloriser de {format_euros(hausse.montant)} de l’heure")
    page.table(
        ["", "Par mois"],
        [
            ["La personne gagne", format_euros(hausse.marge.disponible)],
            ["L’employeur paie", format_euros(hausse.employeur)],
            ["Les comptes publics gagnent", format_euros(hausse.solde)],
            *(
                [f"  dont {ligne.libelle}", format_euros(ligne.montant)]
                for ligne in hausse.public
                if ligne.montant.nombre
            ),
        ],
        right={1},
    )
    page.text(tell_marge(hausse.marge))
    page.text(
        "L’emploi et ses heures sont supposés inchangés ; l’aide au poste ne dépend pas du salaire."
    )


def _write_notices(page: Page, valeur: ValeurEmploi, table: Table) -> None:
    page.heading("Hypothèses et limites")
    for phrase in (*valeur.avertissements, *LIMITES):
        page.text(phrase, "  • ")
    _write_calcul(page, table, valeur.demande.taux_accident_travail)


def _write_calcul(page: Page, table: Table, saisi: Decimal | None = None) -> None:
    taux = format_nombre((saisi or table.hypotheses.taux_accident_travail) * 100, 2)
    page.text(
        f"Employeur de {table.hypotheses.effectif} salariés, accidents du travail à {taux} %.",
        "  • ",
    )
    page.text(
        f"Revenus et cotisations : {table.versions}, table du {format_date(table.fait_le)}, "
        f"{table.commande}.",
        "  • ",
    )


def render_paliers(paliers: Sequence[Palier], foyer: Foyer, table: Table, width: int | None) -> str:
    """Text page of a household at each number of weekly hours."""
    page, premier = Page(width), paliers[0].point
    page.title(f"Revenus selon les heures : {foyer.libelle}")
    payes = [palier.point for palier in paliers if palier.point.heures]
    horaire = format_euros(payes[0]["salaire_horaire"]) if payes else "—"
    page.text(f"{horaire} brut de l’heure, droit de {name_mois(premier.mois)}. Montants par mois.")
    page.blank()
    page.table(
        ["Heures", "Net", "Minima", "Prime", "Logement", "Disponible", "Gardé", "Taux marginal"],
        [_palier_row(palier.point, palier.marge) for palier in paliers],
        right=set(range(8)),
    )
    page.text(
        "« Gardé » : part du salaire net de plus, depuis la ligne précédente, qui reste au foyer."
    )
    page.text(
        "« Disponible » : tout le revenu du foyer, conjoint et prestations familiales compris."
    )
    _write_calcul(page, table)
    return page.render()


def _palier_row(point: Point, marge: Marge | None) -> list[str]:
    return [
        str(point.heures),
        format_euros(point["salaire_net"]),
        format_euros(point["rsa"] + point["ass"]),
        format_euros(point["prime_activite"]),
        format_euros(point["aide_logement"]),
        format_euros(point.revenu_disponible),
        _percent(marge.part_gardee if marge else None),
        _percent(marge.taux_marginal_effectif if marge else None),
    ]


def render_foyers(table: Table, width: int | None) -> str:
    """Text page of the households and of the grid."""
    page, hypotheses = Page(width), table.hypotheses
    page.title("Foyers types")
    page.text(
        "Des hypothèses lisibles, ni des moyennes ni des statistiques ; toutes peuvent être changées."
    )
    page.blank()
    page.table(
        ["Code", "Foyer", "Sans emploi", "Logement", "Loyer", "Zone"],
        [
            [
                foyer.code,
                foyer.libelle,
                _AVANT[foyer.avant],
                _LOGEMENTS[foyer.logement],
                f"{format_nombre(foyer.loyer)} €" if foyer.loyer else "—",
                "—" if foyer.zone is None else str(foyer.zone),
            ]
            for foyer in hypotheses.foyers.values()
        ],
        right={4, 5},
        unwrapped={0},
    )
    page.heading("La grille")
    heures = ", ".join(map(str, hypotheses.heures))
    page.text(f"Heures par semaine : {heures}.", "  • ")
    hausses = ", ".join(map(format_euros, hypotheses.majorations))
    page.text(f"Au-delà du SMIC horaire : {hausses}.", "  • ")
    page.text(f"Droit de : {', '.join(map(name_mois, hypotheses.mois))}.", "  • ")
    _write_calcul(page, table)
    return page.render()
