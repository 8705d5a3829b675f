"""Declaration of the application to Django."""

from __future__ import annotations

from django.apps import AppConfig


class PilotageConfig(AppConfig):
    """The cockpit."""

    name = "maillage.web.pilotage"
    label = "pilotage"
    default_auto_field = "django.db.models.BigAutoField"
