"""Handing over an accounting file.

A director, or whoever keeps the accounts, opens it to answer « can it be read, and is anything of our clients
kept? »
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render

from maillage.kernel.errors import UserError
from maillage.web.economie.depots import put_fec, tell_period
from maillage.web.economie.entete import describe
from maillage.web.economie.forms import DepotFecForm
from maillage.web.network.requete import acteur_of, organisation_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from maillage.kernel.errors import Anomalie


def page(request: HttpRequest, pk: int) -> HttpResponse:
    """The form; all that is wrong of a file is told at once, and nothing is kept of it."""
    del pk
    organisation = organisation_of(request)
    envoi = request.method == "POST"
    form = DepotFecForm(request.POST, request.FILES) if envoi else DepotFecForm()
    anomalies: tuple[Anomalie, ...] = ()
    if envoi and form.is_valid():
        try:
            exercice = put_fec(
                organisation, form.cleaned_data["fichier"], acteur_of(request).utilisateur_id
            )
        except UserError as error:
            anomalies = error.anomalies
        else:
            if exercice.is_accepte:
                messages.success(request, f"L’exercice {tell_period(exercice)} est lu.")
                return redirect("economie", pk=organisation.pk)
            return redirect("economie-exercice", pk=organisation.pk, numero=exercice.pk)
    contexte = describe(organisation, ("", "Déposer un FEC")) | {
        "form": form,
        "anomalies": anomalies,
    }
    return render(request, "economie/deposer.html", contexte, status=400 if anomalies else 200)
