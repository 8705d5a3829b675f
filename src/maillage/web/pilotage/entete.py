"""What every page of the cockpit says of what it looks at: extract, year, perimeter, and how to change them."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from maillage.analyses.pilotage.reperes import REPERES
from maillage.data.extraits import list_extraits
from maillage.indicators.pilotage.etp import PILOTAGE
from maillage.indicators.pilotage.tableaux import list_annees
from maillage.kernel.francais import format_date
from maillage.web.droits.permissions import Permission
from maillage.web.network.requete import acteur_of
from maillage.web.pilotage.choix import LIBELLES_PERIMETRES, Choix, open_choix

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

FIL = ("/pilotage/", "Pilotage")
_SANS_CHOIX = frozenset({"pilotage-argent"})
"""Pages that always look at the newest extract."""


def with_choix(page: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page that reads an extract; while none is imported, it says how to import one."""

    @wraps(page)
    def answer(request: HttpRequest, **parametres: Any) -> HttpResponse:
        choix = open_choix(request)
        if choix is None:
            contexte = {
                "fil": [("", "Pilotage")],
                "importe": acteur_of(request).may(Permission.PILOTAGE_IMPORTER),
            }
            return render(request, "pilotage/vide.html", contexte)
        return page(request, choix, **parametres)

    return answer


def describe(request: HttpRequest, choix: Choix, *fil: tuple[str, str]) -> dict[str, Any]:
    """Context shared by the pages: breadcrumb, extract, year, perimeter, menu.

    Args:
        request: What was asked.
        choix: What the page looks at.
        fil: Breadcrumb after « Pilotage »: (address, name); an empty address for the page itself.
    """
    extrait = choix.faits.extrait
    acteur = acteur_of(request)
    suite = f"?{choix.base}" if choix.base else ""
    age = (timezone.localdate() - extrait.extraction).days
    return {
        "fil": [FIL, *fil] if fil else [("", "Pilotage")],
        "choix": choix,
        "extrait": extrait,
        "extraction": format_date(extrait.extraction),
        "is_vieux": age > REPERES.age_extrait,
        "age": age,
        "suite": suite,
        "extraits": list_extraits(),
        "annees": list_annees(choix.faits) or [choix.annee],
        "perimetres": LIBELLES_PERIMETRES.items(),
        "perimetre": LIBELLES_PERIMETRES[choix.perimetre],
        "is_pilotage": choix.perimetre == PILOTAGE,
        "voit_reseau": acteur.may(Permission.PILOTAGE_RESEAU),
        "importe": acteur.may(Permission.PILOTAGE_IMPORTER),
        "menu": _menu(suite) if acteur.may(Permission.PILOTAGE_RESEAU) else [],
    }


def _menu(suite: str) -> list[tuple[str, str]]:
    return [
        (f"{reverse(route)}{'' if route in _SANS_CHOIX else suite}", nom)
        for route, nom in (
            ("pilotage", "Cette semaine"),
            ("pilotage-structures", "Structures"),
            ("pilotage-retards", "Saisies en retard"),
            ("pilotage-personnes", "Personnes et sorties"),
            ("pilotage-moyens", "Moyens"),
            ("pilotage-argent", "Argent public"),
            ("pilotage-carte", "Carte"),
            ("pilotage-comparaison", "Deux extraits"),
            ("pilotage-extraits", "Extraits"),
        )
    ]
