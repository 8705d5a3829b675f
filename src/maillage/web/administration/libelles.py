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
}


def libelle_action(action: str) -> str:
    """Words for an action; its own code when nobody gave it any."""
    return LIBELLES_ACTIONS.get(action, action)
