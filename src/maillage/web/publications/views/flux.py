"""Feeds: open to everyone, or a person's own at a secret address."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response

from maillage.web.network.mandats import load_acteur
from maillage.web.publications.actions.abonnements import hash_jeton
from maillage.web.publications.article import from_rendu
from maillage.web.publications.courrier.messages import network_name
from maillage.web.publications.flux import ENTREES, FORMATS, render_feed
from maillage.web.publications.models import FluxPersonnel, Rendu
from maillage.web.publications.querysets import audience_of
from maillage.web.publications.texte.document import Audience

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase


def public(request: HttpRequest, format_: str) -> HttpResponseBase:
    """The feed that anybody may follow.

    Raises:
        Http404: there is no such format.
    """
    adresse = reverse("publications-flux", kwargs={"format_": format_})
    answer = _answer(request, format_, Audience.PUBLIQUE, adresse)
    answer.headers.setdefault("Cache-Control", "public, max-age=300")
    return answer


def personnel(request: HttpRequest, jeton: str, format_: str) -> HttpResponseBase:
    """The feed of whoever holds the secret, in the version that this person may read today.

    Raises:
        Http404: the address was closed or never was, or the account is closed.
    """
    flux = (
        FluxPersonnel.objects.select_related("utilisateur")
        .filter(empreinte=hash_jeton(jeton), utilisateur__is_active=True)
        .first()
    )
    if flux is None:
        msg = "no such feed"
        raise Http404(msg)
    acteur = load_acteur(flux.utilisateur_id, timezone.localdate())
    answer = _answer(request, format_, audience_of(acteur), "")
    answer["Cache-Control"] = "private, no-store"
    answer["X-Robots-Tag"] = "noindex, nofollow"
    answer["Referrer-Policy"] = "no-referrer"
    return answer


def _answer(
    request: HttpRequest, format_: str, audience: Audience, adresse: str
) -> HttpResponseBase:
    if format_ not in FORMATS:
        msg = "no such format"
        raise Http404(msg)
    rendus = Rendu.objects.lisible(audience, timezone.now()).prefetch_related(
        "themes", "parution__pieces__piece"
    )[:ENTREES]
    articles = [from_rendu(rendu) for rendu in rendus]
    titre = f"{network_name()}\u00a0: publications"
    corps = render_feed(format_, titre, adresse, articles, prive=not adresse)
    etag = f'"{hashlib.sha256(corps.encode()).hexdigest()[:32]}"'
    answer = HttpResponse(corps, content_type=f"application/{format_}+xml; charset=utf-8")
    answer["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=answer) or answer
