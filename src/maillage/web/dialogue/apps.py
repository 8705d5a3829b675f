"""Declaration of the application to Django."""

from __future__ import annotations

from django.apps import AppConfig


class DialogueConfig(AppConfig):
    """Spaces, meetings, proposals, commitments."""

    name = "maillage.web.dialogue"
    label = "dialogue"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Show beside publications the meetings that they report on."""
        # the models of applications are not loaded before this moment
        from maillage.web.dialogue.rencontres.attaches import list_rencontres  # noqa: PLC0415
        from maillage.web.publications.attaches import register  # noqa: PLC0415

        register(list_rencontres)
