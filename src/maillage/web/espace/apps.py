"""Declaration of the application to Django."""

from __future__ import annotations

from django.apps import AppConfig


class EspaceConfig(AppConfig):
    """The members' area."""

    name = "maillage.web.espace"
    label = "espace"
