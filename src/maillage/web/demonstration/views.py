"""Entering the demonstration as one role or another, without any password."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from maillage.web.demonstration.reseau import ROLES, find_personne

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def _require_demonstration() -> None:
    if not settings.DEMONSTRATION:
        msg = "this is not the demonstration"
        raise Http404(msg)


def accueil(request: HttpRequest) -> HttpResponse:
    """The roles that can be tried, and what each sees.

    Raises:
        Http404: this is not the demonstration.
    """
    _require_demonstration()
    roles = [(role, find_personne(role), phrase) for role, phrase in ROLES.items()]
    return render(request, "demonstration/accueil.html", {"roles": roles})


@require_POST
def entrer(request: HttpRequest, role: str) -> HttpResponse:
    """Sign in as the person of a role.

    Raises:
        Http404: this is not the demonstration, or nobody has that role.
    """
    _require_demonstration()
    personne = next((find_personne(r) for r in ROLES if r.value == role), None)
    if personne is None:
        msg = "nobody has that role"
        raise Http404(msg)
    login(request, personne, backend="django.contrib.auth.backends.ModelBackend")
    return redirect("espace")
