"""Addresses of the economy of a structure."""

from __future__ import annotations

from django.urls import path

from maillage.web.economie.pages import accueil, alertes, argent, depot, exercice, fichiers, plan

_STRUCTURE = "<int:pk>/"

urlpatterns = [
    path("alertes/", alertes.page, name="economie-alertes"),
    path(_STRUCTURE, accueil.page, name="economie"),
    path(f"{_STRUCTURE}deposer/", depot.page, name="economie-deposer"),
    path(f"{_STRUCTURE}exercices/<int:numero>/", exercice.page, name="economie-exercice"),
    path(f"{_STRUCTURE}tresorerie.svg", accueil.graphique, name="economie-tresorerie"),
    path(f"{_STRUCTURE}soldes.<str:extension>", fichiers.soldes, name="economie-fichier"),
    path(f"{_STRUCTURE}plan/", plan.page, name="economie-plan"),
    path(f"{_STRUCTURE}argent-public/", argent.page, name="economie-argent"),
    path(
        f"{_STRUCTURE}argent-public.<str:extension>", argent.fichier, name="economie-argent-fichier"
    ),
]
