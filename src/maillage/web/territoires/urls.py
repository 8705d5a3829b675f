"""Addresses of the territories, the targets, the pedigrees and the files."""

from __future__ import annotations

from django.urls import path

from maillage.web.territoires.views import (
    chiffre,
    cibles,
    fichiers,
    graphiques,
    indicateurs,
    pages,
    recherche,
    territoire,
)

urlpatterns = [
    path("territoires/", recherche.niveaux, name="niveaux"),
    path("territoires/recherche/", recherche.recherche, name="recherche"),
    path("territoires/<str:niveau>/", recherche.liste, name="liste"),
    path("territoires/<str:niveau>/<str:code>/", territoire.page, name="territoire"),
    path(
        "territoires/<str:niveau>/<str:code>/<str:tableau>.<str:extension>",
        fichiers.territoire,
        name="fichier-territoire",
    ),
    path("cibles-2022/", cibles.page, name="cibles"),
    path("cibles-2022/departements.<str:extension>", fichiers.cibles, name="fichier-cibles"),
    path("fichiers/indicateur.<str:extension>", fichiers.indicateur, name="fichier-indicateur"),
    path(
        "chiffres/<str:niveau>/<str:code>/<str:indicateur>/<str:periode>/",
        chiffre.page,
        name="chiffre",
    ),
    path(
        "chiffres/<str:niveau>/<str:code>/<str:indicateur>/<str:periode>/periodes.<str:extension>",
        fichiers.periodes,
        name="fichier-periodes",
    ),
    path("indicateurs/", indicateurs.liste, name="indicateurs"),
    path("indicateurs/<str:code>/", indicateurs.fiche, name="indicateur"),
    path(
        "graphiques/evolution/<str:niveau>/<str:code>/<str:indicateur>.svg",
        graphiques.evolution,
        name="graphique-evolution",
    ),
    path("graphiques/cibles/<str:dessin>.svg", graphiques.cibles, name="graphique-cibles"),
    path("methode/", pages.methode, name="methode"),
    path("accessibilite/", pages.accessibilite, name="accessibilite"),
    path("composants/", pages.composants, name="composants"),
    path("sante", pages.sante, name="sante"),
]
