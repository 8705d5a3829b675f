"""Meetings: who asked for them, who was there, what was carried, said, asked and offered."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models

from maillage.web.dialogue.models.charges import Charge
from maillage.web.dialogue.models.commun import Precision, Situe, Suivi, Visibilite
from maillage.web.dialogue.models.espaces import Espace
from maillage.web.dialogue.querysets import PointQuerySet, RencontreQuerySet


class Rencontre(Situe, Suivi):
    """A contact with a public authority or a partner: planned, held, called off."""

    class Forme(models.TextChoices):
        """How the parties met."""

        REUNION = "reunion", "réunion"
        ENTRETIEN = "entretien", "entretien (téléphone, visioconférence)"
        COURRIER = "courrier", "courrier ou courriel"
        AUDITION = "audition", "audition"
        EVENEMENT = "evenement", "événement"

    class Statut(models.TextChoices):
        """Whether it took place."""

        PREVUE = "prevue", "prévue"
        TENUE = "tenue", "tenue"
        ANNULEE = "annulee", "annulée"

    class Initiative(models.TextChoices):
        """Who asked for it: the register only counts the network's own contacts."""

        RESEAU = "reseau", "le réseau"
        INTERLOCUTEUR = "interlocuteur", "l’interlocuteur"
        STATUTAIRE = "statutaire", "convocation de l’instance"
        COMMUNE = "commune", "les deux"
        INCONNUE = "inconnue", "on ne sait pas"

    espace = models.ForeignKey(
        Espace,
        verbose_name="espace",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="rencontres",
    )
    titre = models.CharField("objet", max_length=250)
    forme = models.CharField("forme", max_length=12, choices=Forme.choices, default=Forme.REUNION)
    statut = models.CharField(
        "où elle en est", max_length=10, choices=Statut.choices, default=Statut.PREVUE
    )
    date = models.DateField("date", null=True, blank=True)
    precision = models.CharField(
        "précision", max_length=10, choices=Precision.choices, default=Precision.JOUR
    )
    heure_debut = models.TimeField("de", null=True, blank=True)
    heure_fin = models.TimeField("à", null=True, blank=True)
    duree = models.CharField("durée", max_length=60, blank=True)
    lieu = models.CharField("lieu", max_length=300, blank=True)
    initiative = models.CharField(
        "à l’initiative de",
        max_length=14,
        choices=Initiative.choices,
        default=Initiative.INCONNUE,
    )
    demandee_par = models.CharField("demandée par", max_length=200, blank=True)
    limite = models.TextField("ce qui a limité l’échange", blank=True, max_length=2000)
    motif_annulation = models.CharField("motif de l’annulation", max_length=300, blank=True)
    temps_heures = models.DecimalField(
        "temps passé, en heures", max_digits=7, decimal_places=2, null=True, blank=True
    )
    frais_centimes = models.BigIntegerField("frais, en centimes", null=True, blank=True)
    publications = models.ManyToManyField(
        "publications.Publication",
        verbose_name="publications qui en rendent compte",
        blank=True,
        related_name="rencontres",
    )
    sequence = models.PositiveIntegerField("version de l’invitation", default=0)
    revision = models.PositiveIntegerField("révision", default=1)

    objects = RencontreQuerySet.as_manager()

    class Meta:
        """Newest first; a day is named unless nobody knows it."""

        verbose_name = "rencontre"
        ordering: ClassVar[list[str]] = ["-date", "-id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(precision="inconnue", date__isnull=True)
                | (~models.Q(precision="inconnue") & models.Q(date__isnull=False)),
                name="rencontre_datee_ou_non",
            ),
            models.CheckConstraint(
                condition=models.Q(temps_heures__isnull=True) | models.Q(temps_heures__gte=0),
                name="temps_positif",
            ),
            models.CheckConstraint(
                condition=models.Q(frais_centimes__isnull=True) | models.Q(frais_centimes__gte=0),
                name="frais_positifs",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["-date", "-id"], name="rencontre_recentes"),
            models.Index(fields=["espace", "-date"], name="rencontre_par_espace"),
            models.Index(fields=["niveau", "territoire"], name="rencontre_par_territoire"),
        ]

    def __str__(self) -> str:
        return self.titre


