"""Calendar feeds: open to everyone, of one space, or a person's own at a secret address."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from maillage.web.dialogue.agenda import TYPE_MIME, render_agenda
from maillage.web.dialogue.agendas.actions import close_agenda, find_agenda, renew_agenda
from maillage.web.dialogue.agendas.contenu import load_agenda
from maillage.web.dialogue.contexte import acteur_of, utilisateur_of
from maillage.web.dialogue.espaces.views.fiche import find_visible
from maillage.web.dialogue.models import Agenda, Espace, Visibilite
from maillage.web.droits.acteur import VISITEUR
from maillage.web.network.mandats import load_acteur
from maillage.web.publications.courrier.messages import network_name

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase
    from icalendar import Calendar

    from maillage.web.droits.acteur import Acteur

_ESPACES_MAX = 30
"""Private spaces whose own address is offered at once."""


def public(request: HttpRequest) -> HttpResponseBase:
    """The calendar that anybody may follow: the same for everyone, signed in or not."""
    agenda = load_agenda(f"{network_name()}\u00a0: dialogue", VISITEUR, timezone.localdate())
    answer = _answer(request, agenda, "dialogue")
    answer.headers.setdefault("Cache-Control", "public, max-age=300")
    return answer


def espace(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The calendar of a space: what whoever asks may read of it.

    Raises:
        Http404: there is no such space that they may read.
    """
    acteur = acteur_of(request)
    return _private(_answer_espace(request, find_visible(pk, acteur), acteur))


def personnel(request: HttpRequest, jeton: str) -> HttpResponseBase:
    """Everything that the holder of the secret may read today.

    Raises:
        Http404: the address was closed or never was, or the account is closed.
    """
    acteur = _acteur_of(jeton)
    nom = f"{network_name()}\u00a0: mon agenda du dialogue"
    agenda = load_agenda(nom, acteur, timezone.localdate())
    return _private(_answer(request, agenda, "mon-agenda"))


def personnel_espace(request: HttpRequest, jeton: str, pk: int) -> HttpResponseBase:
    """What the holder of the secret may read of one space today.

    Raises:
        Http404: the address was closed or never was, or the space is not theirs to read.
    """
    acteur = _acteur_of(jeton)
    return _private(_answer_espace(request, find_visible(pk, acteur), acteur))


def _acteur_of(jeton: str) -> Acteur:
    """The holder of a secret, with the roles of today.

    Raises:
        Http404: nothing answers to that secret.
    """
    agenda = find_agenda(jeton)
    if agenda is None:
        msg = "no such calendar"
        raise Http404(msg)
    return load_acteur(agenda.utilisateur_id, timezone.localdate())


def _answer_espace(request: HttpRequest, trouve: Espace, acteur: Acteur) -> HttpResponseBase:
    agenda = load_agenda(trouve.nom, acteur, timezone.localdate(), trouve)
    return _answer(request, agenda, f"espace-{trouve.pk}")


def _answer(request: HttpRequest, agenda: Calendar, nom: str) -> HttpResponseBase:
    corps = render_agenda(agenda)
    etag = f'"{hashlib.sha256(corps).hexdigest()[:32]}"'
    answer = HttpResponse(corps, content_type=TYPE_MIME)
    answer["ETag"] = etag
    answer["Content-Disposition"] = f'inline; filename="{nom}.ics"'
    return get_conditional_response(request, etag=etag, response=answer) or answer


def _private(answer: HttpResponseBase) -> HttpResponseBase:
    answer["Cache-Control"] = "private, no-store"
    answer["X-Robots-Tag"] = "noindex, nofollow"
    answer["Referrer-Policy"] = "no-referrer"
    return answer


@never_cache
def choix(request: HttpRequest) -> HttpResponse:
    """The person's calendar: whether it is open, and how to open or close it."""
    return _page(request)


@never_cache
@require_POST
def renouveler(request: HttpRequest) -> HttpResponse:
    """Give a secret address to the person's calendar, and show it this once."""
    return _page(request, renew_agenda(utilisateur_of(request)))


@require_POST
def fermer(request: HttpRequest) -> HttpResponse:
    """Close the address of the person's calendar."""
    close_agenda(utilisateur_of(request))
    messages.success(request, "Votre agenda est fermé\u00a0: son adresse n’ouvre plus rien.")
    return redirect("agenda-dialogue")


def _page(request: HttpRequest, jeton: str = "") -> HttpResponse:
    utilisateur = utilisateur_of(request)
    adresse = reverse("agenda-dialogue-personnel", args=[jeton]) if jeton else ""
    contexte = {
        "fil": [(reverse("dialogue"), "Dialogue"), ("", "Mon agenda")],
        "agenda": Agenda.objects.filter(utilisateur=utilisateur).first(),
        "adresse": f"{settings.ADRESSE_PUBLIQUE}{adresse}" if jeton else "",
        "espaces": _adresses(acteur_of(request), jeton) if jeton else [],
        "adresse_publique": settings.ADRESSE_PUBLIQUE + reverse("agenda-dialogue-public"),
    }
    return render(request, "dialogue/agendas/agenda.html", contexte)


def _adresses(acteur: Acteur, jeton: str) -> list[tuple[str, str]]:
    """Name and secret address of the calendar of each space that is not public."""
    prives = Espace.objects.visible(acteur).exclude(visibilite=Visibilite.PUBLIC)
    nom = "agenda-dialogue-personnel-espace"
    return [
        (espace.nom, settings.ADRESSE_PUBLIQUE + reverse(nom, args=[jeton, espace.pk]))
        for espace in prives[:_ESPACES_MAX]
    ]
