"""What the addresses of the ledger of commitments ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.web.droits.acces import Acces, Ouverture
from maillage.web.droits.permissions import Permission

if TYPE_CHECKING:
    from collections.abc import Mapping

_PUBLIC = Acces(Ouverture.PUBLIC)
_CONNECTE = Acces(Ouverture.CONNECTE)
_TENIR = Acces(Permission.DIALOGUE_TENIR)
_ENGAGEMENT = Acces(Permission.DIALOGUE_TENIR, objet="engagement")
_CHARGE = Acces(Permission.DIALOGUE_TENIR, objet="charge")

ROUTES: Mapping[str, Acces] = {
    # open addresses, whose items are filtered by who reads them
    "engagements": _PUBLIC,
    "engagements-fichier": _PUBLIC,
    "engagements-decidim": _PUBLIC,
    "engagement": _PUBLIC,
    "charges": _PUBLIC,
    "charge": _PUBLIC,
    "engagements-arret": _PUBLIC,
    "engagements-suivis": _CONNECTE,
    "engagement-suivre": _CONNECTE,
    "espace-suivre": _CONNECTE,
    "engagement-creer": _TENIR,
    "engagement-modifier": _ENGAGEMENT,
    "engagement-etat": _ENGAGEMENT,
    "engagement-contredire": _ENGAGEMENT,
    "engagement-fait": _ENGAGEMENT,
    "charge-creer": _TENIR,
    "charge-modifier": _CHARGE,
    "charge-changement": _CHARGE,
    "charge-titulaire": _CHARGE,
    "reprise-decider": _CHARGE,
}
"""Addresses of this part."""
