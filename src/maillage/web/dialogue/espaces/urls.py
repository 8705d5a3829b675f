"""Addresses of the places of dialogue."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from django.urls import path

from maillage.web.dialogue.espaces.views import (
    carte,
    changements,
    ecriture,
    fiche,
    instances,
    liste,
    sieges,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse


def _on(page: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page about a space: the middleware has found it by its number and put it on the request."""

    @wraps(page)
    def answer(request: HttpRequest, pk: int, **autres: Any) -> HttpResponse:
        del pk
        return page(request, **autres)

    return answer


_SIEGE = "<int:pk>/sieges/<int:siege>/"

urlpatterns = [
    path("", liste.page, name="espaces-dialogue"),
    path("liste.<str:extension>", liste.fichier, name="espaces-dialogue-fichier"),
    path("carte/", carte.page, name="espaces-dialogue-carte"),
    path("changements/", changements.page, name="espaces-dialogue-changements"),
    path("instances/", instances.page, name="espaces-dialogue-instances"),
    path("creer/", ecriture.creer, name="espace-dialogue-creer"),
    path("demander/", ecriture.demander, name="espace-dialogue-demander"),
    path("<int:pk>/", fiche.page, name="espace-dialogue"),
    path("<int:pk>/modifier/", _on(ecriture.modifier), name="espace-dialogue-modifier"),
    path("<int:pk>/redemander/", _on(ecriture.redemander), name="espace-dialogue-redemander"),
    path("<int:pk>/devenir/", _on(ecriture.devenir), name="espace-dialogue-devenir"),
    path("<int:pk>/documents/joindre/", _on(ecriture.joindre), name="espace-dialogue-joindre"),
    path(
        "<int:pk>/documents/<int:document>/enlever/",
        _on(ecriture.enlever),
        name="espace-dialogue-enlever",
    ),
    path("<int:pk>/sieges/ajouter/", _on(sieges.ajouter), name="siege-ajouter"),
    path(f"{_SIEGE}corriger/", _on(sieges.corriger), name="siege-corriger"),
    path(f"{_SIEGE}terminer/", _on(sieges.terminer), name="siege-terminer"),
    path(f"{_SIEGE}pourvoir/", _on(sieges.pourvoir), name="siege-pourvoir"),
]
