"""Accounts that a structure handed over, without a third party or a label; the models that it keeps of its year."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from maillage.web.network.models import Organisation


class ExerciceComptable(models.Model):
    """One year of accounts, drawn from an accounting file that was not kept.

    `mouvements` is what `stockage` writes: balances by account and month. As long as the repairs that the
    reading made are not accepted, the year waits and no figure is drawn from it.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="exercices_comptables"
    )
    premier_jour = models.DateField("premier jour")
    dernier_jour = models.DateField("dernier jour")
    fichier = models.CharField("nom du fichier", max_length=150)
    sha256 = models.CharField("empreinte du fichier", max_length=64)
    lignes = models.BigIntegerField("lignes")
    mouvements = models.JSONField("mouvements")
    constats = models.JSONField("irrégularités", default=list)
    reparations = models.JSONField("lectures autrement qu’écrit", default=list)
    is_accepte = models.BooleanField("réparations acceptées")
    at = models.DateTimeField("déposé le", default=timezone.now)
    by_id = models.BigIntegerField("déposé par", null=True)

    class Meta:
        """A year is kept once for a structure."""

        verbose_name = "exercice comptable"
        verbose_name_plural = "exercices comptables"
        ordering: ClassVar[list[str]] = ["-premier_jour"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["organisation", "premier_jour"], name="un_exercice_par_ouverture"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.premier_jour:%d/%m/%Y} – {self.dernier_jour:%d/%m/%Y}"


class PlanDeRattachement(models.Model):
    """What a structure says of its own accounts; each version is kept, the last one holds."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="plans_de_rattachement"
    )
    texte = models.TextField("texte", max_length=100_000)
    at = models.DateTimeField("écrit le", default=timezone.now)
    by_id = models.BigIntegerField("écrit par", null=True)

    class Meta:
        """The last one first."""

        verbose_name = "plan de rattachement"
        verbose_name_plural = "plans de rattachement"
        ordering: ClassVar[list[str]] = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"plan de rattachement du {self.at:%d/%m/%Y}"


class ModeleEconomique(models.Model):
    """A model of the year of a structure: what it supposes is in its versions."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="modeles_economiques"
    )
    at = models.DateTimeField("créé le", default=timezone.now)

    class Meta:
        """In the order of their creation."""

        verbose_name = "modèle économique"
        verbose_name_plural = "modèles économiques"
        ordering: ClassVar[list[str]] = ["pk"]

    def __str__(self) -> str:
        return f"modèle économique {self.pk}"


class VersionDeModele(models.Model):
    """What a model supposed on a day; each version is kept, the last one holds.

    `is_prolonge` is the choice of its author: where the law of the year is not known yet, that of the last
    day known goes on, and every page says so.
    """

    modele = models.ForeignKey(ModeleEconomique, on_delete=models.CASCADE, related_name="versions")
    numero = models.PositiveIntegerField("numéro")
    texte = models.TextField("hypothèses", max_length=100_000)
    at = models.DateTimeField("écrite le", default=timezone.now)
    by_id = models.BigIntegerField("écrite par", null=True)
    role = models.CharField("rôle de son auteur", max_length=30)
    is_prolonge = models.BooleanField("droit connu prolongé", default=False)

    class Meta:
        """The last one first."""

        verbose_name = "version d’un modèle économique"
        verbose_name_plural = "versions d’un modèle économique"
        ordering: ClassVar[list[str]] = ["-numero"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["modele", "numero"], name="un_numero_par_version_de_modele"
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.numero}"
