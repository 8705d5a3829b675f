"""Addresses of the ledger of commitments."""

from __future__ import annotations

from django.urls import path

from maillage.web.dialogue.engagements.views import (
    charges,
    edition,
    liste,
    page,
    passations,
    suivis,
)

urlpatterns = [
    path("", liste.page, name="engagements"),
    path("decidim.csv", liste.fichier_decidim, name="engagements-decidim"),
    path("liste.<str:extension>", liste.fichier, name="engagements-fichier"),
    path("nouveau/", edition.creer, name="engagement-creer"),
    path("suivis/", suivis.liste, name="engagements-suivis"),
    path("arret/<str:jeton>/", suivis.arret, name="engagements-arret"),
    path("espaces/<int:pk>/suivre/", suivis.suivre_espace, name="espace-suivre"),
    path("charges/", charges.liste, name="charges"),
    path("charges/nouvelle/", passations.creer, name="charge-creer"),
    path("charges/<int:pk>/", charges.page, name="charge"),
    path("charges/<int:pk>/modifier/", passations.modifier, name="charge-modifier"),
    path("charges/<int:pk>/changement/", passations.passer, name="charge-changement"),
    path("charges/<int:pk>/titulaire/", passations.titulaire, name="charge-titulaire"),
    path("charges/<int:pk>/reprises/<int:reprise>/", passations.decider, name="reprise-decider"),
    path("<int:pk>/", page.page, name="engagement"),
    path("<int:pk>/modifier/", edition.modifier, name="engagement-modifier"),
    path("<int:pk>/etat/", edition.etat, name="engagement-etat"),
    path("<int:pk>/contredire/", edition.contredire, name="engagement-contredire"),
    path("<int:pk>/fait/", edition.fait, name="engagement-fait"),
    path("<int:pk>/suivre/", suivis.suivre, name="engagement-suivre"),
]
