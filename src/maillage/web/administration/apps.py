"""Declaration of the application to Django."""

from __future__ import annotations

from django.apps import AppConfig


class AdministrationConfig(AppConfig):
    """The administration of the site."""

    name = "maillage.web.administration"
    label = "administration"
    default_auto_field = "django.db.models.BigAutoField"
