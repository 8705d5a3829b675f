"""The actions of the trail, in French."""

from __future__ import annotations

from typing import Final

LIBELLES_ACTIONS: Final[dict[str, str]] = {
    "compte.inviter": "invitation envoyée",
    "compte.ouvrir": "compte ouvert",
    "compte.fermer": "compte fermé",
    "compte.rouvrir": "compte rouvert",
    "compte.oublier_second_facteur": "second facteur oublié",
    "reseau.creer": "réseau créé",
    "role.donner": "rôle donné",
    "sauvegarde.faire": "sauvegarde faite",
    "consentement.decider": "consentements décidés",
    "questionnaire.creer": "questionnaire créé",
    "questionnaire.presenter": "présentation du questionnaire modifiée",
    "questionnaire.definir": "définition du questionnaire modifiée",
    "questionnaire.ouvrir": "questionnaire ouvert",
    "questionnaire.corriger": "correction du questionnaire mise en vigueur",
    "questionnaire.clore": "questionnaire clos",
    "questionnaire.relancer": "directions relancées",
    "questionnaire.envoyer": "réponse au questionnaire envoyée",
    "questionnaire.rouvrir": "réponse au questionnaire rouverte",
}


def libelle_action(action: str) -> str:
    """Words for an action; its own code when nobody gave it any."""
    return LIBELLES_ACTIONS.get(action, action)
