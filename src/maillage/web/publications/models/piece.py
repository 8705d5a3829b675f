"""An attachment: a file of the data directory, and who may open it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from maillage.web.publications.models.parution import AUDIENCES
from maillage.web.publications.querysets import PieceQuerySet


class PieceJointe(models.Model):
    """A file joined to a publication. Its content is named by its hash and never changes."""

    publication = models.ForeignKey(
        "publications.Publication", on_delete=models.PROTECT, related_name="pieces"
    )
    reference = models.CharField("référence", max_length=60)
    extension = models.CharField("type", max_length=5)
    sha256 = models.CharField("empreinte", max_length=64)
    taille = models.PositiveIntegerField("taille, en octets")
    audience = models.CharField("pour", max_length=12, choices=AUDIENCES)
    by_id = models.BigIntegerField("jointe par", null=True)
    at = models.DateTimeField("jointe le")
    retiree_at = models.DateTimeField("enlevée le", null=True)

    objects = PieceQuerySet.as_manager()

    class Meta:
        """A reference names one file at a time."""

        verbose_name = "pièce jointe"
        ordering: ClassVar[list[str]] = ["reference", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["publication", "reference"],
                condition=models.Q(retiree_at__isnull=True),
                name="une_piece_par_reference",
            )
        ]

    def __str__(self) -> str:
        return self.nom

    @property
    def nom(self) -> str:
        """Name of the file that readers download: ours, never the one it came with."""
        return f"{self.reference}.{self.extension}"

    @property
    def adresse(self) -> str:
        """Path of the address from which it is served."""
        return f"/publications/pieces/{self.pk}/{self.nom}"
