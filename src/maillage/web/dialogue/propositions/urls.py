"""Addresses of proposals and subjects."""

from __future__ import annotations

from django.urls import path

from maillage.web.dialogue.propositions.views import edition, liste, page, sujets

urlpatterns = [
    path("", liste.page, name="propositions"),
    path("liste.<str:extension>", liste.fichier, name="propositions-fichier"),
    path("nouvelle/", edition.creer, name="proposition-creer"),
    path("sujets/", sujets.liste, name="sujets"),
    path("sujets/nouveau/", sujets.creer, name="sujet-creer"),
    path("sujets/<slug:slug>/", sujets.page, name="sujet"),
    path("sujets/<slug:slug>/courbe.svg", sujets.courbe, name="sujet-courbe"),
    path("sujets/<slug:slug>/modifier/", sujets.modifier, name="sujet-modifier"),
    path("sujets/<slug:slug>/fait/", sujets.fait, name="sujet-fait"),
    path("<int:pk>/", page.page, name="proposition"),
    path("<int:pk>/textes/<int:numero>/", page.version, name="proposition-version"),
    path("<int:pk>/chiffrages/<int:numero>/", page.chiffrage, name="chiffrage"),
    path("<int:pk>/chiffrages/<int:numero>/refaire/", edition.refiger, name="chiffrage-refaire"),
    path("<int:pk>/chiffrer/", edition.chiffrer, name="proposition-chiffrer"),
    path("<int:pk>/modifier/", edition.modifier, name="proposition-modifier"),
    path("<int:pk>/texte/", edition.texte, name="proposition-texte"),
    path("<int:pk>/porter/", edition.porter, name="proposition-porter"),
    path("<int:pk>/portages/<int:portage>/", edition.repondre, name="portage-repondre"),
    path("<int:pk>/debouche/", edition.debouche, name="proposition-debouche"),
    path("<int:pk>/document/", edition.document, name="proposition-document"),
]
