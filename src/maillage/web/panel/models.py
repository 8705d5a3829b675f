"""Editions of the panel, as they were frozen: what was published, and what the next one must know."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from maillage.web.droits.acteur import Perimetre


class EditionQuerySet(models.QuerySet["EditionDuPanel"]):
    """Editions of the panel."""

    def published(self) -> EditionQuerySet:
        """With what may be shown alone: what structures brought stays in the base."""
        return self.defer("apports")


class EditionDuPanel(models.Model):
    """One edition, frozen. Triggers of the database refuse any change.

    `contenu` is what may be shown to everyone. `apports` holds who brought what to each published group: the
    next edition of the year needs it to isolate nobody, no page reads it.
    """

    annee = models.PositiveSmallIntegerField("année des ratios")
    au = models.DateField("arrêtée le")
    contenu = models.JSONField("ce qui est publié")
    apports = models.JSONField("qui a apporté quoi, jamais montré")
    at = models.DateTimeField("instant", default=timezone.now)
    by_id = models.BigIntegerField("arrêtée par", null=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        """One a day for a year of ratios at most; the last one first."""

        verbose_name = "édition du panel"
        verbose_name_plural = "éditions du panel"
        ordering: ClassVar[list[str]] = ["-annee", "-au"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["annee", "au"], name="une_edition_du_panel_par_annee_et_jour"
            ),
        ]

    def __str__(self) -> str:
        return f"panel {self.annee}, édition du {self.au:%d/%m/%Y}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a new edition.

        Raises:
            ValueError: it is already written.
        """
        if not self._state.adding:
            msg = "an edition of the panel is never written again"
            raise ValueError(msg)
        super().save(*args, **kwargs)

    @property
    def perimetre(self) -> Perimetre:
        """Where it belongs: nowhere, so that only who reaches everything opens it."""
        return Perimetre()
