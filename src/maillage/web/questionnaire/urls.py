"""Addresses of this application."""

from __future__ import annotations

from django.urls import path

from maillage.web.questionnaire.views import definition, liste, reponse, resultats, suivi

_STRUCTURE = "<int:annee>/structure/<int:pk>/"

urlpatterns = [
    path("", liste.questionnaires, name="questionnaires"),
    path("<int:annee>/definition/", definition.definir, name="questionnaire-definir"),
    path(
        "<int:annee>/definition/presentation/",
        definition.presenter,
        name="questionnaire-presenter",
    ),
    path("<int:annee>/definition/section/", definition.section, name="questionnaire-section"),
    path("<int:annee>/definition/question/", definition.question, name="questionnaire-question"),
    path("<int:annee>/definition/regle/", definition.regle, name="questionnaire-regle"),
    path("<int:annee>/definition/fichier/", definition.importer, name="questionnaire-importer"),
    path(
        "<int:annee>/definition.<str:extension>", definition.exporter, name="questionnaire-exporter"
    ),
    path("<int:annee>/etat/", definition.etat, name="questionnaire-etat"),
    path("<int:annee>/apercu/", definition.apercu, name="questionnaire-apercu"),
    path("<int:annee>/suivi/", suivi.suivi, name="questionnaire-suivi"),
    path("<int:annee>/suivi.csv", suivi.suivi_csv, name="questionnaire-suivi-csv"),
    path("<int:annee>/relance/", suivi.relance, name="questionnaire-relance"),
    path("<int:annee>/resultats/", resultats.resultats, name="questionnaire-resultats"),
    path("<int:annee>/resultats/<slug:code>/", resultats.resultat, name="questionnaire-resultat"),
    path(
        "<int:annee>/resultats/<slug:code>.csv",
        resultats.resultat_csv,
        name="questionnaire-resultat-csv",
    ),
    path(_STRUCTURE, reponse.accueil, name="questionnaire-repondre"),
    path(
        f"{_STRUCTURE}section/<slug:code>/",
        reponse.section,
        name="questionnaire-repondre-section",
    ),
    path(f"{_STRUCTURE}champ/<slug:code>/", reponse.champ, name="questionnaire-repondre-champ"),
    path(f"{_STRUCTURE}envoyer/", reponse.envoyer, name="questionnaire-envoyer"),
    path(f"{_STRUCTURE}copie/", reponse.copie, name="questionnaire-copie"),
    path(f"{_STRUCTURE}lecture/", suivi.lecture, name="questionnaire-lecture"),
]
