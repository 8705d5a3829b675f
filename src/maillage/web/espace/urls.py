"""Addresses of the members' area."""

from __future__ import annotations

from django.urls import path

from maillage.web.espace import views

urlpatterns = [
    path("", views.accueil, name="espace"),
    path("structures/<int:pk>/", views.structure, name="structure"),
]
