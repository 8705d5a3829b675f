"""Why a figure is absent, in one French sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.indicators.carte import Famille
from maillage.indicators.catalogue import get_carte
from maillage.kernel.niveau import Niveau
from maillage.kernel.valeur import Absence, Valeur

if TYPE_CHECKING:
    from maillage.indicators.carte import Carte

VILLAGES_DETRUITS = frozenset({"55039", "55050", "55139", "55189", "55239", "55307"})
"""Communes of the Meuse without inhabitants since 1918 (INSEE, population 0)."""
_OUTRE_MER: dict[str, str] = {
    "971": "la Guadeloupe",
    "972": "la Martinique",
    "973": "la Guyane",
    "974": "La Réunion",
    "976": "Mayotte",
}
_REGIONS = {"01": "971", "02": "972", "03": "973", "04": "974", "06": "976"}
_CORSE = {"2A": "la Corse-du-Sud", "2B": "la Haute-Corse"}
_SANS_FILOSOFI = frozenset({"971", "973", "976"})
_ZONES_SANS_CHOMAGE = frozenset({"0301", "0302", "0303", "0601"})
_MAYOTTE = "976"


def motif(indicateur: str, niveau: Niveau, code: str, valeur: Valeur) -> str:
    """Why one figure is absent; empty when it is a number.

    Raises:
        Introuvable: no such indicator (MLG-IND-001).
    """
    if not isinstance(valeur, Absence):
        return ""
    carte = get_carte(indicateur)
    if niveau not in carte.niveaux:
        return f"cet indicateur n’est pas publié au niveau « {niveau.libelle} »"
    reasons = {
        Absence.SECRETE: "protégé par le secret statistique : trop peu de ménages ou de personnes",
        Absence.EN_RETARD: "attendu, pas encore reçu",
        Absence.PAS_ENCORE_PUBLIEE: _not_yet(niveau),
        Absence.SANS_OBJET: _not_applicable(carte, niveau, code),
    }
    return reasons.get(valeur) or _unknown(carte, niveau, code)


def _not_yet(niveau: Niveau) -> str:
    if niveau is Niveau.COMMUNE:
        return "commune rétablie en 2024 ou 2025 : ses chiffres propres ne sont pas encore publiés"
    return "aucun chiffre n’est encore publié pour ce territoire"


def _not_applicable(carte: Carte, niveau: Niveau, code: str) -> str:
    if niveau is Niveau.COMMUNE and code in VILLAGES_DETRUITS:
        return "commune sans habitant : village détruit en 1916, jamais repeuplé"
    if carte.denominateur:
        base = carte.denominateur[0].lower() + carte.denominateur[1:].rstrip(".")
        return f"sans objet : le dénominateur est nul ({base})"
    return "sans objet pour ce territoire"


def _unknown(carte: Carte, niveau: Niveau, code: str) -> str:
    departement = departement_of(niveau, code)
    sources = " ".join(carte.sources)
    if "filosofi" in sources and departement in _SANS_FILOSOFI:
        return f"non publié par l’INSEE pour {_OUTRE_MER[departement]}"
    if departement == _MAYOTTE and carte.sources and "qpv" not in sources:
        return "non publié pour Mayotte dans la source utilisée"
    if carte.code == "taux_chomage_localise" and code in _ZONES_SANS_CHOMAGE:
        return "l’INSEE ne publie pas de taux de chômage localisé pour cette zone d’emploi"
    if "depenses_insertion" in sources and departement in _CORSE:
        return f"non publié pour {_CORSE[departement]} depuis la collectivité unique de 2018"
    return _unknown_by_source(carte, niveau, sources)


def _unknown_by_source(carte: Carte, niveau: Niveau, sources: str) -> str:
    if "oarsa" in sources:
        return "l’enquête ne donne pas de réponse pour ce département cette année-là"
    if carte.famille is Famille.ECART:
        return "le besoin n’est pas publié pour ce territoire sous cette clé"
    if "qpv" in sources:
        return (
            "un quartier prioritaire déborde du territoire ou n’a pas de chiffre publié : la part "
            "qui lui revient n’est pas connue"
        )
    if carte.famille is Famille.OFFRE and niveau is Niveau.COMMUNE:
        return "le registre donne la commune entière, non l’arrondissement municipal"
    return _unknown_sum(carte, niveau)


def _unknown_sum(carte: Carte, niveau: Niveau) -> str:
    if carte.niveaux == (Niveau.EPCI,):
        return "intercommunalité absente de la source, ou chiffre perdu par celle-ci cette année-là"
    if niveau in {Niveau.REGION, Niveau.FRANCE} and Niveau.COMMUNE not in carte.niveaux:
        return "il manque le chiffre d’un département au moins : la somme serait fausse"
    if niveau is not Niveau.COMMUNE and Niveau.COMMUNE in carte.niveaux:
        return "les communes dont le chiffre est connu réunissent moins de la moitié des habitants"
    return "la source ne donne pas de chiffre pour ce territoire"


def departement_of(niveau: Niveau, code: str) -> str:
    """Département that a code tells of: its own, its commune's, or its overseas région's."""
    if niveau is Niveau.REGION:
        return _REGIONS.get(code, "")
    if niveau is Niveau.DEPARTEMENT:
        return code
    if niveau is Niveau.COMMUNE:
        return code[:3] if code.startswith("97") else code[:2]
    return ""
