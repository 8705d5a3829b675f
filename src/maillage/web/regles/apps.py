"""Declaration of the application to Django."""

from __future__ import annotations

from django.apps import AppConfig


class ReglesConfig(AppConfig):
    """The pages that read the law as code."""

    name = "maillage.web.regles"
    label = "regles"
