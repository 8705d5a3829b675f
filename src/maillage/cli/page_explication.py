"""One annexe explained as a text page, and as plain values."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from maillage.analyses.annexes.exports import calculee_to_dict, montant_texte
from maillage.cli.page import Page
from maillage.kernel.francais import format_date, format_nombre
from maillage.kernel.money import Centimes, format_euros
from maillage.kernel.valeur import Absence
from maillage.regles.engine.trace import legale_to_dict

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from maillage.analyses.annexes.cofinancement import Partage
    from maillage.analyses.annexes.complements import Complement
    from maillage.analyses.annexes.explication import Explication
    from maillage.kernel.errors import Anomalie
    from maillage.regles.versement.annexe import EtpRealises
    from maillage.regles.versement.calendrier import LigneVersement
    from maillage.regles.versement.hypotheses import Point


def render_explications(explications: Sequence[Explication], width: int | None) -> str:
    """Text page of one annexe, or of several that bear the same number."""
    page = Page(width)
    for rang, explication in enumerate(explications):
        if rang:
            page.blank()
        _write_explication(page, explication)
    return page.render()


def render_points(points: Mapping[str, Point], width: int | None) -> str:
    """Text page of what the texts leave open, and of its readings."""
    page = Page(width)
    page.title("Ce que les textes laissent ouvert, et comment on le lit")
    page.text("La première lecture est celle qui sert sans --hypothese.")
    for nom, point in points.items():
        page.heading(point.titre)
        for lecture in point.lectures:
            page.text(lecture.value, f"  • {nom}={lecture.code} : ")
    return page.render()


def points_to_rows(points: Mapping[str, Point]) -> list[dict[str, str]]:
    """One row per reading."""
    return [
        {
            "hypothese": nom,
            "titre": point.titre,
            "lecture": lecture.code,
            "defaut": "oui" if lecture is point.defaut else "non",
            "phrase": lecture.value,
        }
        for nom, point in points.items()
        for lecture in point.lectures
    ]


def explications_to_dict(explications: Sequence[Explication]) -> dict[str, Any]:
    """Everything that is known of the annexes explained."""
    return {"annexes": [_to_dict(explication) for explication in explications]}


def explication_rows(explications: Sequence[Explication]) -> list[dict[str, str | None]]:
    """One row per month of payment."""
    return [
        {
            "af_numero_annexe_financiere": explication.calculee.numero or None,
            "ligne": str(explication.calculee.annexe.ligne or "") or None,
            **_ligne_to_dict(ligne),
        }
        for explication in explications
        for ligne in explication.versements
    ]


def _write_explication(page: Page, explication: Explication) -> None:
    annexe = explication.calculee.annexe
    nom = f"{annexe.numero}{annexe.avenants}" or f"Annexe {annexe.type_siae}"
    page.title(f"{nom} : {format_euros(explication.calculee.montant)}")
    page.text(
        f"Du {format_date(annexe.date_debut)} au {format_date(annexe.date_fin)}, "
        f"{format_nombre(Decimal(annexe.etp_centiemes).scaleb(-2), 2)} ETP, "
        f"{_LIEUX[annexe.territoire]}."
    )
    page.heading("Le montant, pas à pas")
    for numero, etape in enumerate(explication.etapes, start=1):
        page.text(f"{etape.nom} = {etape.resultat}", f"{numero}. ")
        page.text(etape.calcul, "   ")
        confiance = f" (confiance {etape.confiance})" if etape.confiance else ""
        page.text(f"Texte : {etape.texte}{confiance}", "   ")
    _write_publie(page, explication)
    _write_changements(page, explication)
    _write_complements(page, explication)
    _write_partage(page, explication)
    _write_versements(page, explication)
    page.heading("À savoir")
    for phrase in explication.avertissements:
        page.text(f"Attention : {phrase}", "  • ")
    for phrase in explication.hypotheses:
        page.text(f"Hypothèse : {phrase}", "  • ")


def _write_publie(page: Page, explication: Explication) -> None:
    publie, ecart = explication.calculee.annexe.montant_publie, explication.calculee.ecart
    if publie is not None and ecart is not None:
        page.blank()
        page.text(f"L’ASP publie {format_euros(publie)} : écart {format_euros(ecart)}.")


def _write_changements(page: Page, explication: Explication) -> None:
    """What the annexe agrees in the end, period by period, where it changes."""
    paiement = explication.paiement
    if not paiement.change:
        return
    page.heading("Ce qui change pendant l’annexe")
    rows = []
    for periode in paiement.periodes:
        premier = paiement.annexe.mois(periode.dernier_mois - periode.longueur + 1)
        dernier = paiement.annexe.mois(periode.dernier_mois)
        rows.append(
            [
                f"{premier.libelle} à {dernier.libelle}",
                format_nombre(Decimal(periode.termes.etp_centiemes).scaleb(-2), 2),
                format_euros(Centimes(periode.termes.montant_unitaire)),
                format_euros(periode.montant),
            ]
        )
    page.table(["Période", "ETP", "Par ETP et par an", "Montant"], rows, right={1, 2, 3})
    page.blank()
    page.text(
        f"Montant conventionné une fois tout compté : {format_euros(paiement.montant_final)}, contre "
        f"{format_euros(explication.calculee.montant)} au premier jour."
    )


def _write_complements(page: Page, explication: Explication) -> None:
    if not explication.complements:
        return
    page.heading("Les compléments")
    for complement in explication.complements:
        if complement.montant is None:
            for anomalie in complement.refus:
                page.text(
                    f"{complement.nom} : inconnu. {anomalie.quoi} {anomalie.que_faire}", "  • "
                )
            continue
        page.text(f"{complement.nom} : {format_euros(complement.montant)}", "  • ")
        page.text(f"{complement.phrase}.", "    ")
        for legale in complement.legales:
            page.text(f"Texte : {legale.reference.titre} (confiance {legale.confiance})", "    ")
    total = explication.total
    page.text(
        f"Annexe et compléments : {'inconnu' if total is None else format_euros(total)}.", "  • "
    )


def _write_partage(page: Page, explication: Explication) -> None:
    partage = explication.partage
    if partage is None:
        return
    page.heading("Ce que paient l’État et le département")
    if partage.departement is None:
        for anomalie in partage.refus:
            page.text(f"Part du département : inconnue. {anomalie.quoi} {anomalie.que_faire}")
        return
    rows = [
        [
            un.mois.libelle,
            format_nombre(un.nombre_beneficiaires),
            format_euros(un.rsa),
            format_euros(un.montant),
            format_euros(un.departement),
            format_euros(un.etat),
        ]
        for un in partage.mois
    ]
    entetes = ["Mois", "Anciens allocataires", "RSA", "Montant", "Département", "État"]
    page.table(entetes, rows, right={1, 2, 3, 4, 5})
    page.blank()
    etat = explication.part_etat
    page.text(
        f"En tout : {format_euros(partage.departement)} pour le département"
        + ("." if etat is None else f", {format_euros(etat)} pour l’État, compléments compris.")
    )


def _write_versements(page: Page, explication: Explication) -> None:
    page.heading("Le versement, mois par mois")
    legale = explication.paiement.legale_regime
    page.text(
        f"Régularisations : {explication.paiement.regime.texte} (confiance {legale.confiance})."
    )
    page.blank()
    rows = [
        [
            ligne.mois.libelle,
            _etp(ligne.etp_conventionnes),
            _etp(ligne.etp_realises),
            format_euros(ligne.avance),
            _montant(ligne.regularisation),
            _montant(ligne.verse),
            _montant(ligne.cumul),
        ]
        for ligne in explication.versements
    ]
    entetes = ["Mois", "ETP conv.", "ETP réalisés", "Avance", "Régularisation", "Versé", "Cumul"]
    page.table(entetes, rows, right={1, 2, 3, 4, 5, 6})
    page.blank()
    for ligne in explication.versements:
        page.text(f"{ligne.mois.libelle.capitalize()} : {ligne.explication}", "  • ")


_LIEUX = {
    "metropole_drom": "métropole ou outre-mer hors Mayotte",
    "mayotte": "Mayotte",
    "milieu_penitentiaire": "milieu pénitentiaire",
}


def _montant(montant: Centimes | Absence) -> str:
    return format_euros(montant) if isinstance(montant, Centimes) else montant.value


def _etp(etp: EtpRealises) -> str:
    return etp.value if isinstance(etp, Absence) else format_nombre(_centiemes(etp), 2)


def _centiemes(etp: Any) -> Decimal:
    """Two decimals, for display only; the amounts rest on the exact figure."""
    exact = (
        Decimal(etp.numerator) / Decimal(etp.denominator) if not isinstance(etp, Decimal) else etp
    )
    return exact.quantize(Decimal("0.01"), ROUND_HALF_UP)


def _to_dict(explication: Explication) -> dict[str, Any]:
    return {
        **calculee_to_dict(explication.calculee),
        "etapes": [
            {
                "nom": etape.nom,
                "calcul": etape.calcul,
                "resultat": etape.resultat,
                "texte": etape.texte,
                "confiance": etape.confiance or None,
            }
            for etape in explication.etapes
        ],
        "montant_final": montant_texte(explication.paiement.montant_final),
        "periodes": [
            {
                "dernier_mois": str(explication.paiement.annexe.mois(periode.dernier_mois)),
                "nombre_mois": periode.longueur,
                "etp_conventionnes": str(Decimal(periode.termes.etp_centiemes).scaleb(-2)),
                "montant_unitaire": montant_texte(Centimes(periode.termes.montant_unitaire)),
                "montant": montant_texte(periode.montant),
            }
            for periode in explication.paiement.periodes
        ],
        "complements": [_complement_to_dict(un) for un in explication.complements],
        "partage": None if explication.partage is None else _partage_to_dict(explication.partage),
        "total": montant_texte(explication.total),
        "part_etat": montant_texte(explication.part_etat),
        "regularisations": {
            "texte": explication.paiement.regime.texte,
            "parametre": legale_to_dict(explication.paiement.legale_regime),
        },
        "versements": [_ligne_to_dict(ligne) for ligne in explication.versements],
        "lectures": [lecture.code for lecture in explication.paiement.lectures],
        "hypotheses": list(explication.hypotheses),
        "avertissements": list(explication.avertissements),
    }


def _complement_to_dict(complement: Complement) -> dict[str, Any]:
    return {
        "code": complement.code,
        "montant": montant_texte(complement.montant),
        "phrase": complement.phrase,
        "parametres": [legale_to_dict(legale) for legale in complement.legales],
        "hypotheses": list(complement.hypotheses),
        "refus": _refus_to_list(complement.refus),
    }


def _partage_to_dict(partage: Partage) -> dict[str, Any]:
    return {
        "departement": montant_texte(partage.departement),
        "mois": [
            {
                "mois": str(un.mois),
                "nombre_beneficiaires": un.nombre_beneficiaires,
                "rsa": montant_texte(un.rsa),
                "montant": montant_texte(un.montant),
                "departement": montant_texte(un.departement),
                "etat": montant_texte(un.etat),
            }
            for un in partage.mois
        ],
        "parametres": [legale_to_dict(legale) for legale in partage.legales],
        "hypotheses": list(partage.hypotheses),
        "refus": _refus_to_list(partage.refus),
    }


def _refus_to_list(anomalies: Sequence[Anomalie]) -> list[dict[str, str]]:
    return [{"code": un.code, "phrase": un.quoi, "que_faire": un.que_faire} for un in anomalies]


def _ligne_to_dict(ligne: LigneVersement) -> dict[str, Any]:
    etp = ligne.etp_realises
    return {
        "rang": ligne.rang,
        "mois": str(ligne.mois),
        "etp_realises": None if isinstance(etp, Absence) else str(_centiemes(etp)),
        "etp_conventionnes": str(_centiemes(ligne.etp_conventionnes)),
        "avance": montant_texte(ligne.avance),
        "droit_a_date": _texte(ligne.droit_a_date),
        "regularisation": _texte(ligne.regularisation),
        "verse": _texte(ligne.verse),
        "cumul": _texte(ligne.cumul),
        "reste_a_reprendre": _texte(ligne.reste_a_reprendre),
        "explication": ligne.explication,
    }


def _texte(montant: Centimes | Absence) -> str | None:
    return montant_texte(montant) if isinstance(montant, Centimes) else None
