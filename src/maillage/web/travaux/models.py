"""What was already asked for: one line per job and period."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Occurrence(models.Model):
    """A periodic job that was put in the queue for one period.

    Two workers that wake up together both try to write the line; the database lets one do it.
    """

    cle = models.CharField("travail et période", max_length=120, unique=True)
    at = models.DateTimeField("mis en file le")

    class Meta:
        """Newest first; the oldest are swept."""

        verbose_name = "travail périodique"
        ordering: ClassVar[list[str]] = ["-at"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["at"], name="occurrence_par_date")
        ]

    def __str__(self) -> str:
        return self.cle
