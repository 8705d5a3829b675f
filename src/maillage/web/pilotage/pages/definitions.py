"""What each figure of the cockpit is.

Anybody who reads a figure opens it, to answer « what exactly is counted, and what else could it mean? »
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from maillage.indicators.pilotage.cartes import CARTES
from maillage.web.pilotage.entete import FIL

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def page(request: HttpRequest) -> HttpResponse:
    """Every card."""
    contexte = {"fil": [FIL, ("", "Définitions")], "cartes": CARTES}
    return render(request, "pilotage/definitions.html", contexte)
