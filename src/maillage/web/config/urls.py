"""Addresses of the site."""

from __future__ import annotations

from django.urls import include, path

from maillage.web.territoires.views import erreurs

urlpatterns = [
    path("regles/", include("maillage.web.regles.urls")),
    path("", include("maillage.web.territoires.urls")),
]

handler400 = erreurs.saisie_invalide
handler403 = erreurs.refus
handler404 = erreurs.introuvable
handler500 = erreurs.panne
