"""The first start: the network and its first administrator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from maillage.web.accounts.actions import LienDejaUtilise
from maillage.web.accounts.forms import PremierDemarrageForm
from maillage.web.accounts.models import Invitation
from maillage.web.accounts.views import get_invitation, refuse_lien, sign_in
from maillage.web.network.actions import start_network

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@never_cache
@sensitive_post_parameters("mot_de_passe", "encore")
def premier_demarrage(request: HttpRequest, jeton: str) -> HttpResponse:
    """Whoever holds the link printed by the command creates the network.

    Raises:
        Introuvable: MLG-CPT-001, the link was used, has expired or never was.
    """
    lien = get_invitation(request, jeton, Invitation.Nature.PREMIER_DEMARRAGE)
    formulaire = PremierDemarrageForm(request.POST or None)
    if request.method == "POST" and formulaire.is_valid():
        donnees = formulaire.cleaned_data
        try:
            utilisateur = start_network(
                lien,
                reseau=donnees["reseau"],
                administrateur=formulaire.future_utilisateur(donnees),
                mot_de_passe=donnees["mot_de_passe"],
                le=timezone.localdate(),
            )
        except LienDejaUtilise:
            refuse_lien()
        return sign_in(request, utilisateur)
    return render(request, "network/premier_demarrage.html", {"form": formulaire})
