"""Pages of words, and the state of the service."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import JsonResponse
from django.shortcuts import render

from maillage.web.charte.composants import COMPOSANTS, COULEURS
from maillage.web.territoires import donnees

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def methode(request: HttpRequest) -> HttpResponse:
    """Sources with their licences and defects, method, limits."""
    sources = sorted(donnees.atlas().pack.sources.values(), key=lambda s: (s.producteur, s.titre))
    contexte = {
        "fil": [("", "Méthode")],
        "sources": sources,
        "producteurs": sorted({s.producteur for s in sources}),
        "version": donnees.atlas().cube.version,
    }
    return render(request, "territoires/methode.html", contexte)


def accessibilite(request: HttpRequest) -> HttpResponse:
    """What was done so that everyone can use the site, and what was not."""
    return render(request, "territoires/accessibilite.html", {"fil": [("", "Accessibilité")]})


def composants(request: HttpRequest) -> HttpResponse:
    """The pieces that pages are made of, for whoever writes one."""
    return render(
        request, "charte/composants.html", {"composants": COMPOSANTS, "couleurs": COULEURS}
    )


def sante(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 — Django's signature
    """Whether the service can answer, and with which data."""
    response = JsonResponse({"etat": "ok", "version": donnees.atlas().cube.version})
    response["Cache-Control"] = "no-store"
    return response