class Participant(models.Model):
    """Somebody who is expected or was there, with the function held that day."""

    class Cote(models.TextChoices):
        """On which side of the table."""

        RESEAU = "reseau", "délégation du réseau"
        INTERLOCUTEUR = "interlocuteur", "interlocuteur"
        AUTRE = "autre", "autre partie"

    rencontre = models.ForeignKey(Rencontre, on_delete=models.CASCADE, related_name="participants")
    cote = models.CharField("de quel côté", max_length=14, choices=Cote.choices)
    nom = models.CharField("nom", max_length=150, blank=True)
    fonction = models.CharField("fonction ce jour-là", max_length=250, blank=True)
    charge = models.ForeignKey(
        Charge, null=True, blank=True, on_delete=models.PROTECT, related_name="participations"
    )
    organisation = models.ForeignKey(
        "network.Organisation",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="participations",
    )
    utilisateur = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="participations",
    )
    is_present = models.BooleanField("était là", null=True)

    class Meta:
        """Ours first."""

        verbose_name = "participant"
        ordering: ClassVar[list[str]] = ["cote", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["rencontre", "utilisateur"],
                condition=models.Q(utilisateur__isnull=False),
                name="une_fois_par_rencontre",
            ),
            models.CheckConstraint(
                condition=models.Q(nom__gt="") | models.Q(fonction__gt=""),
                name="un_participant_a_un_nom_ou_une_fonction",
            ),
        ]

    def __str__(self) -> str:
        return self.nom or self.fonction


class Point(models.Model):
    """One item of a meeting, each with its readers: a position carried, a question, an answer, an offer."""

    class Nature(models.TextChoices):
        """What the item is."""

        ORDRE_DU_JOUR = "ordre_du_jour", "ordre du jour"
        POSITION = "position", "position portée"
        DECLARATION = "declaration", "déclaration"
        QUESTION = "question", "question"
        REPONSE = "reponse", "réponse"
        DEMANDE = "demande", "demande"
        OFFRE = "offre", "offre"
        INFORMATION = "information", "information apprise"
        DECISION = "decision", "décision"
        SUITE = "suite", "suite à donner"
        NOTE = "note", "note"

    identifiant = models.UUIDField("identifiant", default=uuid.uuid4, unique=True, editable=False)
    rencontre = models.ForeignKey(Rencontre, on_delete=models.CASCADE, related_name="points")
    ordre = models.PositiveIntegerField("ordre", default=0)
    nature = models.CharField("nature", max_length=14, choices=Nature.choices, default=Nature.NOTE)
    texte = models.TextField("texte", max_length=8000)
    locuteur = models.ForeignKey(
        Participant, null=True, blank=True, on_delete=models.SET_NULL, related_name="points"
    )
    en_reponse_a = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="reponses"
    )
    proposition = models.ForeignKey(
        "dialogue.Proposition",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="points",
    )
    engagement = models.ForeignKey(
        "dialogue.Engagement",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="points",
    )
    visibilite = models.CharField(
        "visible par", max_length=10, choices=Visibilite.choices, default=Visibilite.INTERNE
    )
    revision = models.PositiveIntegerField("révision", default=1)
    retire_at = models.DateTimeField("retiré le", null=True, blank=True)
    created_at = models.DateTimeField("noté le", auto_now_add=True)
    updated_at = models.DateTimeField("modifié le", auto_now=True)
    updated_by_id = models.BigIntegerField("modifié par", null=True)

    objects = PointQuerySet.as_manager()

    class Meta:
        """In the order of the meeting."""

        verbose_name = "point"
        ordering: ClassVar[list[str]] = ["ordre", "id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["rencontre", "ordre"], name="point_par_rencontre"),
        ]

    def __str__(self) -> str:
        return f"{self.nature} {self.pk}"


class VersionPoint(models.Model):
    """An item as it was once written; the database refuses to change it."""

    point = models.ForeignKey(Point, on_delete=models.PROTECT, related_name="versions")
    revision = models.PositiveIntegerField("révision")
    contenu = models.JSONField("contenu")
    by_id = models.BigIntegerField("par", null=True)
    at = models.DateTimeField("le")

    class Meta:
        """Newest first."""

        verbose_name = "version d’un point"
        ordering: ClassVar[list[str]] = ["-revision"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["point", "revision"], name="une_revision_par_point"),
        ]

    def __str__(self) -> str:
        return f"révision {self.revision}"


