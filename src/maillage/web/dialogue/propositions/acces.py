"""What the addresses of proposals and subjects ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.web.droits.acces import Acces, Ouverture
from maillage.web.droits.permissions import Permission

if TYPE_CHECKING:
    from collections.abc import Mapping

_PUBLIC = Acces(Ouverture.PUBLIC)
_TENIR = Acces(Permission.DIALOGUE_TENIR)
_PROPOSITION = Acces(Permission.DIALOGUE_TENIR, objet="proposition")

ROUTES: Mapping[str, Acces] = {
    # open addresses, whose items are filtered by who reads them
    "propositions": _PUBLIC,
    "propositions-fichier": _PUBLIC,
    "proposition": _PUBLIC,
    "proposition-version": _PUBLIC,
    "chiffrage": _PUBLIC,
    "sujets": _PUBLIC,
    "sujet": _PUBLIC,
    "sujet-courbe": _PUBLIC,
    "proposition-creer": _TENIR,
    "proposition-modifier": _PROPOSITION,
    "proposition-texte": _PROPOSITION,
    "proposition-porter": _PROPOSITION,
    "portage-repondre": _PROPOSITION,
    "proposition-debouche": _PROPOSITION,
    "proposition-document": _PROPOSITION,
    "proposition-chiffrer": _PROPOSITION,
    "chiffrage-refaire": _PROPOSITION,
    # subjects are national: the page itself refuses a regional delegate
    "sujet-creer": _TENIR,
    "sujet-modifier": _TENIR,
    "sujet-fait": _TENIR,
}
"""Addresses of this part."""
