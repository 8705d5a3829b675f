"""Addresses of the cockpit."""

from __future__ import annotations

from django.urls import path

from maillage.web.pilotage.pages import (
    accueil,
    argent,
    carte,
    chiffre,
    comparaison,
    definitions,
    extraits,
    imports,
    liens,
    moyens,
    personnes,
    retards,
    structure,
    structures,
)

_STRUCTURE = "structures/<str:cle>/"

urlpatterns = [
    path("", accueil.page, name="pilotage"),
    path("structures/", structures.page, name="pilotage-structures"),
    path("structures.<str:extension>", structures.fichier, name="pilotage-structures-fichier"),
    path("annexes.<str:extension>", structures.annexes, name="pilotage-annexes-fichier"),
    path(_STRUCTURE, structure.page, name="pilotage-structure"),
    path(f"{_STRUCTURE}mois.svg", structure.graphique, name="pilotage-structure-graphique"),
    path(f"{_STRUCTURE}mois.<str:extension>", structure.mois, name="pilotage-structure-mois"),
    path(f"{_STRUCTURE}courrier/", structure.courrier, name="pilotage-structure-courrier"),
    path("chiffres/<str:code>/", chiffre.page, name="pilotage-chiffre"),
    path("definitions/", definitions.page, name="pilotage-definitions"),
    path("retards/", retards.page, name="pilotage-retards"),
    path("retards.<str:extension>", retards.fichier, name="pilotage-retards-fichier"),
    path("retards/courriers/", retards.courriers, name="pilotage-retards-courriers"),
    path("personnes/", personnes.page, name="pilotage-personnes"),
    path("personnes.<str:extension>", personnes.fichier, name="pilotage-personnes-fichier"),
    path("moyens/", moyens.page, name="pilotage-moyens"),
    path("moyens.<str:extension>", moyens.fichier, name="pilotage-moyens-fichier"),
    path("argent-public/", argent.page, name="pilotage-argent"),
    path("argent-public.<str:extension>", argent.fichier, name="pilotage-argent-fichier"),
    path("carte/", carte.page, name="pilotage-carte"),
    path("carte.<str:extension>", carte.fichier, name="pilotage-carte-fichier"),
    path("comparaison/", comparaison.page, name="pilotage-comparaison"),
    path("comparaison.<str:extension>", comparaison.fichier, name="pilotage-comparaison-fichier"),
    path("comparaison/courriers/", comparaison.courriers, name="pilotage-comparaison-courriers"),
    path("extraits/", extraits.page, name="pilotage-extraits"),
    path("extraits/<str:identifiant>/", extraits.fiche, name="pilotage-extrait"),
    path("imports/", imports.deposer, name="pilotage-imports"),
    path("imports/<int:pk>/", imports.suivre, name="pilotage-import"),
    path("liens/", liens.page, name="pilotage-liens"),
]
