"""Rows of the cockpit's tables: on a page, linked to what defends them, and in a file, with their units."""

from __future__ import annotations

import math
from dataclasses import asdict
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from django.urls import reverse

from maillage.indicators.pilotage.tableaux import open_structures
from maillage.kernel.francais import accorder, format_mois, join_fr
from maillage.kernel.niveau import Niveau
from maillage.kernel.valeur import Absence
from maillage.web.network.places import name_of
from maillage.web.pilotage.chiffres import lien_synthese
from maillage.web.pilotage.portee import write_cle
from maillage.web.territoires.tables import Cellule, Colonne, Ligne, lien_texte, sort_places, texte

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from maillage.analyses.exports import Rangee
    from maillage.indicators.pilotage.structures import Cle
    from maillage.indicators.pilotage.synthese import Synthese
    from maillage.indicators.pilotage.tableaux import (
        LigneAnnexe,
        LigneStructure,
        Retard,
        TableStructures,
    )
    from maillage.web.pilotage.choix import Choix

COLONNES: Final = (
    Colonne("nom", "Structure", droite=False),
    Colonne("type", "Type", droite=False),
    Colonne("departement", "Département", "de la structure", droite=False),
    Colonne("etp", "ETP conventionnés", "ETP de l’année"),
    Colonne("faits", "Mois faits", "mois d’annexe"),
    Colonne("retard", "En retard", "mois d’annexe"),
    Colonne("venir", "À venir", "mois d’annexe"),
    Colonne("taux", "Réalisation", "%, mois faits"),
    Colonne("ecart", "Écart", "€, mois faits"),
)
_GARDEES = 32
"""Orders kept in memory."""
TRIS: Final = tuple(colonne.cle for colonne in COLONNES)


def open_table(choix: Choix) -> TableStructures:
    """Structures that the page looks at."""
    return open_structures(choix.faits, choix.annee, choix.filtre, choix.perimetre)


@lru_cache(maxsize=_GARDEES)
def order(table: TableStructures, cle: str, *, descendant: bool) -> tuple[int, ...]:
    """Places of the structures in the order asked for; what is not known comes last."""
    noms = [nom.casefold() for nom in table.texte("denomination")]
    cles: Sequence[Any]
    match cle:
        case "nom":
            cles = noms
        case "type":
            cles = [type_siae for _, type_siae in table.cles]
        case "departement":
            cles = table.texte("departement_structure")
        case "etp":
            cles = table.groupes.conventionne.sum(axis=0).tolist()
        case "taux":
            cles = _finite(table.groupes.taux.tolist())
        case "ecart":
            cles = _finite(table.groupes.ecart.tolist())
        case _:
            rang = {"faits": 0, "retard": 1, "venir": 2}[cle]
            cles = table.groupes.mois[rang].tolist()
    par_nom = sort_places(noms, descendant=False)
    suite = sort_places([cles[place] for place in par_nom], descendant=descendant)
    return tuple(par_nom[place] for place in suite)


def _finite(valeurs: Sequence[float]) -> list[float | None]:
    return [None if math.isnan(valeur) else valeur for valeur in valeurs]


def make_ligne(structure: LigneStructure, choix: Choix) -> Ligne:
    """Row of a structure."""
    cle = (structure.asp_id, structure.type)
    suite = one(choix, cle)
    s = structure.synthese
    return Ligne(
        (
            lien_texte(url_structure(choix, cle), structure.denomination),
            texte(structure.type),
            texte(_departement(structure.departement_structure)),
            Cellule(lien_synthese("etp_conventionnes_mensuels", s, suite, unite=False)),
            *(_count(nombre, s) for nombre in (s.mois_faits, s.mois_en_retard, s.mois_a_venir)),
            Cellule(lien_synthese("taux_realisation", s, suite, unite=False)),
            Cellule(lien_synthese("ecart_euros", s, suite, unite=False)),
        )
    )


def one(choix: Choix, cle: Cle) -> str:
    """Rest of the address of a figure of one structure."""
    base = f"{choix.base}&" if choix.base else ""
    return f"{base}structure={write_cle(cle)}"


def url_structure(choix: Choix, cle: Cle) -> str:
    """Address of the page of a structure, on the same extract, year and perimeter."""
    adresse = reverse("pilotage-structure", args=[write_cle(cle)])
    return f"{adresse}?{choix.base}" if choix.base else adresse


