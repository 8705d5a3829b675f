"""The note-taking screen: one screen, phone or desk, that goes on without network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.views.decorators.http import require_POST

from maillage.web.dialogue.models import Point
from maillage.web.dialogue.rencontres import carnet
from maillage.web.dialogue.rencontres.phrases import tell_when
from maillage.web.dialogue.rencontres.requete import rencontre_of
from maillage.web.dialogue.rencontres.views.fiche import breadcrumb, writer_of

if TYPE_CHECKING:
    from django.http import HttpRequest

_PREMIERES = (
    Point.Nature.NOTE,
    Point.Nature.DECLARATION,
    Point.Nature.QUESTION,
    Point.Nature.REPONSE,
    Point.Nature.DEMANDE,
    Point.Nature.OFFRE,
    Point.Nature.INFORMATION,
    Point.Nature.POSITION,
    Point.Nature.DECISION,
    Point.Nature.SUITE,
    Point.Nature.ORDRE_DU_JOUR,
)
"""In the order of the keys."""
_TOUCHES = "1234567890"
_RIEN_DE_NEUF = 204
_ILLISIBLE = 400


def page(request: HttpRequest, pk: int) -> HttpResponse:
    """The screen. It holds no note: a copy of it may stay on the device, the notes come by themselves."""
    del pk
    rencontre = rencontre_of(request)
    touches = [*_TOUCHES, *[""] * (len(_PREMIERES) - len(_TOUCHES))]
    contexte = {
        "fil": breadcrumb(rencontre, "Prendre des notes"),
        "rencontre": rencontre,
        "quand": tell_when(rencontre),
        "natures": list(zip(_PREMIERES, touches, strict=True)),
        "participants": rencontre.participants.order_by("cote", "id"),
        "texte_max": carnet.TEXTE_MAX,
    }
    answer = render(request, "dialogue/rencontres/notes.html", contexte)
    answer["Cache-Control"] = "private, no-store"
    return answer


def state(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody's notes, when anything changed since the state that the device knows."""
    del pk
    rencontre = rencontre_of(request)
    etat = carnet.read_state(rencontre)
    if request.GET.get("etat") == etat:
        return _private(HttpResponse(status=_RIEN_DE_NEUF))
    contenu = {
        "etat": etat,
        # signing in again in another tab changes what forms must carry
        "jeton": get_token(request),
        "notes": carnet.describe_all(rencontre),
    }
    return _private(JsonResponse(contenu))


@require_POST
def receive(request: HttpRequest, pk: int) -> HttpResponse:
    """Notes that a device sends, each with its answer."""
    del pk
    try:
        reponses = carnet.receive(rencontre_of(request), request.body, by=writer_of(request))
    except carnet.EnvoiIllisible:
        return _private(JsonResponse({"message": "Envoi illisible."}, status=_ILLISIBLE))
    return _private(JsonResponse({"notes": reponses}))


def worker(request: HttpRequest, pk: int) -> HttpResponse:
    """The script that opens the screen again without network; it answers for this address alone."""
    del pk
    contexte = {"rencontre": rencontre_of(request)}
    answer = render(
        request, "dialogue/rencontres/hors-ligne.js", contexte, content_type="text/javascript"
    )
    answer["Cache-Control"] = "no-cache"
    return answer


def _private(answer: HttpResponse) -> HttpResponse:
    answer["Cache-Control"] = "private, no-store"
    return answer
