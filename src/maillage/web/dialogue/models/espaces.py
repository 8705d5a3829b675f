"""Places where policy is discussed: what each decides, who sits there, what became of it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from maillage.web.dialogue.models.commun import Situe, Suivi
from maillage.web.dialogue.querysets import EspaceQuerySet, SiegeQuerySet


class Espace(Situe, Suivi):
    """A place of dialogue, from the one that is only asked for to the one that was abolished."""

    class Nature(models.TextChoices):
        """Of what kind its meetings are."""

        POLITIQUE = "politique", "politique"
        ADMINISTRATIF = "administratif", "administratif"
        STATUTAIRE = "statutaire", "prévu par un texte"
        GROUPE_DE_TRAVAIL = "groupe_de_travail", "groupe de travail"

    class Etat(models.TextChoices):
        """Whether it meets."""

        ACTIF = "actif", "en activité"
        DEMANDE = "demande", "demandé"
        EN_SOMMEIL = "en_sommeil", "en sommeil"
        DISPARU = "disparu", "disparu"
        INCONNU = "inconnu", "état non trouvé"

    instance = models.CharField("instance prévue par les textes", max_length=40, blank=True)
    nom = models.CharField("nom", max_length=250)
    sigle = models.CharField("sigle", max_length=40, blank=True)
    nature = models.CharField("nature", max_length=20, choices=Nature.choices)
    base_legale = models.CharField("texte qui le fonde", max_length=300, blank=True)
    base_legale_url = models.URLField("adresse du texte", max_length=500, blank=True)
    competence = models.TextField("ce qu’il décide", blank=True, max_length=4000)
    etat = models.CharField("état", max_length=12, choices=Etat.choices, default=Etat.ACTIF)
    demande_par = models.CharField("demandé par", max_length=200, blank=True)
    demande_depuis = models.DateField("demandé depuis le", null=True, blank=True)
    date_debut = models.DateField("existe depuis le", null=True, blank=True)
    date_fin = models.DateField("jusqu’au", null=True, blank=True)
    notes = models.TextField("notes internes", blank=True, max_length=8000)

    objects = EspaceQuerySet.as_manager()

    class Meta:
        """By name; one body of a kind per territoire at a time."""

        verbose_name = "espace de dialogue"
        verbose_name_plural = "espaces de dialogue"
        ordering: ClassVar[list[str]] = ["nom", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["instance", "niveau", "territoire"],
                condition=~models.Q(instance=""),
                name="une_instance_par_territoire",
            ),
            models.CheckConstraint(
                condition=models.Q(date_fin__isnull=True)
                | models.Q(date_debut__isnull=True)
                | models.Q(date_fin__gte=models.F("date_debut")),
                name="espace_finit_apres_son_debut",
            ),
            models.CheckConstraint(
                condition=~models.Q(etat="demande") | models.Q(demande_par__gt=""),
                name="un_espace_demande_l_est_par_quelqu_un",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["niveau", "territoire"], name="espace_par_territoire"),
            models.Index(fields=["region", "nom"], name="espace_par_region"),
            models.Index(fields=["etat", "nom"], name="espace_par_etat"),
        ]

    def __str__(self) -> str:
        return self.nom


class Filiation(models.Model):
    """What became of a place: renamed, merged, replaced, abolished."""

    class Nature(models.TextChoices):
        """What happened."""

        RENOMMAGE = "renommage", "renommé"
        FUSION = "fusion", "fusionné"
        REMPLACEMENT = "remplacement", "remplacé"
        SUPPRESSION = "suppression", "supprimé"

    avant = models.ForeignKey(Espace, on_delete=models.CASCADE, related_name="suites")
    apres = models.ForeignKey(
        Espace, null=True, blank=True, on_delete=models.CASCADE, related_name="origines"
    )
    nature = models.CharField("ce qui s’est passé", max_length=12, choices=Nature.choices)
    date = models.DateField("le")
    texte = models.CharField("texte", max_length=300, blank=True)
    source_url = models.URLField("adresse du texte", max_length=500, blank=True)

    class Meta:
        """Only an abolition has nothing after it."""

        verbose_name = "filiation"
        ordering: ClassVar[list[str]] = ["date", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["avant", "apres"], name="une_filiation_par_couple"),
            models.CheckConstraint(
                condition=models.Q(nature="suppression", apres__isnull=True)
                | (~models.Q(nature="suppression") & models.Q(apres__isnull=False)),
                name="une_suite_sauf_suppression",
            ),
            models.CheckConstraint(
                condition=~models.Q(avant=models.F("apres")), name="pas_sa_propre_suite"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.avant_id} {self.nature} {self.apres_id or ''}".strip()


class Siege(models.Model):
    """A seat, or several alike: who holds it, on whose behalf, for how long; vacant without a holder."""

    class Cote(models.TextChoices):
        """Whose it is."""

        RESEAU = "reseau", "le réseau et les siens"
        ALLIE = "allie", "un autre réseau ou allié"
        AUTRE = "autre", "une autre partie"

    espace = models.ForeignKey(Espace, on_delete=models.CASCADE, related_name="sieges")
    occupant = models.CharField("qui siège", max_length=200, blank=True)
    organisation = models.ForeignKey(
        "network.Organisation",
        verbose_name="organisation connue du réseau",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="sieges",
    )
    cote = models.CharField("de quel côté", max_length=8, choices=Cote.choices)
    au_nom_de = models.CharField("au nom de", max_length=200, blank=True)
    qualite = models.CharField("à quel titre", max_length=120, blank=True)
    nombre = models.PositiveSmallIntegerField("nombre de sièges", default=1)
    date_debut = models.DateField("mandat depuis le", null=True, blank=True)
    date_fin = models.DateField("mandat jusqu’au", null=True, blank=True)
    motif_fin = models.CharField("pourquoi il a pris fin", max_length=300, blank=True)

    objects = SiegeQuerySet.as_manager()

    class Meta:
        """At least one; ends after it starts."""

        verbose_name = "siège"
        ordering: ClassVar[list[str]] = ["cote", "occupant", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=models.Q(nombre__gte=1), name="au_moins_un_siege"),
            models.CheckConstraint(
                condition=models.Q(date_fin__isnull=True)
                | models.Q(date_debut__isnull=True)
                | models.Q(date_fin__gte=models.F("date_debut")),
                name="mandat_finit_apres_son_debut",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.occupant or 'siège vacant'} ({self.nombre})"