class CompteRendu(models.Model):
    """Minutes proposed to those present: the items that are shared, frozen; never changed afterwards."""

    rencontre = models.ForeignKey(
        Rencontre, on_delete=models.PROTECT, related_name="comptes_rendus"
    )
    numero = models.PositiveIntegerField("numéro")
    points = models.JSONField("points")
    empreinte = models.CharField("empreinte", max_length=64)
    by_id = models.BigIntegerField("proposé par", null=True)
    at = models.DateTimeField("proposé le")

    class Meta:
        """Numbered from 1; the last one is the one to agree on."""

        verbose_name = "compte rendu"
        verbose_name_plural = "comptes rendus"
        ordering: ClassVar[list[str]] = ["-numero"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["rencontre", "numero"], name="un_compte_rendu_par_numero"
            ),
        ]

    def __str__(self) -> str:
        return f"compte rendu {self.numero}"


class Accord(models.Model):
    """What one of those present said of the minutes; never changed, the last one holds."""

    class Verdict(models.TextChoices):
        """What was said."""

        ACCORD = "accord", "d’accord"
        RESERVE = "reserve", "d’accord avec une réserve"
        DESACCORD = "desaccord", "pas d’accord"

    compte_rendu = models.ForeignKey(CompteRendu, on_delete=models.PROTECT, related_name="accords")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="accords")
    verdict = models.CharField("avis", max_length=10, choices=Verdict.choices)
    commentaire = models.TextField("commentaire", blank=True, max_length=2000)
    by_id = models.BigIntegerField("donné par", null=True)
    at = models.DateTimeField("donné le")

    class Meta:
        """Newest first."""

        verbose_name = "accord sur un compte rendu"
        ordering: ClassVar[list[str]] = ["-at", "-id"]

    def __str__(self) -> str:
        return self.verdict


class Document(models.Model):
    """A document of a space, a meeting or a proposal: an address, or a file kept under its hash."""

    identifiant = models.UUIDField("identifiant", default=uuid.uuid4, unique=True, editable=False)
    espace = models.ForeignKey(
        Espace, null=True, blank=True, on_delete=models.CASCADE, related_name="documents"
    )
    rencontre = models.ForeignKey(
        Rencontre, null=True, blank=True, on_delete=models.CASCADE, related_name="documents"
    )
    proposition = models.ForeignKey(
        "dialogue.Proposition",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="documents",
    )
    titre = models.CharField("titre", max_length=200)
    url = models.URLField("adresse", max_length=500, blank=True)
    extension = models.CharField("type", max_length=5, blank=True)
    sha256 = models.CharField("empreinte", max_length=64, blank=True)
    taille = models.PositiveIntegerField("taille, en octets", null=True, blank=True)
    visibilite = models.CharField(
        "visible par", max_length=10, choices=Visibilite.choices, default=Visibilite.INTERNE
    )
    by_id = models.BigIntegerField("joint par", null=True)
    at = models.DateTimeField("joint le")
    retire_at = models.DateTimeField("enlevé le", null=True, blank=True)

    class Meta:
        """Of one thing; an address or a file."""

        verbose_name = "document"
        ordering: ClassVar[list[str]] = ["titre", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=(models.Q(url__gt="") & models.Q(sha256=""))
                | (models.Q(url="") & models.Q(sha256__gt="")),
                name="une_adresse_ou_un_fichier",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    espace__isnull=False, rencontre__isnull=True, proposition__isnull=True
                )
                | models.Q(espace__isnull=True, rencontre__isnull=False, proposition__isnull=True)
                | models.Q(espace__isnull=True, rencontre__isnull=True, proposition__isnull=False),
                name="document_d_une_chose",
            ),
        ]

    def __str__(self) -> str:
        return self.titre


class MentionRegistre(models.Model):
    """What the register of interest representatives asks about a contact of the network's initiative."""

    rencontre = models.OneToOneField(Rencontre, on_delete=models.CASCADE, related_name="registre")
    objet = models.CharField("objet de la question", max_length=500, blank=True)
    actions = models.JSONField("types d’actions", default=list)
    decisions = models.JSONField("décisions visées", default=list)
    domaines = models.JSONField("domaines d’intervention", default=list)
    tiers = models.CharField("pour le compte de", max_length=200, blank=True)
    observation = models.TextField("observation", blank=True, max_length=2000)

    class Meta:
        """One per meeting."""

        verbose_name = "mention au répertoire"

    def __str__(self) -> str:
        return self.objet
