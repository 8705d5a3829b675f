"""Addresses of meetings."""

from __future__ import annotations

from django.urls import path

from maillage.web.dialogue.rencontres.views import (
    comptes_rendus,
    documents,
    edition,
    fiche,
    invitations,
    liste,
    notes,
    points,
)

urlpatterns = [
    path("", liste.page, name="rencontres"),
    path("liste.<str:extension>", liste.fichier, name="rencontres-fichier"),
    path("nouvelle/", edition.create, name="rencontre-creer"),
    path("<int:pk>/", fiche.page, name="rencontre"),
    path("<int:pk>/modifier/", edition.modify, name="rencontre-modifier"),
    path("<int:pk>/participants/", edition.participants, name="rencontre-participants"),
    path("<int:pk>/statut/", edition.set_statut, name="rencontre-statut"),
    path("<int:pk>/annuler/", edition.cancel, name="rencontre-annuler"),
    path("<int:pk>/publications/", edition.publications, name="rencontre-publications"),
    path("<int:pk>/points/ajouter/", points.add, name="rencontre-point-ajouter"),
    path("<int:pk>/points/<int:point>/", points.modify, name="rencontre-point"),
    path("<int:pk>/points/<int:point>/histoire/", points.versions, name="rencontre-point-versions"),
    path("<int:pk>/partage/", points.share, name="rencontre-partage"),
    path("<int:pk>/notes/", notes.page, name="rencontre-notes"),
    path("<int:pk>/notes/etat/", notes.state, name="rencontre-notes-etat"),
    path("<int:pk>/notes/envoi/", notes.receive, name="rencontre-notes-envoi"),
    path("<int:pk>/notes/hors-ligne.js", notes.worker, name="rencontre-notes-hors-ligne"),
    path("<int:pk>/comptes-rendus/", comptes_rendus.propose, name="rencontre-proposer"),
    path(
        "<int:pk>/comptes-rendus/<int:numero>/",
        comptes_rendus.page,
        name="rencontre-compte-rendu",
    ),
    path("<int:pk>/documents/", documents.join, name="rencontre-joindre"),
    path(
        "<int:pk>/documents/<int:document>/",
        documents.change,
        name="rencontre-document-changer",
    ),
    path(
        "<int:pk>/documents/<int:document>/fichier/", documents.download, name="rencontre-document"
    ),
    path("<int:pk>/inviter/", invitations.invite, name="rencontre-inviter"),
]
