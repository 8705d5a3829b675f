"""A file of dialogue between its preview and its import."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from maillage.web.network.models import Depot


class DepotDialogue(Depot):
    """A CSV, a ZIP or a JSON document of dialogue."""

    contenu = models.CharField("contenu", max_length=16, blank=True)

    class Meta:
        """Newest first."""

        verbose_name = "fichier de dialogue déposé"
        ordering: ClassVar[list[str]] = ["-at"]

    def __str__(self) -> str:
        return self.nom
