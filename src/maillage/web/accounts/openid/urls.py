"""Addresses of OpenID Connect. allauth's own stay closed: no table of access names them."""

from __future__ import annotations

from django.urls import path

from maillage.web.accounts.openid import views

urlpatterns = [
    path("openid/connexion/", views.connexion, name="openid_login"),
    path("openid/retour/", views.retour, name="openid_callback"),
    path("openid/sortie/", views.sortie, name="openid_sortie"),
]
