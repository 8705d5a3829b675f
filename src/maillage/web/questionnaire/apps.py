"""Declaration of the application to Django."""

from __future__ import annotations

from django.apps import AppConfig


class QuestionnaireConfig(AppConfig):
    """The yearly questionnaire."""

    name = "maillage.web.questionnaire"
    label = "questionnaire"
    default_auto_field = "django.db.models.BigAutoField"
