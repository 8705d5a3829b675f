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
    from collections.abc import Sequence

    from maillage.analyses.annexes.explication import Explication
    from maillage.regles.versement.annexe import EtpRealises
    from maillage.regles.versement.calendrier import LigneVersement


def render_explications(explications: Sequence[Explication], width: int | None) -> str:
    """Text page of one annexe, or of several that bear the same number."""
    page = Page(width)
    for rang, explication in enumerate(explications):
        if rang:
            page.blank()
        _write_explication(page, explication)
    return page.render()


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


def _write_versements(page: Page, explication: Explication) -> None:
    page.heading("Le versement, mois par mois")
    legale = explication.legale_regime
    page.text(f"Régularisations : {explication.regime.texte} (confiance {legale.confiance}).")
    page.blank()
    rows = [
        [
            ligne.mois.libelle,
            _etp(ligne.etp_realises),
            format_euros(ligne.avance),
            _montant(ligne.regularisation),
            _montant(ligne.verse),
            _montant(ligne.cumul),
        ]
        for ligne in explication.versements
    ]
    entetes = ["Mois", "ETP réalisés", "Avance", "Régularisation", "Versé", "Cumul"]
    page.table(entetes, rows, right={1, 2, 3, 4, 5})
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
        "regularisations": {
            "texte": explication.regime.texte,
            "parametre": legale_to_dict(explication.legale_regime),
        },
        "versements": [_ligne_to_dict(ligne) for ligne in explication.versements],
        "hypotheses": list(explication.hypotheses),
        "avertissements": list(explication.avertissements),
    }


def _ligne_to_dict(ligne: LigneVersement) -> dict[str, Any]:
    etp = ligne.etp_realises
    return {
        "rang": ligne.rang,
        "mois": str(ligne.mois),
        "etp_realises": None if isinstance(etp, Absence) else str(_centiemes(etp)),
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