def _count(nombre: int, synthese: Synthese) -> Cellule:
    """Months; without the monthly statements nobody knows which are done."""
    if isinstance(synthese.conventionne_mois_faits, Absence):
        return Cellule(f'<em class="absence">{synthese.conventionne_mois_faits.value}</em>')
    return Cellule(str(nombre))


def _departement(code: str) -> str:
    return name_of(Niveau.DEPARTEMENT, code) or "inconnu"


def structure_row(structure: LigneStructure) -> Rangee:
    """Row of a structure in a file."""
    return {
        "asp_id": structure.asp_id,
        "type": structure.type,
        "structure": structure.denomination,
        "siret": structure.siret,
        "departement_structure": structure.departement_structure,
        **synthese_row(structure.synthese),
    }


def annexe_row(annexe: LigneAnnexe) -> Rangee:
    """Row of an annexe in a file."""
    return {
        "annexe": annexe.numero,
        "etat": annexe.etat,
        "suspendue": "oui" if annexe.suspendue else "non",
        "rejet": annexe.rejet_code,
        "avenant_en_cours": annexe.avenant_en_cours,
        "debut": annexe.debut,
        "fin": annexe.fin,
        "asp_id": annexe.asp_id,
        "type": annexe.type,
        "structure": annexe.denomination,
        "siret": annexe.siret,
        "departement_annexe": annexe.departement_argent,
        "departement_structure": annexe.departement_structure,
        "etp_mensuels": annexe.etp,
        **synthese_row(annexe.synthese),
    }


_UNITES: Final[Mapping[str, str]] = {
    "annexes": "annexes",
    "sans_diviseur": "annexes_sans_heures_d_un_temps_plein",
    "conventionne_annuel": "etp_conventionnes_annee",
    "conventionne_mois_faits": "etp_mois_conventionnes_faits",
    "conventionne_mois_en_retard": "etp_mois_conventionnes_en_retard",
    "conventionne_mois_a_venir": "etp_mois_conventionnes_a_venir",
    "realise_mois": "etp_mois_realises_heures",
    "realise_asp_mois": "etp_mois_realises_part_asp",
    "taux": "taux_realisation_pourcent",
    "ecart_mois": "ecart_etp_mois",
    "ecart_annuel": "ecart_etp_annee",
    "ecart_euros": "ecart_euros",
    "plafonne_annuel": "etp_realises_plafonnes_annee",
    "prevision_annexes": "annexes_de_la_prevision",
    "prevision_conventionne": "etp_conventionnes_de_la_prevision",
    "prevision": "prevision_etp",
    "prevision_basse": "prevision_basse_etp",
    "prevision_haute": "prevision_haute_etp",
    "heures": "heures",
    "heures_facturees": "heures_facturees",
    "salaire_brut": "salaire_brut_euros",
    "brouillons": "releves_en_brouillon",
    "heures_hors_periode": "heures_hors_periode",
}
"""Names of the columns of a file, with their unit; a field that is not here keeps its own."""


def synthese_row(synthese: Synthese) -> dict[str, float | int | str]:
    """Figures in a file; one that is absent is written in words."""
    return {
        _UNITES.get(nom, nom): valeur.value if isinstance(valeur, Absence) else valeur
        for nom, valeur in asdict(synthese).items()
    }


def tell_months(annee: int, mois: Sequence[int]) -> str:
    """Months in words, « de janvier à avril » when they follow one another."""
    if len(mois) > 2 and list(mois) == list(range(mois[0], mois[-1] + 1)):  # noqa: PLR2004 — two are named
        return f"de {format_mois(annee, mois[0]).split()[0]} à {format_mois(annee, mois[-1])}"
    return join_fr(format_mois(annee, m) for m in mois)


def retard_row(retard: Retard, annee: int) -> Rangee:
    """Row of an annexe with late months in a file."""
    return {
        "annexe": retard.numero,
        "asp_id": retard.asp_id,
        "type": retard.type,
        "structure": retard.denomination,
        "annee": annee,
        "mois_en_retard": " ".join(map(str, retard.mois)),
        "nombre_de_mois": len(retard.mois),
        "dernier_mois_saisi": retard.dernier_mois or "aucun",
        "etp_mois": retard.etp_mois,
        "euros_au_plus": round(retard.euros, 2),
    }


def tell_count(nombre: int) -> str:
    """How many structures."""
    return accorder(nombre, "structure", "structures")
