"""Declaration of the application to Django."""

from __future__ import annotations

from django.apps import AppConfig


class CharteConfig(AppConfig):
    """Layout, styles and error pages."""

    name = "maillage.web.charte"
    label = "charte"
