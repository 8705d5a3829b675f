"""Addresses of the site."""

from __future__ import annotations

from django.urls import include, path

from maillage.web.accounts.freins import trop_de_demandes
from maillage.web.charte import erreurs
from maillage.web.espace import visiteur

urlpatterns = [
    path("", visiteur.accueil, name="accueil"),
    path("compte/", include("maillage.web.accounts.openid.urls")),
    path("compte/", include("maillage.web.accounts.urls")),
    path("reseau/", include("maillage.web.network.urls")),
    path("pilotage/", include("maillage.web.pilotage.urls")),
    path("economie/", include("maillage.web.panel.urls")),
    path("economie/", include("maillage.web.economie.urls")),
    path("publications/", include("maillage.web.publications.urls")),
    path("questionnaire/", include("maillage.web.questionnaire.urls")),
    path("dialogue/", include("maillage.web.dialogue.urls")),
    path("administration/", include("maillage.web.administration.urls")),
    path("demonstration/", include("maillage.web.demonstration.urls")),
    path("espace/", include("maillage.web.espace.urls")),
    path("regles/", include("maillage.web.regles.urls")),
    path("", include("maillage.web.territoires.urls")),
]

handler400 = erreurs.saisie_invalide
handler403 = erreurs.refus
handler429 = trop_de_demandes  # allauth's, when something was tried too often
handler404 = erreurs.introuvable
handler500 = erreurs.panne
