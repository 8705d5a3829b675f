"""What the addresses of meetings ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.web.droits.acces import Acces, Ouverture
from maillage.web.droits.permissions import Permission

if TYPE_CHECKING:
    from collections.abc import Mapping

# an open address shows what the person may read, and nothing else: `visible(acteur)`
_LIRE = Acces(Ouverture.PUBLIC)
_TENIR = Acces(Permission.DIALOGUE_TENIR)
_TENIR_CELLE_CI = Acces(Permission.DIALOGUE_TENIR, objet="rencontre")

ROUTES: Mapping[str, Acces] = {
    "rencontres": _LIRE,
    "rencontres-fichier": _LIRE,
    "rencontre": _LIRE,
    "rencontre-document": _LIRE,
    "rencontre-compte-rendu": Acces(Ouverture.CONNECTE, ecriture=Permission.ESPACE_SUIVRE),
    "rencontre-creer": _TENIR,
    **dict.fromkeys(
        (
            "rencontre-modifier",
            "rencontre-participants",
            "rencontre-statut",
            "rencontre-annuler",
            "rencontre-publications",
            "rencontre-point-ajouter",
            "rencontre-point",
            "rencontre-point-versions",
            "rencontre-partage",
            "rencontre-notes",
            "rencontre-notes-etat",
            "rencontre-notes-envoi",
            "rencontre-notes-hors-ligne",
            "rencontre-proposer",
            "rencontre-joindre",
            "rencontre-document-changer",
            "rencontre-inviter",
        ),
        _TENIR_CELLE_CI,
    ),
}
"""Addresses of meetings."""
