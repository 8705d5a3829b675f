"""The figures that answer a director, and the sentences that tell them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.indicators.modele.cadre import MOIS_PAR_AN
from maillage.kernel.francais import format_date, format_mois, format_nombre, format_valeur
from maillage.kernel.valeur import Absence

if TYPE_CHECKING:
    from maillage.analyses.modele.hypotheses import ModeleCalcule
    from maillage.indicators.modele.seuils import Seuils
    from maillage.kernel.valeur import Valeur

SANS_OBJET = Absence.SANS_OBJET.value
REPONSES = {
    "resultat": ("Résultat de l’année", "€"),
    "heures": ("Heures de l’année", "h"),
    "cout": ("Coût complet d’une heure", "€/h"),
    "prix": ("Ventes d’une heure", "€/h"),
    "cout_direct": ("Coût direct d’une heure", "€/h"),
    "marge": ("Marge d’une heure, hors aide", "€/h"),
    "aide": ("Aide au poste d’une heure, dans les postes conventionnés", "€/h"),
    "marge_aidee": ("Marge d’une heure, aide comprise", "€/h"),
    "heures_aidees": ("Heures où les postes conventionnés sont atteints", "h"),
    "fixe": ("Ce que la marge des heures doit couvrir", "€"),
    "volume": ("Volume d’équilibre", "h"),
    "ecart": ("Heures au-dessus du volume d’équilibre", "h"),
    "prix_equilibre": ("Prix d’équilibre", "€/h"),
    "point_bas": ("Trésorerie la plus basse", "€"),
    "mois_bas": ("Mois du point bas, depuis l’ouverture", "mois"),
}
"""Answers by code: as shown, and their unit."""


def list_reponses(calcule: ModeleCalcule) -> dict[str, Valeur]:
    """Figures that answer, by name: hour, thresholds, result, lowest cash."""
    modele = calcule.modele
    seuils, tresorerie = modele.seuils, modele.tresorerie
    return {
        "resultat": modele.resultat,
        "heures": seuils.heures,
        "cout": seuils.cout,
        "prix": seuils.ventes,
        "cout_direct": seuils.cout_direct,
        "marge": seuils.marge,
        "aide": seuils.aide,
        "marge_aidee": seuils.marge_aidee,
        "heures_aidees": seuils.heures_aidees,
        "fixe": seuils.fixe,
        "volume": seuils.volume,
        "ecart": seuils.ecart,
        "prix_equilibre": seuils.prix,
        "point_bas": tresorerie.point_bas,
        "mois_bas": tresorerie.mois_bas,
    }


def summarise(calcule: ModeleCalcule) -> dict[str, float | str]:
    """The same, an absence being its word."""
    return {
        nom: valeur.value if isinstance(valeur, Absence) else valeur
        for nom, valeur in list_reponses(calcule).items()
    }


def tell_reponses(calcule: ModeleCalcule) -> tuple[str, ...]:
    """The three answers of a director: what an hour costs, from how many hours, how low the cash goes."""
    modele, cadre = calcule.modele, calcule.modele.cadre
    seuils, tresorerie = modele.seuils, modele.tresorerie
    genre = "facturée" if cadre.facture_des_heures else "payée"
    mois = cadre.debut.year * MOIS_PAR_AN + cadre.debut.month - 2 + tresorerie.mois_bas
    quand = format_mois(mois // MOIS_PAR_AN, mois % MOIS_PAR_AN + 1)
    exercice = (
        f"{cadre.type_siae}, exercice ouvert le {format_date(cadre.debut)}, version du "
        f"{format_date(calcule.hypotheses.le)} : résultat {format_nombre(modele.resultat)} €."
    )
    heure = (
        f"Une heure {genre} coûte {format_valeur(seuils.cout, '€', 2)} et se vend "
        f"{format_valeur(seuils.ventes, '€', 2)} ; {_tell_marge(seuils)}."
    )
    bas = f"La trésorerie la plus basse est de {format_nombre(tresorerie.point_bas)} €, à la fin de {quand}."
    return exercice, heure, _tell_volume(calcule), bas


def _tell_marge(seuils: Seuils) -> str:
    """What one more hour brings, on the side of the agreed posts where the year is."""
    plein = not isinstance(seuils.heures_aidees, Absence) and seuils.heures >= seuils.heures_aidees
    if plein:
        marge = format_valeur(seuils.marge, "€", 2)
        return f"une heure de plus rapporte {marge}, sans aide : les postes conventionnés sont atteints"
    marge = format_valeur(seuils.marge_aidee, "€", 2)
    return f"une heure de plus rapporte {marge}, aide au poste comprise"


def _tell_volume(calcule: ModeleCalcule) -> str:
    seuils = calcule.modele.seuils
    if isinstance(seuils.volume, Absence) or isinstance(seuils.ecart, Absence):
        motif = "" if seuils.motif is None else seuils.motif.value
        return f"Pas de volume d’équilibre. {motif}"
    sens = "au-dessus" if seuils.ecart >= 0 else "au-dessous"
    return (
        f"L’année s’équilibre à partir de {format_nombre(seuils.volume)} h : {format_nombre(seuils.heures)} h "
        f"sont prévues, {format_nombre(abs(seuils.ecart))} {sens}."
    )
