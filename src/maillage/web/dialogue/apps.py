"""Declaration of the application to Django."""

from __future__ import annotations

from django.apps import AppConfig


class DialogueConfig(AppConfig):
    """Spaces, meetings, proposals, commitments."""

    name = "maillage.web.dialogue"
    label = "dialogue"
    default_auto_field = "django.db.models.BigAutoField"
