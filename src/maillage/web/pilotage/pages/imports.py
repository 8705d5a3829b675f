"""Bringing an extract in.

Whoever receives the file of the ASP opens it, to answer « is it right, and what is in it? »
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters

from maillage.kernel.errors import UserError
from maillage.web.network.requete import acteur_of
from maillage.web.pilotage.depots import accept_repairs, put_import, stop
from maillage.web.pilotage.entete import FIL
from maillage.web.pilotage.forms import DepotExtraitForm
from maillage.web.pilotage.models import ImportExtrait

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from maillage.kernel.errors import Anomalie

_EXTRAITS = ("/pilotage/extraits/", "Extraits")


@sensitive_post_parameters("mot_de_passe")
def deposer(request: HttpRequest) -> HttpResponse:
    """The form; the files are kept aside and the worker is asked to import them."""
    envoi = request.method == "POST"
    form = DepotExtraitForm(request.POST, request.FILES) if envoi else DepotExtraitForm()
    anomalies: tuple[Anomalie, ...] = ()
    if envoi and form.is_valid():
        donnees = form.cleaned_data
        try:
            demande = put_import(
                donnees["fichiers"], donnees["mot_de_passe"], acteur_of(request).utilisateur_id
            )
        except UserError as error:
            anomalies = error.anomalies
        else:
            return redirect("pilotage-import", pk=demande.pk)
    contexte = {
        "fil": [FIL, _EXTRAITS, ("", "Importer")],
        "form": form,
        "anomalies": anomalies,
    }
    return render(request, "pilotage/importer.html", contexte, status=400 if anomalies else 200)


def suivre(request: HttpRequest, pk: int) -> HttpResponse:
    """How far an import is, what came of it; stop it, or accept what it would mend."""
    del pk
    demande = cast("ImportExtrait", request.objet)  # type: ignore[attr-defined]  # set by the middleware
    if request.method == "POST":
        if request.POST.get("faire") == "accepter":
            accept_repairs(demande)
        else:
            stop(demande)
            messages.success(request, "L’arrêt est demandé : rien ne sera gardé.")
        return redirect("pilotage-import", pk=demande.pk)
    contexte = {
        "fil": [FIL, _EXTRAITS, ("", "Import")],
        "demande": demande,
        "Etat": ImportExtrait.Etat,
    }
    gabarit = "pilotage/fragments/import.html" if _is_partial(request) else "pilotage/import.html"
    return render(request, gabarit, contexte)


def _is_partial(request: HttpRequest) -> bool:
    return bool(request.htmx)  # type: ignore[attr-defined]  # set by its middleware
