"""The ledger: sentences as they were said, on both sides, and what became of each."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from maillage.web.dialogue.models.charges import Charge, Titulaire
from maillage.web.dialogue.models.commun import Precision, Situe, Suivi
from maillage.web.dialogue.models.espaces import Espace
from maillage.web.dialogue.models.propositions import Proposition
from maillage.web.dialogue.models.rencontres import Rencontre
from maillage.web.dialogue.models.sujets import Sujet
from maillage.web.dialogue.querysets import EngagementQuerySet


class Engagement(Situe, Suivi):
    """A promise of a public authority, an offer of ours, or a request that awaits its answer."""

    class Sens(models.TextChoices):
        """Who owes."""

        PUBLIC = "public", "promesse faite au réseau"
        RESEAU = "reseau", "engagement du réseau"
        DEMANDE = "demande", "demande du réseau"

    class Statut(models.TextChoices):
        """Where it stands."""

        ANNONCE = "annonce", "annoncé"
        EN_COURS = "en_cours", "en cours"
        TENU = "tenu", "tenu"
        TENU_EN_PARTIE = "tenu_en_partie", "partiellement tenu"
        NON_TENU = "non_tenu", "non tenu"
        CADUC = "caduc", "caduc"
        CONTREDIT = "contredit", "contredit"

    class Comparaison(models.TextChoices):
        """On which side of the target's value it is kept."""

        AU_MOINS = "au_moins", "au moins"
        AU_PLUS = "au_plus", "au plus"

    OUVERTS: ClassVar[tuple[str, ...]] = ("annonce", "en_cours", "contredit")
    """States in which something is still owed."""

    sens = models.CharField("nature", max_length=8, choices=Sens.choices)
    phrase = models.TextField("la phrase, telle qu’elle a été dite", max_length=2000)
    auteur_nom = models.CharField("qui l’a dite", max_length=150, blank=True)
    auteur_fonction = models.CharField("fonction ce jour-là", max_length=250, blank=True)
    charge = models.ForeignKey(
        Charge,
        verbose_name="charge qui a parlé",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="engagements",
    )
    porteur = models.ForeignKey(
        Charge,
        verbose_name="charge qui en répond aujourd’hui",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="engagements_portes",
    )
    destinataire = models.CharField("à qui", max_length=200, blank=True)
    date = models.DateField("dite le", null=True, blank=True)
    precision = models.CharField(
        "précision", max_length=10, choices=Precision.choices, default=Precision.JOUR
    )
    echeance = models.DateField("échéance", null=True, blank=True)
    echeance_precision = models.CharField(
        "précision de l’échéance",
        max_length=10,
        choices=Precision.choices,
        default=Precision.INCONNUE,
    )
    statut = models.CharField(
        "statut", max_length=16, choices=Statut.choices, default=Statut.ANNONCE
    )
    espace = models.ForeignKey(
        Espace, null=True, blank=True, on_delete=models.SET_NULL, related_name="engagements"
    )
    rencontre = models.ForeignKey(
        Rencontre, null=True, blank=True, on_delete=models.SET_NULL, related_name="engagements"
    )
    proposition = models.ForeignKey(
        Proposition, null=True, blank=True, on_delete=models.SET_NULL, related_name="engagements"
    )
    sujet = models.ForeignKey(
        Sujet, null=True, blank=True, on_delete=models.SET_NULL, related_name="engagements"
    )
    source_url = models.URLField("page publique", max_length=500, blank=True)
    cible_indicateur = models.CharField("indicateur visé", max_length=80, blank=True)
    cible_niveau = models.CharField("niveau visé", max_length=12, blank=True)
    cible_territoire = models.CharField("territoire visé", max_length=12, blank=True)
    cible_date = models.DateField("à la date du", null=True, blank=True)
    cible_comparaison = models.CharField(
        "sens", max_length=10, choices=Comparaison.choices, blank=True
    )
    cible_valeur = models.DecimalField(
        "valeur visée", max_digits=16, decimal_places=4, null=True, blank=True
    )

    objects = EngagementQuerySet.as_manager()

    class Meta:
        """Newest first; a target is whole or absent."""

        verbose_name = "engagement"
        ordering: ClassVar[list[str]] = ["-date", "-id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(echeance_precision="inconnue", echeance__isnull=True)
                | (~models.Q(echeance_precision="inconnue") & models.Q(echeance__isnull=False)),
                name="echeance_datee_ou_non",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    cible_indicateur="", cible_valeur__isnull=True, cible_comparaison=""
                )
                | (
                    models.Q(cible_indicateur__gt="", cible_valeur__isnull=False)
                    & models.Q(cible_comparaison__gt="")
                ),
                name="une_cible_entiere_ou_aucune",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["-date", "-id"], name="engagement_recents"),
            models.Index(fields=["statut", "echeance"], name="engagement_par_echeance"),
            models.Index(fields=["porteur", "statut"], name="engagement_par_porteur"),
            models.Index(fields=["niveau", "territoire"], name="engagement_par_territoire"),
        ]

    def __str__(self) -> str:
        return self.phrase[:80]

    @property
    def is_ouvert(self) -> bool:
        """Whether something is still owed."""
        return self.statut in self.OUVERTS


