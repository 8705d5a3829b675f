"""What every page of dialogue reads from the request, typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from maillage.web.droits.permissions import Permission
from maillage.web.network.requete import acteur_of

if TYPE_CHECKING:
    from django.http import HttpRequest

    from maillage.web.accounts.models import Utilisateur

__all__ = ["acteur_of", "can_keep", "objet_of", "utilisateur_of"]


def objet_of(request: HttpRequest) -> Any:
    """The thing that the address names, as the middleware of access found it."""
    return request.objet  # type: ignore[attr-defined]  # set by the middleware


def utilisateur_of(request: HttpRequest) -> Utilisateur:
    """The account of the person signed in; the table of access lets nobody else in."""
    return cast("Utilisateur", request.user)


def can_keep(request: HttpRequest) -> bool:
    """Whether the person writes in dialogue at all, wherever that is."""
    return acteur_of(request).may(Permission.DIALOGUE_TENIR)
