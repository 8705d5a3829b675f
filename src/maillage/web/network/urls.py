"""Addresses of the network."""

from __future__ import annotations

from django.urls import path

from maillage.web.network import views

urlpatterns = [
    path("premier-demarrage/<str:jeton>/", views.premier_demarrage, name="premier-demarrage"),
]
