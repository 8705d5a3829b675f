"""Addresses of the register of interest representatives."""

from __future__ import annotations

from django.urls import path

from maillage.web.dialogue.registre import views

urlpatterns = [
    path("", views.accueil, name="repertoire-interets"),
    path("exercice/", views.exercice, name="repertoire-exercice"),
    path("<int:annee>/declaration.json", views.declaration, name="repertoire-declaration"),
    path("rencontres/<int:pk>/", views.mention, name="repertoire-mention"),
    path("temps/", views.temps, name="repertoire-temps"),
    path("temps/<int:pk>/retirer/", views.retirer_temps, name="repertoire-temps-retirer"),
]
