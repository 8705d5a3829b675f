"""Declaration of the application to Django."""

from __future__ import annotations

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """The audit trail."""

    name = "maillage.web.journal"
    label = "journal"
    default_auto_field = "django.db.models.BigAutoField"
