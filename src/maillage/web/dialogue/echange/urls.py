"""Addresses of files of dialogue."""

from __future__ import annotations

from django.urls import path

from maillage.web.dialogue.echange import views

urlpatterns = [
    path("", views.page, name="dialogue-fichiers"),
    path("<str:nom>", views.export, name="dialogue-export"),
    path("depots/<int:pk>/", views.preview, name="dialogue-depot"),
]
