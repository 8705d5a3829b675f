"""Value of a job, its households and its steps of hours, as plain rows and trees, for CSV and JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from maillage.analyses.annexes.exports import montant_texte
from maillage.analyses.emploi.comptes import LIMITES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from maillage.analyses.emploi.comptes import LignePublique
    from maillage.analyses.emploi.foyers import Foyer
    from maillage.analyses.emploi.revenus import Marge, Palier
    from maillage.analyses.emploi.table import Table
    from maillage.analyses.emploi.valeur import Hausse, ValeurEmploi

_DECIMALES = 4
Rangee = dict[str, str | None]
COUTS = {
    "brut": "Salaire brut",
    "cotisations": "Cotisations de l’employeur, au taux plein",
    "taux_reduits": "Taux réduits maladie et famille",
    "reduction": "Réduction générale",
    "aide_au_poste": "Aide au poste",
    "cout": "Reste à payer, hors encadrement et fonctionnement",
}
"""Parts of the employer's cost, in French, in order; those that come off are negative when shown."""
_DEDUITS = ("taux_reduits", "reduction", "aide_au_poste")


def list_couts(valeur: ValeurEmploi) -> list[tuple[str, str, str, str]]:
    """Code, name, amount and source of each part of the cost; none where the rules refuse."""
    employeur, comptes = valeur.employeur, valeur.comptes
    if employeur is None or comptes is None:
        return []
    sources = {ligne.code: ligne.source for ligne in comptes.lignes}
    sources |= {"brut": valeur.source, "reduction": sources["reduction_generale"], "cout": ""}
    sources["cotisations"] = sources["cotisations_employeur"]
    montants = {code: getattr(employeur, code) for code in COUTS}
    return [
        (
            code,
            nom,
            str((-montants[code] if code in _DEDUITS else montants[code]).to_euros()),
            sources[code],
        )
        for code, nom in COUTS.items()
    ]


def valeur_rows(valeur: ValeurEmploi) -> list[Rangee]:
    """One row per line: of the person, of the employer, of the public accounts, of the rise."""
    return [*_iterate_rows(valeur)]


def _iterate_rows(valeur: ValeurEmploi) -> Iterator[Rangee]:
    for part in valeur.revenus:
        yield _row("personne", part.code, part.libelle, valeur.source) | {
            "sans_emploi": montant_texte(part.avant),
            "avec_emploi": montant_texte(part.apres),
            "minimum": montant_texte(part.difference),
            "maximum": montant_texte(part.difference),
        }
    for code, nom, montant, source in list_couts(valeur):
        yield _row("employeur", code, nom, source) | {
            "minimum": montant,
            "maximum": montant,
        }
    if valeur.comptes is not None:
        lignes = [
            (un.code, un.libelle, un.source, *get_bornes(valeur, un))
            for un in valeur.comptes.lignes
        ]
        bas, haut = map(montant_texte, valeur.comptes.soldes)
        for code, nom, source, minimum, maximum in [*lignes, ("solde", "Solde", "", bas, haut)]:
            yield _row("public", code, nom, source) | {"minimum": minimum, "maximum": maximum}
    if valeur.hausse is not None:
        yield from _hausse_rows(valeur.hausse, valeur.source)


def get_bornes(valeur: ValeurEmploi, ligne: LignePublique) -> tuple[str | None, str | None]:
    """Lowest and highest amount of a line over the hypotheses."""
    contrefactuel = valeur.demande.contrefactuel
    bornes = sorted((ligne.at(contrefactuel.minimum), ligne.at(contrefactuel.maximum)))
    return montant_texte(bornes[0]), montant_texte(bornes[1])


