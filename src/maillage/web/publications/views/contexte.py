"""What every page of this application reads from the request."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from django.http import HttpRequest

    from maillage.web.accounts.models import Utilisateur
    from maillage.web.droits.acteur import Acteur
    from maillage.web.publications.models import Publication


def get_acteur(request: HttpRequest) -> Acteur:
    """Who asks, as the middleware of access found them."""
    acteur: Acteur = request.acteur  # type: ignore[attr-defined]  # set by AccesMiddleware
    return acteur


def get_publication(request: HttpRequest) -> Publication:
    """The publication that the address names, as the middleware of access found it."""
    publication: Publication = request.objet  # type: ignore[attr-defined]  # set by AccesMiddleware
    return publication


def get_utilisateur(request: HttpRequest) -> Utilisateur:
    """The account of the person signed in; the table of access lets nobody else in."""
    return cast("Utilisateur", request.user)
