"""Figures of a model as they stand on a page: the sentence, the key figures, euros with their sign."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from maillage.kernel.francais import accorder, format_mois, format_nombre, format_valeur
from maillage.kernel.valeur import Absence

if TYPE_CHECKING:
    from datetime import date

    from maillage.analyses.modele.hypotheses import ModeleCalcule
    from maillage.indicators.modele.cadre import Cadre
    from maillage.indicators.modele.cles import Unite
    from maillage.kernel.valeur import Valeur

_DEMI_EURO = 0.5
_POUR_CENT = 100
_PART = "part"
_DECIMALES = {"€/h": 2, "part": 2, "ETP": 2}


def euros(valeur: Valeur, decimales: int = 0) -> str:
    """Whole euros unless told otherwise."""
    return format_valeur(valeur, "€", decimales)


def signed(montant: float, unite: str = "€", decimales: int = 0) -> str:
    """A change: « +1 200 € », « −300 € », « 0 € »."""
    if abs(montant) < _DEMI_EURO / 10**decimales:
        return format_valeur(0.0, unite, decimales)
    signe = "+" if montant > 0 else "\N{MINUS SIGN}"
    return signe + format_valeur(abs(montant), unite, decimales)


def format_chiffre(valeur: float, unite: Unite, chemin: str) -> str:
    """A figure of a model in its unit; a rate is in percent, a coefficient is not."""
    if unite.value == _PART:
        if chemin.endswith(".coefficient"):
            return format_nombre(valeur, 3)
        return format_valeur(valeur * _POUR_CENT, "%", 2)
    decimales = 0 if valeur == int(valeur) else 2
    return format_valeur(valeur, unite.value, _DECIMALES.get(unite.value, decimales))


def name_heure(cadre: Cadre) -> str:
    """What the hours of a structure are, in the singular."""
    return "heure facturée" if cadre.facture_des_heures else "heure payée"


def month_of(debut: date, rang: int) -> str:
    """Month of a rank counted from 1: « mars 2025 »."""
    mois = debut.month - 1 + rang - 1
    return format_mois(debut.year + mois // 12, mois % 12 + 1)


def tell(calcule: ModeleCalcule) -> str:
    """The three answers of a director in a sentence."""
    modele = calcule.modele
    seuils, tresorerie = modele.seuils, modele.tresorerie
    quand = month_of(modele.cadre.debut, tresorerie.mois_bas)
    return (
        f"{_tell_cost(calcule)} ; {_tell_threshold(seuils.volume, seuils.ecart)} ; la trésorerie est au plus bas "
        f"fin {quand}, à {euros(tresorerie.point_bas)}."
    )


def _tell_cost(calcule: ModeleCalcule) -> str:
    seuils = calcule.modele.seuils
    if isinstance(seuils.cout, Absence):
        return "Aucune heure n’est comptée"
    return (
        f"Une {name_heure(calcule.modele.cadre)} coûte {euros(seuils.cout, 2)}, une de plus apporte "
        f"{euros(seuils.marge_aidee, 2)}"
    )


def _tell_threshold(volume: Valeur, ecart: Valeur) -> str:
    if isinstance(volume, Absence) or isinstance(ecart, Absence):
        return "aucun volume d’heures n’équilibre l’année"
    if not volume:
        return "l’année est équilibrée sans une heure"
    cote = "de moins" if ecart >= 0 else "de plus"
    heures = accorder(round(volume), "heure", "heures")
    return f"l’équilibre est à {heures}, {format_nombre(abs(ecart))} {cote} que prévu"


def list_cles(calcule: ModeleCalcule) -> list[dict[str, Any]]:
    """Key figures: hour, margin, thresholds, result, lowest cash."""
    modele = calcule.modele
    seuils, tresorerie = modele.seuils, modele.tresorerie
    heure = name_heure(modele.cadre)
    bas = month_of(modele.cadre.debut, tresorerie.mois_bas)
    prix = "de vente, aux heures prévues"
    return [
        _cle("Coût d’une heure", euros(seuils.cout, 2), f"par {heure}, toutes charges"),
        _cle("Marge d’une heure", euros(seuils.marge_aidee, 2), "aide au poste comprise"),
        _cle("Heures à l’équilibre", format_valeur(seuils.volume), "dans l’année"),
        _cle("Prix à l’équilibre", euros(seuils.prix, 2), prix),
        _cle("Résultat", euros(modele.resultat), "de l’année"),
        _cle("Trésorerie la plus basse", euros(tresorerie.point_bas), f"fin {bas}"),
    ]


def _cle(nom: str, valeur: str, periode: str) -> dict[str, Any]:
    return {"nom": nom, "lien": valeur, "unite": "", "periode": periode}
