"""What the middleware has put on a request, typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.http import Http404

from maillage.web.dialogue.models import Engagement

if TYPE_CHECKING:
    from django.http import HttpRequest

    from maillage.web.accounts.models import Utilisateur
    from maillage.web.dialogue.models import Charge
    from maillage.web.droits.acteur import Acteur


def acteur_of(request: HttpRequest) -> Acteur:
    """Who asks."""
    return cast("Acteur", request.acteur)  # type: ignore[attr-defined]  # set by the middleware


def utilisateur_of(request: HttpRequest) -> Utilisateur:
    """The account of the person signed in; the table of access lets nobody else in."""
    return cast("Utilisateur", request.user)


def engagement_of(request: HttpRequest) -> Engagement:
    """The commitment that an address of staff names."""
    return cast("Engagement", request.objet)  # type: ignore[attr-defined]  # set by the middleware


def charge_of(request: HttpRequest) -> Charge:
    """The office that an address of staff names."""
    return cast("Charge", request.objet)  # type: ignore[attr-defined]  # set by the middleware


def find_visible(request: HttpRequest, pk: int) -> Engagement:
    """The commitment that an address names, when the person reads it.

    Raises:
        Http404: there is none, or it is not for them.
    """
    avec = ("charge", "porteur", "espace", "rencontre", "proposition", "sujet")
    found: Engagement | None = (
        Engagement.objects.visible(acteur_of(request)).select_related(*avec).filter(pk=pk).first()
    )
    if found is None:
        msg = "no such commitment for this person"
        raise Http404(msg)
    return found
