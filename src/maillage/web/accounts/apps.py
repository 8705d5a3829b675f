"""Declaration of the application to Django."""

from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Persons and how they sign in."""

    name = "maillage.web.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen to what allauth does."""
        from maillage.web.accounts import signaux  # noqa: PLC0415 — models are ready only now

        signaux.connect()
