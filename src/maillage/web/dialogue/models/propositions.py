"""Proposals of the network: their texts, where they were carried, what they cost, what became of them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from maillage.web.dialogue.models.charges import Charge
from maillage.web.dialogue.models.commun import Precision, Situe, Suivi
from maillage.web.dialogue.models.rencontres import Rencontre
from maillage.web.dialogue.models.sujets import Sujet
from maillage.web.dialogue.querysets import PortageQuerySet, SuiviQuerySet


class Proposition(Situe, Suivi):
    """What the network asks for."""

    class Statut(models.TextChoices):
        """Where it stands."""

        EN_PREPARATION = "en_preparation", "en préparation"
        ADOPTEE = "adoptee", "adoptée par le réseau"
        PORTEE = "portee", "portée"
        OBTENUE = "obtenue", "obtenue"
        OBTENUE_EN_PARTIE = "obtenue_en_partie", "obtenue en partie"
        REFUSEE = "refusee", "refusée"
        REMPLACEE = "remplacee", "remplacée"
        ABANDONNEE = "abandonnee", "abandonnée"

    titre = models.CharField("titre", max_length=250)
    theme = models.CharField("thème", max_length=120, blank=True)
    statut = models.CharField(
        "statut", max_length=20, choices=Statut.choices, default=Statut.EN_PREPARATION
    )
    date = models.DateField("depuis le", null=True, blank=True)
    sujet = models.ForeignKey(
        Sujet, null=True, blank=True, on_delete=models.SET_NULL, related_name="propositions"
    )
    remplace = models.ManyToManyField(
        "self",
        verbose_name="remplace",
        symmetrical=False,
        blank=True,
        related_name="remplacee_par",
    )

    objects = SuiviQuerySet.as_manager()

    class Meta:
        """By title."""

        verbose_name = "proposition"
        ordering: ClassVar[list[str]] = ["titre", "id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["statut", "titre"], name="proposition_par_statut"),
        ]

    def __str__(self) -> str:
        return self.titre


class VersionProposition(models.Model):
    """One text of a proposal; the database refuses to change it."""

    proposition = models.ForeignKey(Proposition, on_delete=models.PROTECT, related_name="versions")
    numero = models.PositiveIntegerField("numéro")
    texte = models.TextField("texte", max_length=40000)
    motif = models.CharField("motif", max_length=200, blank=True)
    by_id = models.BigIntegerField("par", null=True)
    at = models.DateTimeField("le")

    class Meta:
        """Newest first, numbered from 1."""

        verbose_name = "texte d’une proposition"
        ordering: ClassVar[list[str]] = ["-numero"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["proposition", "numero"], name="un_texte_par_numero"),
        ]

    def __str__(self) -> str:
        return f"texte {self.numero}"


class Chiffrage(models.Model):
    """What a proposal costs: a run of the rules, frozen with all it was computed from.

    Nothing of it is typed. `parametres` is what was asked, `resultat` what the rules answered, with
    their hypotheses; running the same question on the same rules gives the same hash.
    """

    proposition = models.ForeignKey(
        Proposition, on_delete=models.PROTECT, related_name="chiffrages"
    )
    calcul = models.CharField("calcul", max_length=60)
    parametres = models.JSONField("question posée aux règles")
    resultat = models.JSONField("réponse des règles")
    version_regles = models.CharField("empreinte des règles", max_length=64)
    empreinte = models.CharField("empreinte du calcul", max_length=64)
    by_id = models.BigIntegerField("par", null=True)
    at = models.DateTimeField("le")

    class Meta:
        """Newest first."""

        verbose_name = "chiffrage"
        ordering: ClassVar[list[str]] = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.calcul} {self.at:%d/%m/%Y}"


class Portage(models.Model):
    """One time that a proposal was carried, and the answer."""

    class Forme(models.TextChoices):
        """How."""

        RENCONTRE = "rencontre", "rencontre"
        COURRIER = "courrier", "courrier"
        AMENDEMENT = "amendement", "amendement"
        CONTRIBUTION = "contribution", "contribution écrite"
        CAMPAGNE = "campagne", "campagne publique"

    class Issue(models.TextChoices):
        """What became of it."""

        SANS_REPONSE = "sans_reponse", "sans réponse"
        EN_COURS = "en_cours", "en cours d’examen"
        ACCEPTE = "accepte", "accepté"
        ACCEPTE_EN_PARTIE = "accepte_en_partie", "accepté en partie"
        REFUSE = "refuse", "refusé"
        INCONNUE = "inconnue", "issue inconnue"

    proposition = models.ForeignKey(Proposition, on_delete=models.CASCADE, related_name="portages")
    forme = models.CharField("forme", max_length=14, choices=Forme.choices)
    rencontre = models.ForeignKey(
        Rencontre, null=True, blank=True, on_delete=models.SET_NULL, related_name="portages"
    )
    charge = models.ForeignKey(
        Charge, null=True, blank=True, on_delete=models.SET_NULL, related_name="portages"
    )
    date = models.DateField("date", null=True, blank=True)
    precision = models.CharField(
        "précision", max_length=10, choices=Precision.choices, default=Precision.JOUR
    )
    aupres_de = models.CharField("auprès de", max_length=250, blank=True)
    reference = models.CharField("référence", max_length=200, blank=True)
    source_url = models.URLField("adresse", max_length=500, blank=True)
    reponse = models.TextField("réponse reçue", blank=True, max_length=4000)
    reponse_le = models.DateField("répondu le", null=True, blank=True)
    issue = models.CharField(
        "issue", max_length=18, choices=Issue.choices, default=Issue.SANS_REPONSE
    )

    objects = PortageQuerySet.as_manager()

    class Meta:
        """In the order of time."""

        verbose_name = "portage"
        ordering: ClassVar[list[str]] = ["date", "id"]

    def __str__(self) -> str:
        return f"{self.forme} {self.date or ''}".strip()


class Debouche(models.Model):
    """A text that a proposal led to: an amendment that was adopted, a law, a decree."""

    class Nature(models.TextChoices):
        """What kind of text."""

        AMENDEMENT = "amendement", "amendement adopté"
        LOI = "loi", "loi"
        DECRET = "decret", "décret"
        ARRETE = "arrete", "arrêté"
        CIRCULAIRE = "circulaire", "circulaire ou instruction"

    proposition = models.ForeignKey(Proposition, on_delete=models.CASCADE, related_name="debouches")
    nature = models.CharField("nature", max_length=12, choices=Nature.choices)
    reference = models.CharField("référence", max_length=250)
    date = models.DateField("du", null=True, blank=True)
    source_url = models.URLField("adresse", max_length=500, blank=True)

    class Meta:
        """In the order of time."""

        verbose_name = "débouché"
        ordering: ClassVar[list[str]] = ["date", "id"]

    def __str__(self) -> str:
        return self.reference