class EtatEngagement(models.Model):
    """One step of a commitment, with its evidence; the database refuses to change it."""

    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="etats")
    statut = models.CharField("statut", max_length=16, choices=Engagement.Statut.choices)
    date = models.DateField("constaté le")
    motif = models.TextField("pourquoi", blank=True, max_length=2000)
    preuve = models.CharField("preuve", max_length=300, blank=True)
    preuve_url = models.URLField("adresse de la preuve", max_length=500, blank=True)
    by_id = models.BigIntegerField("par", null=True)
    at = models.DateTimeField("noté le")

    class Meta:
        """In the order in which they were written."""

        verbose_name = "état d’un engagement"
        verbose_name_plural = "états d’un engagement"
        ordering: ClassVar[list[str]] = ["date", "id"]

    def __str__(self) -> str:
        return f"{self.statut} {self.date:%d/%m/%Y}"


class Reprise(models.Model):
    """A commitment at a change of holder: proposed to the one who comes, then taken over or not."""

    class Etat(models.TextChoices):
        """What the one who comes did of it."""

        PROPOSEE = "proposee", "à faire reprendre"
        REPRISE = "reprise", "repris"
        REFUSEE = "refusee", "refusé"

    engagement = models.ForeignKey(Engagement, on_delete=models.CASCADE, related_name="reprises")
    de = models.ForeignKey(Charge, on_delete=models.PROTECT, related_name="reprises_cedees")
    vers = models.ForeignKey(Charge, on_delete=models.PROTECT, related_name="reprises_recues")
    sortant = models.ForeignKey(
        Titulaire, null=True, on_delete=models.SET_NULL, related_name="reprises_cedees"
    )
    entrant = models.ForeignKey(
        Titulaire, null=True, on_delete=models.SET_NULL, related_name="reprises_recues"
    )
    date = models.DateField("changement du")
    etat = models.CharField("état", max_length=10, choices=Etat.choices, default=Etat.PROPOSEE)
    note = models.TextField("ce qui a été dit", blank=True, max_length=2000)
    decide_le = models.DateField("décidé le", null=True, blank=True)

    class Meta:
        """One per commitment and change."""

        verbose_name = "reprise d’un engagement"
        verbose_name_plural = "reprises d’engagements"
        ordering: ClassVar[list[str]] = ["date", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["engagement", "date", "vers"], name="une_reprise_par_changement"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.engagement_id} {self.etat}"


class Contradiction(models.Model):
    """A later statement or text that says otherwise."""

    engagement = models.ForeignKey(
        Engagement, on_delete=models.CASCADE, related_name="contradictions"
    )
    date = models.DateField("le")
    phrase = models.TextField("ce qui est dit", max_length=2000)
    auteur = models.CharField("par", max_length=250, blank=True)
    point = models.ForeignKey(
        "dialogue.Point",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="contradictions",
    )
    source_url = models.URLField("adresse", max_length=500, blank=True)
    at = models.DateTimeField("noté le")
    by_id = models.BigIntegerField("par", null=True)

    class Meta:
        """In the order of time."""

        verbose_name = "contradiction"
        ordering: ClassVar[list[str]] = ["date", "id"]

    def __str__(self) -> str:
        return self.phrase[:80]


class Abonnement(models.Model):
    """What a person follows: told of each change and before each date."""

    utilisateur = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="suivis_dialogue"
    )
    engagement = models.ForeignKey(
        Engagement, null=True, blank=True, on_delete=models.CASCADE, related_name="suivis"
    )
    espace = models.ForeignKey(
        Espace, null=True, blank=True, on_delete=models.CASCADE, related_name="suivis"
    )
    at = models.DateTimeField("depuis le")

    class Meta:
        """One thing, once."""

        verbose_name = "suivi"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["utilisateur", "engagement"], name="un_suivi_par_engagement"
            ),
            models.UniqueConstraint(fields=["utilisateur", "espace"], name="un_suivi_par_espace"),
            models.CheckConstraint(
                condition=models.Q(engagement__isnull=False, espace__isnull=True)
                | models.Q(engagement__isnull=True, espace__isnull=False),
                name="on_suit_une_chose",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.utilisateur_id} {self.engagement_id or self.espace_id}"


class Agenda(models.Model):
    """The private address of a person's calendar; renewed or closed by its owner."""

    utilisateur = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="agenda_dialogue"
    )
    empreinte = models.CharField("empreinte du jeton", max_length=64, unique=True)
    at = models.DateTimeField("ouvert le")

    class Meta:
        """One per person."""

        verbose_name = "agenda personnel"

    def __str__(self) -> str:
        return f"agenda {self.utilisateur_id}"


class Rappel(models.Model):
    """A message that was sent once about a date or a change, so that it is not sent twice."""

    utilisateur = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="rappels_dialogue"
    )
    engagement = models.ForeignKey(Engagement, on_delete=models.CASCADE, related_name="rappels")
    cle = models.CharField("quoi", max_length=60)
    at = models.DateTimeField("envoyé le")

    class Meta:
        """Once per person and thing."""

        verbose_name = "rappel"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["utilisateur", "engagement", "cle"], name="un_rappel_une_fois"
            ),
        ]

    def __str__(self) -> str:
        return self.cle
