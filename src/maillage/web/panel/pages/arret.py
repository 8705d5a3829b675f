"""Do I freeze this edition? What will happen is said before, and cannot be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone

from maillage.kernel.errors import SaisieInvalide
from maillage.web.network.requete import acteur_of
from maillage.web.panel.arret import arreter
from maillage.web.panel.entete import describe
from maillage.web.panel.models import EditionDuPanel
from maillage.web.panel.recueil import list_annees_possibles, list_d_accord

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from maillage.kernel.errors import Anomalie


def page(request: HttpRequest) -> HttpResponse:
    """Ask for a confirmation, then freeze; all that prevents it is said on the same page."""
    le = timezone.localdate()
    annees = list_annees_possibles()
    voulue = request.POST.get("annee") or request.GET.get("annee", "")
    annee = int(voulue) if voulue.isascii() and voulue.isdigit() else (annees or [le.year - 1])[0]
    anomalies: tuple[Anomalie, ...] = ()
    if request.method == "POST":
        try:
            edition = arreter(annee, le, by=acteur_of(request).utilisateur_id)
        except SaisieInvalide as error:
            anomalies = error.anomalies
        else:
            messages.success(request, f"L’édition {annee} est arrêtée.")
            return redirect("panel-edition", pk=edition.pk)
    contexte = describe(("", "Arrêter une édition")) | {
        "annee": annee,
        "le": le,
        "d_accord": len(list_d_accord(le)[1]),
        "avant": EditionDuPanel.objects.published().filter(annee=annee).first(),
        "anomalies": anomalies,
    }
    return render(request, "panel/arreter.html", contexte, status=400 if anomalies else 200)
