"""Addresses of accounts; those of allauth that the table of access does not name stay closed."""

from __future__ import annotations

from django.urls import include, path

from maillage.web.accounts import views

urlpatterns = [
    path("", views.compte, name="compte"),
    path("invitation/<str:jeton>/", views.invitation, name="invitation"),
    # before allauth's of the same names
    path("logout/", views.Deconnexion.as_view(), name="account_logout"),
    path("sessions/", views.sessions, name="usersessions_list"),
    path("sessions/<int:pk>/fermer/", views.fermer_session, name="session-fermer"),
    path("", include("allauth.urls")),
]
