"""Addresses of the rules."""

from __future__ import annotations

from django.urls import path

from maillage.web.regles.fiches.catalogue import FICHES
from maillage.web.regles.views import aide_au_poste, calculateur, droit, emploi, mecanisme, reforme

urlpatterns = [
    path("", droit.accueil, name="regles"),
    path("aide-au-poste/", aide_au_poste.page, name="regles-aide-au-poste"),
    path("aide-au-poste/smic.svg", aide_au_poste.graphique, name="regles-graphique-smic"),
    path("calculateur/", calculateur.page, name="regles-calculateur"),
    path("emploi/", emploi.page, name="regles-emploi"),
    path("emploi/emploi.<str:extension>", emploi.fichier, name="regles-fichier-emploi"),
    path(
        "emploi/<str:mois>/<str:foyer>/<str:majoration>/heures.svg",
        emploi.graphique,
        name="regles-graphique-emploi",
    ),
    path("reforme/", reforme.editeur, name="regles-reforme"),
    path("reformes/<str:code>/", reforme.prete, name="regles-reforme-prete"),
    path("valeurs/<str:chemin>/", droit.valeur, name="regles-valeur"),
    *(path(f"{slug}/", mecanisme.page, {"slug": slug}, name=f"regles-{slug}") for slug in FICHES),
    *(
        path(
            f"{slug}/courbe.svg", mecanisme.graphique, {"slug": slug}, name=f"regles-courbe-{slug}"
        )
        for slug, fiche in FICHES.items()
        if fiche.courbe is not None
    ),
]
