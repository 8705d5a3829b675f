"""The extracts that were imported.

Staff open it, to answ« which data do I look at, what was said at the import, what can go? »
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render

from maillage.data.extraits import find_extrait, forget_extrait, list_extraits
from maillage.kernel.francais import accorder, format_date
from maillage.web.droits.permissions import Permission
from maillage.web.journal.actions import record
from maillage.web.network.requete import acteur_of
from maillage.web.pilotage.entete import FIL
from maillage.web.pilotage.models import ImportExtrait

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

_DERNIERS = 10


def page(request: HttpRequest) -> HttpResponse:
    """Every extract, the newest first, and the last imports that were asked for."""
    extraits = list_extraits()
    acteur = acteur_of(request)
    contexte = {
        "fil": [FIL, ("", "Extraits")],
        "extraits": extraits,
        "imports": ImportExtrait.objects.all()[:_DERNIERS],
        "importe": acteur.may(Permission.PILOTAGE_IMPORTER),
        "constat": (
            f"{accorder(len(extraits), 'extrait importé', 'extraits importés')} ; le plus récent est du "
            f"{format_date(extraits[0].extraction)}."
            if extraits
            else "Aucun extrait n’est importé."
        ),
    }
    return render(request, "pilotage/extraits.html", contexte)


def fiche(request: HttpRequest, identifiant: str) -> HttpResponse:
    """What an extract holds; forgetting it is confirmed here.

    Raises:
        Introuvable: MLG-FLX-030, no such extract.
    """
    extrait = find_extrait(identifiant)
    if request.method == "POST":
        jour = format_date(extrait.extraction)
        forget_extrait(extrait.identifiant)
        record(
            "pilotage.oublier",
            by=acteur_of(request).utilisateur_id,
            details={"extrait": extrait.identifiant},
        )
        messages.success(request, f"L’extrait du {jour} est oublié, avec tous ses fichiers.")
        return redirect("pilotage-extraits")
    contexte = {
        "fil": [FIL, ("/pilotage/extraits/", "Extraits"), ("", format_date(extrait.extraction))],
        "extrait": extrait,
        "vues": {**extrait.vues, **extrait.comptees}.items(),
        "comptees": extrait.comptees,
        "importe": acteur_of(request).may(Permission.PILOTAGE_IMPORTER),
    }
    return render(request, "pilotage/extrait.html", contexte)
