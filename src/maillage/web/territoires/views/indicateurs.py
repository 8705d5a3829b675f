"""Definition cards: what each indicator is, and what it does not say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from maillage.indicators.carte import Famille
from maillage.web.territoires import donnees
from maillage.web.territoires.figures import libelle_periode
from maillage.web.territoires.maps.france import NIVEAUX_CARTE

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def liste(request: HttpRequest) -> HttpResponse:
    """All the cards by family."""
    cartes = donnees.atlas().cartes.values()
    familles = [(f.value, [c for c in cartes if c.famille is f]) for f in Famille]
    contexte = {"fil": [("", "Indicateurs")], "familles": familles, "nombre": len(cartes)}
    return render(request, "territoires/indicateurs.html", contexte)


def fiche(request: HttpRequest, code: str) -> HttpResponse:
    """One card, with the levels and periods for which there are figures."""
    atlas = donnees.atlas()
    carte = atlas.carte(code)
    disponibles = [
        (n, libelle_periode(p[0]), libelle_periode(p[-1]), len(p), n in NIVEAUX_CARTE)
        for n in atlas.niveaux_de(code)
        for p in [atlas.periodes_de(code, n)]
    ]
    contexte = {
        "fil": [("/indicateurs/", "Indicateurs"), ("", carte.nom)],
        "carte": carte,
        "sources": [atlas.pack.source(s) for s in carte.sources if s in atlas.pack.sources],
        "disponibles": disponibles,
    }
    return render(request, "territoires/indicateur.html", contexte)
