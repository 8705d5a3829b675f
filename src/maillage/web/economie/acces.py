"""What the addresses of the accounts ask for: they are the structure's own, nobody else opens them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.web.droits.acces import Acces
from maillage.web.droits.permissions import Permission

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from maillage.web.droits.acteur import Rattache

OBJETS: Mapping[str, Callable[[int | str], Rattache]] = {}
"""The thing that the addresses name is an organisation, which the network's room finds."""

_SIENNE = Acces(Permission.COMPTES_TENIR, objet="organisation")

ROUTES: Mapping[str, Acces] = {
    "economie-alertes": Acces(Permission.ACCOMPAGNER),
    "economie": _SIENNE,
    "economie-deposer": _SIENNE,
    "economie-exercice": _SIENNE,
    "economie-tresorerie": _SIENNE,
    "economie-fichier": _SIENNE,
    "economie-plan": _SIENNE,
    "economie-argent": _SIENNE,
    "economie-argent-fichier": _SIENNE,
    "economie-modeles": _SIENNE,
    "economie-modele-nouveau": _SIENNE,
    "economie-modele": _SIENNE,
    "economie-modele-changer": _SIENNE,
    "economie-modele-comparer": _SIENNE,
    "economie-modele-tresorerie": _SIENNE,
    "economie-modele-fichier": _SIENNE,
}
"""Addresses of this application."""
