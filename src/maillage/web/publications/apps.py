"""Declaration of the application to Django."""

from __future__ import annotations

from django.apps import AppConfig


class PublicationsConfig(AppConfig):
    """The publications of the network."""

    name = "maillage.web.publications"
    label = "publications"
    default_auto_field = "django.db.models.BigAutoField"
