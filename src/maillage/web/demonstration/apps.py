"""Declaration of the application to Django."""

from __future__ import annotations

from django.apps import AppConfig


class DemonstrationConfig(AppConfig):
    """The invented network."""

    name = "maillage.web.demonstration"
    label = "demonstration"
