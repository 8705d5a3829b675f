"""What everything said or promised has: who reads it, where it belongs, how precise its date is."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.core.validators import RegexValidator
from django.db import models

from maillage.kernel.niveau import Niveau
from maillage.web.droits.acteur import Perimetre


class Visibilite(models.TextChoices):
    """Who reads an item. Each is decided item by item; nothing is public unless somebody says so."""

    INTERNE = "interne", "interne"
    ADHERENTS = "adherents", "adhérents"
    ESPACE = "espace", "adhérents et membres de l’espace"
    PUBLIC = "public", "public"


class Precision(models.TextChoices):
    """How precisely a date is known: « en juin » is not the first of June."""

    JOUR = "jour", "au jour près"
    MOIS = "mois", "au mois près"
    ANNEE = "annee", "à l’année près"
    INCONNUE = "inconnue", "sans date"


class Situe(models.Model):
    """Something that belongs to a territoire; national when it names none.

    `departement` and `region` follow from `territoire` when it is saved by an action; they are
    empty where the territoire lies across several.
    """

    niveau = models.CharField(
        "niveau",
        max_length=12,
        choices=[(n.value, n.libelle) for n in Niveau],
        default=Niveau.FRANCE.value,
    )
    territoire = models.CharField(
        "territoire (code)",
        max_length=12,
        blank=True,
        validators=[RegexValidator(r"^[0-9A-Za-z_-]{1,12}$", "Un code officiel de territoire.")],
    )
    departement = models.CharField("département", max_length=3, blank=True)
    region = models.CharField("région", max_length=2, blank=True)

    class Meta:
        """Not a table."""

        abstract = True

    @property
    def perimetre(self) -> Perimetre:
        """Where it belongs: its region; nowhere when it is national."""
        return Perimetre(regions=frozenset({self.region} if self.region else ()))


class Suivi(models.Model):
    """An item that is exchanged under a name of its own, and that readers see or not."""

    identifiant = models.UUIDField("identifiant", default=uuid.uuid4, unique=True, editable=False)
    visibilite = models.CharField(
        "visible par", max_length=10, choices=Visibilite.choices, default=Visibilite.INTERNE
    )
    is_synthetic = models.BooleanField("de démonstration", default=False)
    created_at = models.DateTimeField("créé le", auto_now_add=True)
    updated_at = models.DateTimeField("modifié le", auto_now=True)

    CHAMPS_TECHNIQUES: ClassVar[frozenset[str]] = frozenset(
        {"id", "is_synthetic", "created_at", "updated_at"}
    )
    """What a file of exchange does not carry."""

    class Meta:
        """Not a table."""

        abstract = True
