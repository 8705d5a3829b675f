"""Addresses of the administration."""

from __future__ import annotations

from django.urls import path

from maillage.web.administration import views
from maillage.web.administration.reunion import pages

urlpatterns = [
    path("", views.accueil, name="administration"),
    path("comptes/", views.comptes, name="administration-comptes"),
    path("comptes/<int:pk>/", views.compte, name="administration-compte"),
    path("journal/", views.journal, name="administration-journal"),
    path("journal.csv", views.journal_csv, name="administration-journal-csv"),
    path("etat/", views.etat, name="administration-etat"),
    path("reglages/", views.reglages, name="administration-reglages"),
    path("reunir/organisations/<int:pk>/", pages.organisation, name="organisation-reunir"),
    path("reunir/personnes/<int:pk>/", pages.personne, name="personne-reunir"),
]
