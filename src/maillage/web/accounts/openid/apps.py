"""Declaration of the application to Django: allauth finds the provider by it."""

from __future__ import annotations

from django.apps import AppConfig


class OpenidConfig(AppConfig):
    """OpenID Connect."""

    name = "maillage.web.accounts.openid"
    label = "openid"
    default_auto_field = "django.db.models.BigAutoField"
