"""Addresses of accounts; those of allauth that the table of access does not name stay closed."""

from __future__ import annotations

from django.urls import include, path

from maillage.web.accounts import views

urlpatterns = [
    path("invitation/<str:jeton>/", views.invitation, name="invitation"),
    path("", include("allauth.urls")),
]
