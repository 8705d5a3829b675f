"""Whom should the support team call, and why?

A delegate opens it on Monday: the structures that agreed to it, those with the most alerts first, each alert
with its figure and its rule. The accounts themselves stay closed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from maillage.analyses.alertes.regles import list_alertes, list_inconnues
from maillage.kernel.francais import accorder
from maillage.web.droits.permissions import Permission
from maillage.web.economie.situations import load_situations
from maillage.web.network.consents import who_agrees
from maillage.web.network.models import Consentement, Organisation
from maillage.web.network.requete import acteur_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def page(request: HttpRequest) -> HttpResponse:
    """Structures that agreed, by number of alerts; how many did not, without naming them."""
    le = timezone.localdate()
    suivies = Organisation.objects.reachable(acteur_of(request), Permission.ACCOMPAGNER).filter(
        nature=Organisation.Nature.STRUCTURE, is_archived=False
    )
    toutes = list(suivies.members(le).order_by("nom", "pk"))
    accord = who_agrees(Consentement.Usage.ACCOMPAGNEMENT)
    d_accord = [organisation for organisation in toutes if organisation.pk in accord]
    situations = load_situations(d_accord)
    lignes = [
        {
            "organisation": organisation,
            "adresse": reverse("structure", args=[organisation.pk]),
            "alertes": list_alertes(situations[organisation.pk], le),
            "inconnues": list_inconnues(situations[organisation.pk]),
        }
        for organisation in d_accord
    ]
    alertees = sorted(
        (ligne for ligne in lignes if ligne["alertes"]), key=lambda ligne: -len(ligne["alertes"])
    )
    contexte = {
        "fil": [("/espace/", "Espace adhérents"), ("", "Alertes")],
        "constat": _find(len(alertees), len(d_accord), len(toutes)),
        "alertees": alertees,
        "calmes": [ligne for ligne in lignes if not ligne["alertes"]],
        "sans_accord": len(toutes) - len(d_accord),
    }
    return render(request, "economie/alertes.html", contexte)


def _find(alertees: int, d_accord: int, toutes: int) -> str:
    if not d_accord:
        return (
            f"Aucune des {toutes} structures adhérentes n’a donné son accord : aucune alerte ne peut être montrée."
            if toutes
            else "Aucune structure adhérente n’est de votre ressort."
        )
    sur = f"sur {accorder(d_accord, 'qui a donné son accord', 'qui ont donné leur accord')}"
    return f"{accorder(alertees, 'structure a', 'structures ont')} au moins une alerte, {sur}."
