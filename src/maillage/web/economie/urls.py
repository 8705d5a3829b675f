"""Addresses of the economy of a structure."""

from __future__ import annotations

from django.urls import path

from maillage.web.economie.pages import (
    accueil,
    alertes,
    argent,
    depot,
    exercice,
    fichiers,
    modele,
    modele_comparaison,
    modele_texte,
    modeles,
    plan,
)

_STRUCTURE = "<int:pk>/"
_MODELES = f"{_STRUCTURE}modeles/"
_MODELE = f"{_MODELES}<int:numero>/"

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
    path(_MODELES, modeles.page, name="economie-modeles"),
    path(f"{_MODELES}nouveau/", modele_texte.nouveau, name="economie-modele-nouveau"),
    path(_MODELE, modele.page, name="economie-modele"),
    path(f"{_MODELE}changer/", modele_texte.changer, name="economie-modele-changer"),
    path(f"{_MODELE}comparer/", modele_comparaison.page, name="economie-modele-comparer"),
    path(f"{_MODELE}tresorerie.svg", modele.graphique, name="economie-modele-tresorerie"),
    path(f"{_MODELE}modele.<str:extension>", modele.fichier, name="economie-modele-fichier"),
]
