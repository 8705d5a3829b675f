"""What was published, frozen: both versions, their figures, their attachments, the leak report."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from maillage.web.publications.querysets import RenduQuerySet
from maillage.web.publications.texte.document import Audience

AUDIENCES = [(Audience.PUBLIQUE.value, "publique"), (Audience.ADHERENTS.value, "adhérents")]


class Parution(models.Model):
    """One text as it was published. Nothing in it changes afterwards; a correction is another one."""

    texte = models.ForeignKey(
        "publications.VersionTexte", on_delete=models.PROTECT, related_name="parutions"
    )
    numero = models.PositiveIntegerField("numéro")
    date_parution = models.DateTimeField("lisible à partir du")
    motif = models.CharField("motif de la correction", max_length=200, blank=True)
    chiffres = models.JSONField("chiffres du jour, avec leur pedigree", default=list)
    rapport = models.JSONField("contrôle des fuites")
    empreinte = models.CharField("empreinte du texte", max_length=64)
    by_id = models.BigIntegerField("publiée par", null=True)
    at = models.DateTimeField("publiée le")

    class Meta:
        """Newest first."""

        verbose_name = "parution"
        ordering: ClassVar[list[str]] = ["-at", "-id"]

    def __str__(self) -> str:
        return f"parution {self.numero}"


class Rendu(models.Model):
    """What one audience reads of a publication."""

    parution = models.ForeignKey(Parution, on_delete=models.CASCADE, related_name="rendus")
    audience = models.CharField("audience", max_length=12, choices=AUDIENCES)
    titre = models.CharField("titre", max_length=400)
    chapo = models.TextField("chapo", blank=True)
    html = models.TextField("texte mis en forme", blank=True)
    texte = models.TextField("texte seul", blank=True)

    objects = RenduQuerySet.as_manager()

    class Meta:
        """One per audience."""

        verbose_name = "rendu"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["parution", "audience"], name="un_rendu_par_audience"),
            models.CheckConstraint(
                condition=models.Q(audience__in=[code for code, _ in AUDIENCES]),
                name="rendu_pour_une_audience_connue",
            ),
        ]

    def __str__(self) -> str:
        return self.titre


class Theme(models.Model):
    """A theme of what one audience reads: one that is for members is absent from the public."""

    rendu = models.ForeignKey(Rendu, on_delete=models.CASCADE, related_name="themes")
    rang = models.PositiveSmallIntegerField("rang")
    nom = models.CharField("nom", max_length=120)
    slug = models.CharField("adresse", max_length=120)

    class Meta:
        """In the order of the editor, each once."""

        verbose_name = "thème"
        ordering: ClassVar[list[str]] = ["rang"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["rendu", "slug"], name="un_theme_par_rendu")
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["slug"], name="theme_slug")]

    def __str__(self) -> str:
        return self.nom


class PieceParue(models.Model):
    """An attachment that came out with a publication, and for whom."""

    parution = models.ForeignKey(Parution, on_delete=models.CASCADE, related_name="pieces")
    piece = models.ForeignKey(
        "publications.PieceJointe", on_delete=models.PROTECT, related_name="parutions"
    )
    audience = models.CharField("audience", max_length=12, choices=AUDIENCES)

    class Meta:
        """Each attachment once."""

        verbose_name = "pièce parue"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["parution", "piece"], name="une_piece_par_parution")
        ]

    def __str__(self) -> str:
        return f"{self.piece_id} {self.audience}"
