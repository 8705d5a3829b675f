"""Home of a visitor: France in a sentence, what the network says of late, what the site is, the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils import timezone

from maillage.web.droits.acteur import VISITEUR
from maillage.web.espace.nouvelles import list_nouvelles
from maillage.web.territoires.views.accueil import describe_france

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def accueil(request: HttpRequest) -> HttpResponse:
    """The same page for everybody: even a member reads here what is public."""
    nouvelles = list_nouvelles(VISITEUR, timezone.now())
    return render(
        request, "espace/visiteur.html", {"nouvelles": nouvelles, **describe_france(request)}
    )
