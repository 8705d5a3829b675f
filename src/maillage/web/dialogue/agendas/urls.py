"""Addresses of the calendars."""

from __future__ import annotations

from django.urls import path

from maillage.web.dialogue.agendas import views

urlpatterns = [
    path("agenda.ics", views.public, name="agenda-dialogue-public"),
    path("espaces/<int:pk>/agenda.ics", views.espace, name="agenda-dialogue-espace"),
    path("agenda/", views.choix, name="agenda-dialogue"),
    path("agenda/ouvrir/", views.renouveler, name="agenda-dialogue-ouvrir"),
    path("agenda/fermer/", views.fermer, name="agenda-dialogue-fermer"),
    path("agenda/<str:jeton>.ics", views.personnel, name="agenda-dialogue-personnel"),
    path(
        "agenda/<str:jeton>/espaces/<int:pk>.ics",
        views.personnel_espace,
        name="agenda-dialogue-personnel-espace",
    ),
]
