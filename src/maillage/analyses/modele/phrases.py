"""The figures that answer a director, and the sentences that tell them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.kernel.valeur import Absence

if TYPE_CHECKING:
    from maillage.analyses.modele.hypotheses import ModeleCalcule
    from maillage.kernel.valeur import Valeur

SANS_OBJET = Absence.SANS_OBJET.value


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
