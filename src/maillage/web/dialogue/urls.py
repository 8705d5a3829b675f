"""Addresses of dialogue: one module per thing that a user knows."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("maillage.web.dialogue.accueil.urls")),
    path("", include("maillage.web.dialogue.agendas.urls")),
    path("espaces/", include("maillage.web.dialogue.espaces.urls")),
    path("rencontres/", include("maillage.web.dialogue.rencontres.urls")),
    path("propositions/", include("maillage.web.dialogue.propositions.urls")),
    path("engagements/", include("maillage.web.dialogue.engagements.urls")),
    path("repertoire/", include("maillage.web.dialogue.registre.urls")),
    path("fichiers/", include("maillage.web.dialogue.echange.urls")),
]
