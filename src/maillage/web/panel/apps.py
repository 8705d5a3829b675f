"""Declaration of the application to Django."""

from __future__ import annotations

from django.apps import AppConfig


class PanelConfig(AppConfig):
    """The panel of comparison between structures."""

    name = "maillage.web.panel"
    label = "panel"
    default_auto_field = "django.db.models.BigAutoField"
