"""One line of the trail."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models


class Evenement(models.Model):
    """Something that was done, as it was known then.

    A line names its author and its object by number and says nothing personal: who number 12 is
    stands in the accounts, and goes with them. Triggers of the database refuse any change.
    """

    at = models.DateTimeField("instant")
    by_id = models.BigIntegerField("auteur", null=True)
    action = models.CharField("action", max_length=80)
    objet_type = models.CharField("nature de l’objet", max_length=60, blank=True)
    objet_id = models.CharField("numéro de l’objet", max_length=60, blank=True)
    objet_nom = models.CharField("nom de l’objet", max_length=300, blank=True)
    details = models.JSONField("détails", default=dict)

    class Meta:
        """Newest first; found by author, by object and by action."""

        verbose_name = "événement"
        verbose_name_plural = "événements"
        ordering: ClassVar[list[str]] = ["-at", "-id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["-at"], name="evenement_recents"),
            models.Index(fields=["objet_type", "objet_id"], name="evenement_par_objet"),
            models.Index(fields=["by_id", "-at"], name="evenement_par_auteur"),
            models.Index(fields=["action", "-at"], name="evenement_par_action"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.objet_type} {self.objet_id}".strip()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a new line.

        Raises:
            ValueError: the line is already written.
        """
        if not self._state.adding:
            msg = "a line of the trail is never written again"
            raise ValueError(msg)
        super().save(*args, **kwargs)
