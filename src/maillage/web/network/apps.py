"""Declaration of the application to Django."""

from __future__ import annotations

from django.apps import AppConfig


class NetworkConfig(AppConfig):
    """Organisations, people and roles."""

    name = "maillage.web.network"
    label = "network"
    default_auto_field = "django.db.models.BigAutoField"
