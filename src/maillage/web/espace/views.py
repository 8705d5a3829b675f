"""Home of a person who has signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def accueil(request: HttpRequest) -> HttpResponse:
    """Roles held, and the way to what they open."""
    return render(request, "espace/accueil.html")
