"""What the middleware has put on a request, typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from django.http import HttpRequest

    from maillage.web.droits.acteur import Acteur
    from maillage.web.network.models import DepotFichier, Organisation, Rattachement
    from maillage.web.network.people import Personne


def acteur_of(request: HttpRequest) -> Acteur:
    """Who asks."""
    return cast("Acteur", request.acteur)  # type: ignore[attr-defined]  # set by the middleware


def organisation_of(request: HttpRequest) -> Organisation:
    """The organisation that the address names."""
    return cast("Organisation", request.objet)  # type: ignore[attr-defined]  # set by the middleware


def personne_of(request: HttpRequest) -> Personne:
    """The person that the address names, with the roles that whoever asks may read."""
    personne = cast("Personne", request.objet)  # type: ignore[attr-defined]  # set by the middleware
    return personne.seen_by(acteur_of(request))


def rattachement_of(request: HttpRequest) -> Rattachement:
    """The role that the address names."""
    return cast("Rattachement", request.objet)  # type: ignore[attr-defined]  # set by the middleware


def depot_of(request: HttpRequest) -> DepotFichier:
    """The file that the address names."""
    return cast("DepotFichier", request.objet)  # type: ignore[attr-defined]  # set by the middleware
