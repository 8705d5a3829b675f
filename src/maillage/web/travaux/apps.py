"""Declaration of the application to Django."""

from __future__ import annotations

from django.apps import AppConfig


class TravauxConfig(AppConfig):
    """Work done in the background."""

    name = "maillage.web.travaux"
    label = "travaux"
    default_auto_field = "django.db.models.BigAutoField"
