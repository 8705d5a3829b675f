"""Addresses of the demonstration."""

from __future__ import annotations

from django.urls import path

from maillage.web.demonstration import views

urlpatterns = [
    path("", views.accueil, name="demonstration"),
    path("<str:role>/", views.entrer, name="demonstration-entrer"),
]
