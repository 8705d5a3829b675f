"""Mail: one lot per publication or period, one line per person."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models


class Lot(models.Model):
    """Mails that go out together: about one publication, a day or a week."""

    class Nature(models.TextChoices):
        """What it gathers."""

        IMMEDIAT = "immediat", "une publication"
        QUOTIDIEN = "quotidien", "un jour"
        HEBDOMADAIRE = "hebdomadaire", "une semaine"

    nature = models.CharField("nature", max_length=12, choices=Nature.choices)
    cle = models.CharField("clé", max_length=60, unique=True)
    jusqu_au = models.DateTimeField("publications parues jusqu’au")
    publications = models.ManyToManyField("publications.Publication", related_name="lots")
    created_at = models.DateTimeField("préparé le", auto_now_add=True)

    class Meta:
        """Newest first."""

        verbose_name = "lot d’e-mails"
        ordering: ClassVar[list[str]] = ["-jusqu_au", "-id"]

    def __str__(self) -> str:
        return self.cle


class Envoi(models.Model):
    """One mail to one person; the same lot never goes twice to the same one."""

    class Etat(models.TextChoices):
        """Where it stands."""

        EN_ATTENTE = "en_attente", "en attente"
        ENVOYE = "envoye", "envoyé"
        ECARTE = "ecarte", "écarté"
        ECHEC = "echec", "jamais parti"
        REBOND = "rebond", "revenu"

    lot = models.ForeignKey(Lot, on_delete=models.CASCADE, related_name="envois")
    utilisateur = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    etat = models.CharField("état", max_length=12, choices=Etat.choices, default=Etat.EN_ATTENTE)
    essais = models.PositiveSmallIntegerField("essais", default=0)
    pris_at = models.DateTimeField("pris par un travailleur le", null=True)
    adresse_empreinte = models.CharField("empreinte de l’adresse", max_length=64, blank=True)
    envoye_at = models.DateTimeField("parti le", null=True)
    rebond_at = models.DateTimeField("revenu le", null=True)

    class Meta:
        """One per person and lot."""

        verbose_name = "e-mail"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["lot", "utilisateur"], name="un_envoi_par_personne"),
            models.CheckConstraint(
                condition=~models.Q(etat="envoye") | models.Q(envoye_at__isnull=False),
                name="un_envoi_parti_a_une_date",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["lot", "etat"], name="envoi_a_faire")
        ]

    def __str__(self) -> str:
        return f"{self.lot_id} {self.etat}"
