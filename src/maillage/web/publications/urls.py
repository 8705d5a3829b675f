"""Addresses of this application."""

from __future__ import annotations

from django.urls import path

from maillage.web.publications.views import (
    abonnements,
    bureau,
    flux,
    pieces,
    publiques,
    redaction,
    relecture,
    versions,
)

urlpatterns = [
    path("", publiques.liste, name="publications"),
    path("flux.<str:format_>", flux.public, name="publications-flux"),
    path("flux/<str:jeton>.<str:format_>", flux.personnel, name="publications-flux-personnel"),
    path("abonnements/", abonnements.choix, name="publications-abonnements"),
    path("abonnements/flux/", abonnements.renouveler, name="publications-flux-renouveler"),
    path("abonnements/flux/fermer/", abonnements.fermer, name="publications-flux-fermer"),
    path(
        "desabonnement/<str:jeton>/", abonnements.desabonnement, name="publications-desabonnement"
    ),
    path("pieces/<int:piece>/<str:nom>", pieces.telecharger, name="publication-piece"),
    path("redaction/", bureau.liste, name="redaction"),
    path("redaction/liste.<str:extension>", bureau.fichier, name="redaction-fichier"),
    path("redaction/nouvelle/", redaction.nouvelle, name="redaction-nouvelle"),
    path("redaction/chiffres/", redaction.chiffres, name="redaction-chiffres"),
    path("redaction/<int:pk>/", redaction.texte, name="redaction-texte"),
    path("redaction/<int:pk>/apercu/", redaction.apercu, name="redaction-apercu"),
    path("redaction/<int:pk>/saisie/", redaction.saisie, name="redaction-saisie"),
    path("redaction/<int:pk>/soumettre/", relecture.soumettre, name="redaction-soumettre"),
    path("redaction/<int:pk>/renvoyer/", relecture.renvoyer, name="redaction-renvoyer"),
    path("redaction/<int:pk>/publier/", relecture.publier, name="redaction-publier"),
    path("redaction/<int:pk>/retirer/", relecture.retirer, name="redaction-retirer"),
    path("redaction/<int:pk>/versions/", versions.liste, name="redaction-versions"),
    path("redaction/<int:pk>/versions/<int:numero>/", versions.page, name="redaction-version"),
    path("redaction/<int:pk>/pieces/", pieces.joindre, name="redaction-piece"),
    path("redaction/<int:pk>/pieces/<int:piece>/", pieces.changer, name="redaction-piece-changer"),
    path("<str:slug>/", publiques.page, name="publication"),
]
