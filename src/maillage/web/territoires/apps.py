"""Declaration of the application to Django."""

from __future__ import annotations

from django.apps import AppConfig


class TerritoiresConfig(AppConfig):
    """The pages that read the diagnosis of territories."""

    name = "maillage.web.territoires"
    label = "territoires"
