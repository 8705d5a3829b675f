"""Annexes as plain rows and trees, for CSV and JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from maillage.analyses.annexes.model import AnnexeEcartee
from maillage.regles.engine.trace import legale_to_dict

if TYPE_CHECKING:
    from maillage.analyses.annexes.model import Annexe, AnnexeCalculee, Bareme, Releve
    from maillage.kernel.money import Centimes


def montant_texte(montant: Centimes | None) -> str | None:
    """Euros with two decimals and a point; None stays None."""
    return None if montant is None else str(montant.to_euros())


def releve_rows(releve: Releve) -> list[dict[str, str | None]]:
    """One row per annexe, in the order of the file; no amount for those set aside."""
    return [
        {
            "af_numero_annexe_financiere": rangee.numero,
            "montant_total_annuel": None
            if isinstance(rangee, AnnexeEcartee)
            else montant_texte(rangee.montant),
            "ecart": None if isinstance(rangee, AnnexeEcartee) else montant_texte(rangee.ecart),
        }
        for rangee in releve.rangees
    ]


def releve_to_dict(releve: Releve) -> dict[str, Any]:
    """Everything that is known of a file."""
    ecarts = [rangee for rangee in releve.calculees if rangee.ecart is not None]
    return {
        "fichier": releve.fichier,
        "extraction": None if releve.extraction is None else releve.extraction.isoformat(),
        "nombre_annexes": len(releve.rangees),
        "nombre_calculees": len(releve.calculees),
        "nombre_comparees": len(ecarts),
        "nombre_ecarts": sum(1 for rangee in ecarts if rangee.ecart and rangee.ecart.nombre),
        "avertissements": list(releve.avertissements),
        "annexes": [
            {
                "af_numero_annexe_financiere": rangee.numero,
                "ligne": rangee.ligne,
                "montant_total_annuel": None,
                "ecart": None,
                "motif": rangee.motif,
            }
            if isinstance(rangee, AnnexeEcartee)
            else calculee_to_dict(rangee)
            for rangee in releve.rangees
        ],
    }


def calculee_to_dict(calculee: AnnexeCalculee) -> dict[str, Any]:
    """One annexe, its amount, and its unit amount against the law."""
    return {
        **annexe_to_dict(calculee.annexe),
        "duree_mois": calculee.duree_mois,
        "montant_total_annuel": montant_texte(calculee.montant),
        "montant_publie": montant_texte(calculee.annexe.montant_publie),
        "ecart": montant_texte(calculee.ecart),
        "bareme": bareme_to_dict(calculee.bareme),
    }


def annexe_to_dict(annexe: Annexe) -> dict[str, Any]:
    """What one annexe agrees."""
    return {
        "af_numero_annexe_financiere": annexe.numero or None,
        "avenants": annexe.avenants or None,
        "ligne": annexe.ligne or None,
        "type_siae": annexe.type_siae,
        "territoire": annexe.territoire,
        "date_debut_effet": annexe.date_debut.isoformat(),
        "date_fin_effet": annexe.date_fin.isoformat(),
        "etp_conventionnes": f"{annexe.etp_centiemes // 100}.{annexe.etp_centiemes % 100:02d}",
        "montant_unitaire": montant_texte(annexe.montant_unitaire),
    }


def bareme_to_dict(bareme: Bareme) -> dict[str, Any]:
    """The verdict on a unit amount, its sentence and the legal value behind it."""
    return {
        "conformite": bareme.conformite.value,
        "phrase": bareme.phrase,
        "socle": montant_texte(bareme.socle),
        "parametre": None if bareme.legale is None else legale_to_dict(bareme.legale),
    }
