"""What a person chose to receive: mail, and a feed of their own."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models


class Abonnement(models.Model):
    """How often a person wants mail. Nobody gets any before they have chosen."""

    class Frequence(models.TextChoices):
        """How often."""

        IMMEDIAT = "immediat", "à chaque publication"
        QUOTIDIEN = "quotidien", "une fois par jour, s’il y a du nouveau"
        HEBDOMADAIRE = "hebdomadaire", "une fois par semaine, le lundi, s’il y a du nouveau"
        JAMAIS = "jamais", "jamais"

    class Suspension(models.TextChoices):
        """Why no mail goes out although the person asked for some."""

        ADRESSE_REFUSEE = "adresse_refusee", "l’adresse n’existe plus ou refuse nos messages"

    utilisateur = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="abonnement"
    )
    frequence = models.CharField(
        "fréquence", max_length=12, choices=Frequence.choices, default=Frequence.JAMAIS
    )
    suspendu_at = models.DateTimeField("suspendu le", null=True)
    suspendu_motif = models.CharField(
        "motif", max_length=20, choices=Suspension.choices, blank=True
    )
    updated_at = models.DateTimeField("modifié le", auto_now=True)

    class Meta:
        """A suspension has a date and a reason."""

        verbose_name = "abonnement"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(suspendu_at__isnull=True, suspendu_motif="")
                | (models.Q(suspendu_at__isnull=False) & ~models.Q(suspendu_motif="")),
                name="une_suspension_a_un_motif",
            )
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["frequence"], name="abonnement_par_frequence")
        ]

    def __str__(self) -> str:
        return self.frequence


class FluxPersonnel(models.Model):
    """The secret address of a person's own feed. Only the hash of the secret is kept."""

    utilisateur = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="flux_personnel"
    )
    empreinte = models.CharField("empreinte du jeton", max_length=64, unique=True)
    created_at = models.DateTimeField("créé le")

    class Meta:
        """One per person."""

        verbose_name = "flux personnel"

    def __str__(self) -> str:
        return f"flux {self.pk}"
