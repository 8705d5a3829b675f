"""Public offices and who held them: an office lasts longer than its holder."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from maillage.web.dialogue.models.commun import Situe


class Charge(Situe):
    """An office: minister of Labour, adviser of a cabinet, director of a DDETS."""

    class Categorie(models.TextChoices):
        """Categories of public officials of the register of interest representatives."""

        AUCUNE = "", "hors du répertoire"
        GOUVERNEMENT = "gouvernement", "Membre du Gouvernement ou membre de cabinet ministériel"
        PARLEMENT = (
            "parlement",
            "Député ; sénateur ; collaborateur parlementaire ou agents des services des assemblées",
        )
        PRESIDENCE = "presidence", "Collaborateur du Président de la République"
        AUTORITE = (
            "autorite",
            "Directeur ou secrétaire général d’une autorité administrative ou publique indépendante",
        )
        DECISION = "decision", "Titulaire d’un emploi à la décision du Gouvernement"
        LOCALE = "locale", "Responsable public d’une collectivité territoriale"

    identifiant = models.UUIDField("identifiant", default=uuid.uuid4, unique=True, editable=False)
    intitule = models.CharField("intitulé", max_length=250)
    organisme = models.CharField("organisme", max_length=200, blank=True)
    categorie = models.CharField(
        "catégorie au répertoire de la HATVP",
        max_length=12,
        blank=True,
        choices=[(c.value, c.label) for c in Categorie if c.value],
    )
    ministere = models.CharField("département ministériel", max_length=200, blank=True)
    predecesseur = models.ForeignKey(
        "self",
        verbose_name="succède à",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="successeurs",
    )
    date_debut = models.DateField("existe depuis le", null=True, blank=True)
    date_fin = models.DateField("jusqu’au", null=True, blank=True)
    is_synthetic = models.BooleanField("de démonstration", default=False)

    class Meta:
        """By name."""

        verbose_name = "charge publique"
        verbose_name_plural = "charges publiques"
        ordering: ClassVar[list[str]] = ["intitule", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(date_fin__isnull=True)
                | models.Q(date_debut__isnull=True)
                | models.Q(date_fin__gte=models.F("date_debut")),
                name="charge_finit_apres_son_debut",
            ),
        ]

    def __str__(self) -> str:
        return self.intitule


class Titulaire(models.Model):
    """Who held an office, from when to when; the public page that says so."""

    charge = models.ForeignKey(Charge, on_delete=models.CASCADE, related_name="titulaires")
    nom = models.CharField("nom", max_length=150)
    date_debut = models.DateField("depuis le", null=True, blank=True)
    date_fin = models.DateField("jusqu’au", null=True, blank=True)
    source_url = models.URLField("page publique qui le dit", max_length=500, blank=True)

    class Meta:
        """In the order of time; one holder at a time whose end is not known."""

        verbose_name = "titulaire"
        ordering: ClassVar[list[str]] = ["date_debut", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["charge"],
                condition=models.Q(date_fin__isnull=True),
                name="un_titulaire_en_fonction",
            ),
            models.CheckConstraint(
                condition=models.Q(date_fin__isnull=True)
                | models.Q(date_debut__isnull=True)
                | models.Q(date_fin__gte=models.F("date_debut")),
                name="titulaire_finit_apres_son_debut",
            ),
        ]

    def __str__(self) -> str:
        return self.nom
