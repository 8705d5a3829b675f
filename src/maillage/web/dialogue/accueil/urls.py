"""Addresses of the home page of dialogue."""

from __future__ import annotations

from django.urls import path

from maillage.web.dialogue.accueil import views

urlpatterns = [
    path("", views.page, name="dialogue"),
    path("territoires/<str:niveau>/<str:code>/", views.territoire, name="dialogue-territoire"),
]
