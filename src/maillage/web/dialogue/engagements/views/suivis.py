"""What a person follows, and how they stop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from maillage.kernel.errors import Anomalie, Introuvable
from maillage.kernel.francais import accorder
from maillage.web.dialogue.engagements.lecture import reverse_or_empty
from maillage.web.dialogue.engagements.requete import acteur_of, find_visible, utilisateur_of
from maillage.web.dialogue.engagements.suivi import (
    Arret,
    find_followed,
    follow,
    read_arret,
    stop,
)
from maillage.web.dialogue.models import Abonnement, Engagement, Espace

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@never_cache
def liste(request: HttpRequest) -> HttpResponse:
    """What the person follows; posting a number stops it."""
    utilisateur = utilisateur_of(request)
    if request.method == "POST":
        numero = request.POST.get("abonnement", "")
        if numero.isascii() and numero.isdigit():
            stop(Arret(utilisateur.pk, int(numero)))
            messages.success(request, "Vous ne le suivez plus.")
        return redirect("engagements-suivis")
    suivis = Abonnement.objects.filter(utilisateur=utilisateur).select_related(
        "engagement", "espace"
    )
    acteur = acteur_of(request)
    engagements = set(
        Engagement.objects.visible(acteur)
        .filter(suivis__utilisateur=utilisateur)
        .values_list("pk", flat=True)
    )
    espaces = set(
        Espace.objects.visible(acteur)
        .filter(suivis__utilisateur=utilisateur)
        .values_list("pk", flat=True)
    )
    lignes = [_row(s, engagements, espaces) for s in suivis.order_by("-at", "-pk")]
    contexte = {
        "fil": [("/dialogue/engagements/", "Engagements"), ("", "Ce que je suis")],
        "lignes": lignes,
        "constat": _finding(len(lignes)),
    }
    return render(request, "dialogue/engagements/suivis.html", contexte)


def _finding(nombre: int) -> str:
    if not nombre:
        return "Vous ne suivez aucun engagement."
    suivis = accorder(nombre, "chose", "choses")
    return (
        f"Vous suivez {suivis}\u00a0: un e-mail à chaque changement d’état, et 30 et 7\u00a0jours avant une "
        "échéance."
    )


def _row(
    abonnement: Abonnement, engagements: set[int], espaces: set[int]
) -> tuple[Abonnement, str, str, str]:
    """What is followed: its line, its kind, its name and its address; unnamed when no longer read."""
    if abonnement.engagement is not None:
        if abonnement.engagement_id not in engagements:
            return abonnement, "engagement", "un engagement que vous ne lisez plus", ""
        adresse = reverse_or_empty("engagement", abonnement.engagement_id)
        return abonnement, "engagement", abonnement.engagement.phrase, adresse
    if abonnement.espace is None or abonnement.espace_id not in espaces:
        return abonnement, "espace", "un espace que vous ne lisez plus", ""
    adresse = reverse_or_empty("espace-dialogue", abonnement.espace_id)
    return abonnement, "espace", abonnement.espace.nom, adresse


@require_POST
def suivre(request: HttpRequest, pk: int) -> HttpResponse:
    """Follow a commitment, or stop.

    Raises:
        Http404: there is none, or it is not for this person.
    """
    engagement, utilisateur = find_visible(request, pk), utilisateur_of(request)
    suivi = find_followed(utilisateur.pk, engagement=engagement)
    if suivi is None:
        follow(utilisateur, engagement=engagement)
        messages.success(
            request, "Vous le suivez\u00a0: un e-mail à chaque changement et avant l’échéance."
        )
    else:
        stop(Arret(utilisateur.pk, suivi.pk))
        messages.success(request, "Vous ne le suivez plus.")
    return redirect("engagement", pk=engagement.pk)


@require_POST
def suivre_espace(request: HttpRequest, pk: int) -> HttpResponse:
    """Follow every commitment of a place, or stop; back to where the person was.

    Raises:
        Http404: there is no such place, or it is not for this person.
    """
    espace = Espace.objects.visible(acteur_of(request)).filter(pk=pk).first()
    if espace is None:
        msg = "no such place for this person"
        raise Http404(msg)
    utilisateur = utilisateur_of(request)
    suivi = find_followed(utilisateur.pk, espace=espace)
    if suivi is None:
        follow(utilisateur, espace=espace)
        messages.success(
            request,
            "Vous suivez cet espace\u00a0: un e-mail à chaque changement de ses engagements.",
        )
    else:
        stop(Arret(utilisateur.pk, suivi.pk))
        messages.success(request, "Vous ne suivez plus cet espace.")
    retour = request.POST.get("retour", "")
    if retour and url_has_allowed_host_and_scheme(retour, allowed_hosts=None):
        return redirect(retour)
    return redirect("engagements-suivis")


@csrf_exempt  # mail programs post here without any page of ours: the signed token is the proof
@never_cache
def arret(request: HttpRequest, jeton: str) -> HttpResponse:
    """Stop following by the link of a mail, without signing in; in one click for mail programs.

    Raises:
        Introuvable: MLG-ENG-030, the link was not made here.
    """
    lu = read_arret(jeton)
    if lu is None:
        raise Introuvable(
            Anomalie(
                "MLG-ENG-030",
                "Ce lien d’arrêt n’est pas complet.",
                "Suivez-le depuis l’e-mail lui-même, ou réglez vos suivis dans votre espace.",
                "adresse de la page",
            )
        )
    if request.method == "POST":
        stop(lu)
    contexte = {"is_fait": request.method == "POST", "tout": lu.abonnement_id is None}
    return render(request, "dialogue/engagements/arret.html", contexte)
