"""« Ce qui a changé cette année »."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from maillage.kernel.errors import Anomalie, SaisieInvalide
from maillage.kernel.francais import guillemets
from maillage.web.dialogue.contexte import acteur_of
from maillage.web.dialogue.espaces.changements import load_changements, summarise
from maillage.web.dialogue.models import Espace

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

_PREMIERE = 1980


def page(request: HttpRequest) -> HttpResponse:
    """What changed in the year of the address, this one by default."""
    le = timezone.localdate()
    actuelle = le.year
    annee = _parse_annee(request.GET.get("annee", str(actuelle)), actuelle)
    changements = load_changements(Espace.objects.visible(acteur_of(request)), annee, le)
    contexte = {
        "fil": [
            (reverse("dialogue"), "Dialogue"),
            (reverse("espaces-dialogue"), "Espaces"),
            ("", f"Ce qui a changé en {annee}"),
        ],
        "annee": annee,
        "constat": summarise(changements),
        "changements": changements,
        "precedente": annee - 1 if annee > _PREMIERE else None,
        "suivante": annee + 1 if annee < actuelle else None,
    }
    return render(request, "dialogue/espaces/changements.html", contexte)


def _parse_annee(texte: str, actuelle: int) -> int:
    """The year that the address names.

    Raises:
        SaisieInvalide: MLG-ESP-004, it is not one.
    """
    if texte.isascii() and texte.isdigit() and _PREMIERE <= int(texte[:5]) <= actuelle:
        return int(texte)
    raise SaisieInvalide(
        Anomalie(
            "MLG-ESP-004",
            f"L’année {guillemets(texte)} n’a pas de page.",
            f"Demandez une année de {_PREMIERE} à {actuelle}.",
            "adresse de la page",
        )
    )