def _hausse_rows(hausse: Hausse, source: str) -> Iterator[Rangee]:
    parts = [
        ("hausse_personne", "brut", "Salaire brut", source, hausse.marge.brut),
        ("hausse_personne", "net", "Salaire net", source, hausse.marge.net),
        (
            "hausse_personne",
            "revenu_disponible",
            "Revenu disponible",
            source,
            hausse.marge.disponible,
        ),
        ("hausse_employeur", "cout", "Coût", "", hausse.employeur),
        *(("hausse_public", un.code, un.libelle, un.source, un.montant) for un in hausse.public),
        ("hausse_public", "solde", "Solde", "", hausse.solde),
    ]
    for partie, code, nom, origine, montant in parts:
        texte = montant_texte(montant)
        yield _row(partie, code, nom, origine) | {"minimum": texte, "maximum": texte}


def _row(partie: str, code: str, libelle: str, source: str) -> Rangee:
    return {
        "partie": partie,
        "code": code,
        "libelle": libelle,
        "sans_emploi": None,
        "avec_emploi": None,
        "minimum": None,
        "maximum": None,
        "source": source,
    }


def valeur_to_dict(valeur: ValeurEmploi, table: Table) -> dict[str, Any]:
    """Everything about one job, with the hypotheses and what computed it."""
    demande = valeur.demande
    return {
        "foyer": asdict(demande.foyer),
        "heures": demande.heures,
        "salaire_horaire": montant_texte(valeur.apres["salaire_horaire"]),
        "type": demande.type_siae,
        "mois": demande.mois,
        "sinon_en_emploi": [
            str(part) for part in (demande.contrefactuel.minimum, demande.contrefactuel.maximum)
        ],
        "conges_payes": None if demande.lecture is None else demande.lecture.value,
        "taux_accident_travail": None
        if demande.taux_accident_travail is None
        else str(demande.taux_accident_travail),
        "revaloriser": montant_texte(demande.revaloriser),
        "lignes": valeur_rows(valeur),
        "marge": marge_to_dict(valeur.marge),
        "marge_de_la_hausse": None if valeur.hausse is None else marge_to_dict(valeur.hausse.marge),
        "refus": None if valeur.refus is None else [str(a) for a in valeur.refus.anomalies],
        "avertissements": list(valeur.avertissements),
        "limites": list(LIMITES),
        "calcul": calcul_to_dict(table),
    }


def calcul_to_dict(table: Table) -> dict[str, str]:
    """What the table was made by, from what."""
    return {
        "versions": table.versions,
        "commande": table.commande,
        "fait_le": table.fait_le.isoformat(),
        "hypotheses_sha256": table.hypotheses.sha256,
    }


def marge_to_dict(marge: Marge) -> dict[str, str | float | None]:
    """More gross, net and disposable, and what is kept of it."""
    return {
        "brut": montant_texte(marge.brut),
        "net": montant_texte(marge.net),
        "disponible": montant_texte(marge.disponible),
        "part_gardee": _round(marge.part_gardee),
        "taux_marginal_effectif": _round(marge.taux_marginal_effectif),
    }


def _round(part: Fraction | None) -> float | None:
    return None if part is None else round(float(part), _DECIMALES)


def palier_row(palier: Palier) -> dict[str, str | int | float | None]:
    """One step of hours in one row: every amount of the table, then what the step adds."""
    marge = palier.marge
    return {
        "mois": palier.point.mois,
        "foyer": palier.point.foyer,
        "heures": palier.point.heures,
        **{nom: montant_texte(montant) for nom, montant in palier.point.montants.items()},
        "revenu_disponible": montant_texte(palier.point.revenu_disponible),
        "part_gardee": None if marge is None else _round(marge.part_gardee),
        "taux_marginal_effectif": None if marge is None else _round(marge.taux_marginal_effectif),
    }


def foyer_row(foyer: Foyer) -> dict[str, str | int | None]:
    """One household in one row."""
    return {
        "code": foyer.code,
        "libelle": foyer.libelle,
        "avant": foyer.avant,
        "age": foyer.age,
        "conjoint_age": foyer.conjoint_age,
        "conjoint_heures": foyer.conjoint_heures,
        "enfants": "|".join(map(str, foyer.enfants)),
        "logement": foyer.logement,
        "loyer": foyer.loyer,
        "zone": foyer.zone,
    }
