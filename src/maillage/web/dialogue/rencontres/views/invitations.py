"""Inviting to a meeting, telling of a change, calling it off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render

from maillage.kernel.errors import UserError
from maillage.kernel.francais import join_fr
from maillage.web.accounts.models import Utilisateur
from maillage.web.dialogue.agenda import Methode
from maillage.web.dialogue.rencontres.actions import invitations
from maillage.web.dialogue.rencontres.forms_suites import InvitationForm
from maillage.web.dialogue.rencontres.phrases import tell_when
from maillage.web.dialogue.rencontres.requete import rencontre_of
from maillage.web.dialogue.rencontres.views.fiche import (
    add_errors,
    address_of,
    breadcrumb,
    writer_of,
)
from maillage.web.network.forms import explain

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from maillage.web.dialogue.models import Rencontre


def invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the invitation, its change or its cancellation."""
    del pk
    rencontre = rencontre_of(request)
    form = InvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        adresses = form.cleaned_data["adresses"]
        try:
            refusees = invitations.send(rencontre, adresses, by=writer_of(request))
        except UserError as error:
            add_errors(form, None, explain(error))
        else:
            if refusees:
                qui = join_fr(refusees)
                messages.error(
                    request, f"Le courrier n’a pas pu partir vers {qui}\u00a0: recommencez."
                )
            messages.success(request, "L’envoi est parti, ou part dans la minute.")
            return redirect("rencontre", pk=rencontre.pk)
    comptes = Utilisateur.objects.filter(participations__rencontre=rencontre).distinct()
    annule = invitations.method_for(rencontre) is Methode.ANNULER
    contexte = {
        "fil": breadcrumb(rencontre, "Inviter"),
        "rencontre": rencontre,
        "titre": _title_of(rencontre, annule=annule),
        "quand": tell_when(rencontre),
        "comptes": [c.nom_complet for c in comptes],
        "annule": annule,
        "form": form,
        "adresse": address_of(rencontre),
    }
    return render(request, "dialogue/rencontres/inviter.html", contexte)


def _title_of(rencontre: Rencontre, *, annule: bool) -> str:
    if annule:
        return "Envoyer l’annulation"
    return "Envoyer la mise à jour" if rencontre.sequence else "Inviter"
