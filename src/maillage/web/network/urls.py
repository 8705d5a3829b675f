"""Addresses of the network."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from django.urls import path

from maillage.web.network import views
from maillage.web.network.pages import droits, echange, fiche, organisations, personnes, registre

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse


def _on(page: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page about a thing: the middleware has found it by its number and put it on the request."""

    @wraps(page)
    def answer(request: HttpRequest, pk: int, **autres: Any) -> HttpResponse:
        del pk
        return page(request, **autres)

    return answer


_ORGANISATION = "organisations/<int:pk>/"
_PERSONNE = "personnes/<int:pk>/"

urlpatterns = [
    path("premier-demarrage/<str:jeton>/", views.premier_demarrage, name="premier-demarrage"),
    path("", organisations.accueil, name="reseau"),
    path("droits/", droits.page, name="droits"),
    path("organisations/", organisations.page, name="organisations"),
    path(
        "organisations/liste.<str:extension>", organisations.fichier, name="organisations-fichier"
    ),
    path("organisations/creer/", fiche.create, name="organisation-creer"),
    path("echange/", echange.page, name="organisations-echange"),
    path("echange/<str:contenu>.csv", echange.export, name="organisations-export"),
    path("echange/<int:pk>/", _on(echange.preview), name="depot"),
    path(_ORGANISATION, _on(fiche.page), name="organisation"),
    path(f"{_ORGANISATION}modifier/", _on(fiche.modify), name="organisation-modifier"),
    path(f"{_ORGANISATION}archiver/", _on(fiche.archive), name="organisation-archiver"),
    *(
        path(
            f"{_ORGANISATION}{nature}/",
            _on(fiche.edit_lines),
            {"nature": nature},
            name=f"organisation-{nature}",
        )
        for nature in fiche.LIGNES
    ),
    path(f"{_ORGANISATION}consentements/", _on(fiche.consents), name="organisation-consentements"),
    path(f"{_ORGANISATION}registre/", _on(registre.page), name="organisation-registre"),
    path(f"{_ORGANISATION}inviter/", _on(personnes.invite), name="organisation-inviter"),
    path("personnes/", personnes.page, name="personnes"),
    path(_PERSONNE, _on(personnes.fiche), name="personne"),
    path(f"{_PERSONNE}renommer/", _on(personnes.rename), name="personne-renommer"),
    path(f"{_PERSONNE}inviter/", _on(personnes.send_again), name="personne-inviter"),
    path("roles/<int:pk>/terminer/", _on(personnes.end), name="rattachement-terminer"),
]
