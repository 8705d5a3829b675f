"""What a person receives: mail and a feed of their own; and how one stops without signing in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from maillage.kernel.errors import Anomalie, Introuvable
from maillage.web.accounts.models import Utilisateur
from maillage.web.publications.actions import abonnements
from maillage.web.publications.courrier.adresses import read_stop
from maillage.web.publications.forms import AbonnementForm
from maillage.web.publications.models import Abonnement, FluxPersonnel
from maillage.web.publications.views.contexte import get_acteur, get_utilisateur

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@never_cache
def choix(request: HttpRequest) -> HttpResponse:
    """How often mail comes, and the feed of one's own."""
    utilisateur = get_utilisateur(request)
    abonnement = Abonnement.objects.filter(utilisateur=utilisateur).first() or Abonnement()
    formulaire = AbonnementForm(request.POST or None, initial={"frequence": abonnement.frequence})
    if request.method == "POST" and formulaire.is_valid():
        frequence = Abonnement.Frequence(formulaire.cleaned_data["frequence"])
        abonnements.choose(utilisateur, frequence, by=utilisateur.pk)
        messages.success(request, f"C’est noté\u00a0: {frequence.label}.")
        return redirect("publications-abonnements")
    return _page(request, formulaire, abonnement)


@never_cache
@require_POST
def renouveler(request: HttpRequest) -> HttpResponse:
    """Give a new secret address to the person's feed, and show it this once."""
    utilisateur = get_utilisateur(request)
    jeton = abonnements.renew_feed(utilisateur)
    abonnement = Abonnement.objects.filter(utilisateur=utilisateur).first() or Abonnement()
    formulaire = AbonnementForm(initial={"frequence": abonnement.frequence})
    return _page(request, formulaire, abonnement, jeton)


@require_POST
def fermer(request: HttpRequest) -> HttpResponse:
    """Close the address of the person's feed."""
    abonnements.revoke_feed(get_utilisateur(request))
    messages.success(
        request, "Votre flux personnel est fermé\u00a0: son adresse n’ouvre plus rien."
    )
    return redirect("publications-abonnements")


def _page(
    request: HttpRequest, formulaire: AbonnementForm, abonnement: Abonnement, jeton: str = ""
) -> HttpResponse:
    adresse = f"{settings.ADRESSE_PUBLIQUE}/publications/flux/{jeton}.atom" if jeton else ""
    contexte = {
        "fil": [("/publications/", "Publications"), ("", "Ce que je reçois")],
        "form": formulaire,
        "abonnement": abonnement,
        "flux": FluxPersonnel.objects.filter(utilisateur=get_utilisateur(request)).first(),
        "adresse_flux": adresse,
        "is_adherent": get_acteur(request).is_adherent,
    }
    return render(request, "publications/abonnements.html", contexte)


@csrf_exempt  # mail programs post here without any page of ours: the signed token is the proof
@never_cache
def desabonnement(request: HttpRequest, jeton: str) -> HttpResponse:
    """Stop all mail by the link of a mail, without signing in; in one click for mail programs.

    Raises:
        Introuvable: MLG-PUB-240, the link was not made here, or its person has gone.
    """
    numero = read_stop(jeton)
    utilisateur = Utilisateur.objects.filter(pk=numero).first() if numero is not None else None
    if utilisateur is None:
        raise Introuvable(
            Anomalie(
                "MLG-PUB-240",
                "Ce lien de désabonnement n’est pas complet.",
                "Suivez-le depuis l’e-mail lui-même, ou réglez vos envois dans votre espace.",
                "adresse de la page",
            )
        )
    if request.method == "POST":
        abonnements.choose(utilisateur, Abonnement.Frequence.JAMAIS, by=utilisateur.pk)
    return render(request, "publications/desabonnement.html", {"is_fait": request.method == "POST"})
