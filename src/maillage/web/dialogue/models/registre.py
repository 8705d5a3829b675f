"""What the yearly declaration to the register needs beside the meetings, and what others declared."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Exercice(models.Model):
    """An accounting year of the network, and what its declaration says beside the meetings."""

    debut = models.DateField("du")
    fin = models.DateField("au")
    cout_horaire_centimes = models.BigIntegerField(
        "coût d’une heure de travail, en centimes", null=True, blank=True
    )
    autres_depenses_centimes = models.BigIntegerField(
        "autres dépenses de représentation, en centimes", null=True, blank=True
    )
    nombre_personnes = models.PositiveIntegerField(
        "personnes chargées de la représentation", null=True, blank=True
    )
    declare_le = models.DateField("déclaré le", null=True, blank=True)

    class Meta:
        """Newest first; ends after it starts."""

        verbose_name = "exercice"
        ordering: ClassVar[list[str]] = ["-debut"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["debut"], name="un_exercice_par_premier_jour"),
            models.CheckConstraint(
                condition=models.Q(fin__gt=models.F("debut")), name="exercice_finit_apres_son_debut"
            ),
            models.CheckConstraint(
                condition=(
                    models.Q(cout_horaire_centimes__isnull=True)
                    | models.Q(cout_horaire_centimes__gte=0)
                )
                & (
                    models.Q(autres_depenses_centimes__isnull=True)
                    | models.Q(autres_depenses_centimes__gte=0)
                ),
                name="depenses_positives",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.debut:%d/%m/%Y} – {self.fin:%d/%m/%Y}"


class TempsPasse(models.Model):
    """Hours that a function of the network spent on representation, out of those it worked."""

    fonction = models.CharField("fonction", max_length=120)
    debut = models.DateField("du")
    fin = models.DateField("au")
    heures = models.DecimalField("heures de représentation", max_digits=7, decimal_places=2)
    heures_travaillees = models.DecimalField("heures travaillées", max_digits=7, decimal_places=2)

    class Meta:
        """Part of the hours worked."""

        verbose_name = "temps passé"
        verbose_name_plural = "temps passés"
        ordering: ClassVar[list[str]] = ["-debut", "fonction"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["fonction", "debut"], name="un_temps_par_fonction"),
            models.CheckConstraint(
                condition=models.Q(fin__gte=models.F("debut")), name="temps_finit_apres_son_debut"
            ),
            models.CheckConstraint(
                condition=models.Q(heures__gte=0)
                & models.Q(heures_travaillees__gt=0)
                & models.Q(heures__lte=models.F("heures_travaillees")),
                name="une_part_du_temps_travaille",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fonction} {self.debut:%d/%m/%Y}"


class DeclarationPublique(models.Model):
    """One year of another organisation, as the public register gives it; nobody's name is kept."""

    identifiant = models.CharField("identifiant national", max_length=40)
    denomination = models.CharField("organisation", max_length=300)
    categorie = models.CharField("catégorie", max_length=120, blank=True)
    debut = models.DateField("du")
    fin = models.DateField("au")
    tranche = models.CharField("dépenses déclarées", max_length=80, blank=True)
    nombre_personnes = models.PositiveIntegerField("personnes déclarées", null=True)
    nombre_activites = models.PositiveIntegerField("activités déclarées")
    domaines = models.JSONField("domaines")
    is_defaut = models.BooleanField("n’a pas déclaré", default=False)
    source = models.CharField("fichier", max_length=200)
    sha256 = models.CharField("empreinte du fichier", max_length=64)
    lu_le = models.DateField("lu le")

    class Meta:
        """By organisation, newest first."""

        verbose_name = "déclaration publique"
        ordering: ClassVar[list[str]] = ["denomination", "-debut"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["identifiant", "denomination", "debut"], name="un_exercice_par_declarant"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.denomination} {self.debut:%Y}"
