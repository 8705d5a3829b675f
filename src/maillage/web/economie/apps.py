"""Declaration of the application to Django."""

from __future__ import annotations

from django.apps import AppConfig


class EconomieConfig(AppConfig):
    """Economics of a structure."""

    name = "maillage.web.economie"
    label = "economie"
    default_auto_field = "django.db.models.BigAutoField"
