"""Addresses of the panel, under those of the economy of a structure."""

from __future__ import annotations

from django.urls import path

from maillage.web.panel.pages import arret, edition, reseau, structure

urlpatterns = [
    path("panel/", reseau.page, name="panel"),
    path("panel/arreter/", arret.page, name="panel-arreter"),
    path("panel/editions/<int:pk>/", edition.page, name="panel-edition"),
    path("<int:pk>/panel/", structure.page, name="panel-structure"),
    path("<int:pk>/panel.svg", structure.graphique, name="panel-graphique"),
]
