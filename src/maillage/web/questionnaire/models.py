"""The questionnaire of a year, its versions, the answer of each structure, what was frozen of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models

from maillage.web.network.models import Organisation
from maillage.web.questionnaire.modele.lecture import read_definition
from maillage.web.questionnaire.modele.saisie import read_saisies
from maillage.web.questionnaire.querysets import QuestionnaireQuerySet, ReponseQuerySet

if TYPE_CHECKING:
    from maillage.web.questionnaire.modele.definition import Definition
    from maillage.web.questionnaire.modele.saisie import Saisie


def empty_definition() -> dict[str, Any]:
    """What a new questionnaire starts from."""
    return {"sections": [], "regles": []}


class Questionnaire(models.Model):
    """What is asked of the structures in a year."""

    class Etat(models.TextChoices):
        """Where it stands."""

        BROUILLON = "brouillon", "en préparation"
        OUVERT = "ouvert", "ouvert"
        CLOS = "clos", "clos"

    annee = models.PositiveSmallIntegerField("année", unique=True)
    titre = models.CharField("titre", max_length=200)
    introduction = models.TextField("introduction", max_length=4000, blank=True)
    etat = models.CharField(
        "état", max_length=10, choices=Etat.choices, default=Etat.BROUILLON.value
    )
    date_cloture = models.DateField("à rendre avant le", null=True, blank=True)
    ouvert_at = models.DateTimeField("ouvert le", null=True)
    clos_at = models.DateTimeField("clos le", null=True)
    projet = models.JSONField("définition en cours de préparation", default=empty_definition)
    definition = models.JSONField("définition en vigueur", null=True)
    version = models.PositiveIntegerField("version en vigueur", default=0)
    relance_at = models.DateTimeField("dernière relance", null=True)
    arrete = models.JSONField("réponses comptées, figées à la clôture", null=True)
    created_at = models.DateTimeField("créé le", auto_now_add=True)

    objects = QuestionnaireQuerySet.as_manager()

    class Meta:
        """The latest year first; what is asked is frozen once it is open."""

        verbose_name = "questionnaire"
        ordering: ClassVar[list[str]] = ["-annee"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(etat="brouillon")
                | models.Q(definition__isnull=False, ouvert_at__isnull=False, version__gte=1),
                name="questionnaire_ouvert_a_une_version",
            ),
            models.CheckConstraint(
                condition=~models.Q(etat="clos")
                | models.Q(clos_at__isnull=False, arrete__isnull=False),
                name="questionnaire_clos_est_arrete",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.titre} {self.annee}"

    @property
    def is_ouvert(self) -> bool:
        """Whether structures can answer."""
        return self.etat == self.Etat.OUVERT

    @property
    def has_erratum(self) -> bool:
        """Whether a correction of an open questionnaire is being prepared."""
        return self.is_ouvert and self.projet != self.definition

    def read_projet(self) -> Definition:
        """What is being prepared."""
        return read_definition(self.projet)

    def read_definition(self) -> Definition:
        """What is in force; what is being prepared as long as nothing is."""
        return read_definition(self.projet if self.definition is None else self.definition)


class VersionDefinition(models.Model):
    """What was asked, from an instant on: the opening, then each erratum."""

    questionnaire = models.ForeignKey(
        Questionnaire, on_delete=models.PROTECT, related_name="versions"
    )
    numero = models.PositiveIntegerField("version")
    definition = models.JSONField("définition")
    motif = models.CharField("motif", max_length=500)
    at = models.DateTimeField("depuis le")
    by_id = models.BigIntegerField("par", null=True)

    class Meta:
        """Each number once."""

        verbose_name = "version"
        ordering: ClassVar[list[str]] = ["-numero"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["questionnaire", "numero"], name="une_definition_par_numero"
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.numero}"


class Reponse(models.Model):
    """What a structure answers in a year."""

    questionnaire = models.ForeignKey(
        Questionnaire, on_delete=models.PROTECT, related_name="reponses"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="reponses_questionnaire"
    )
    valeurs = models.JSONField("réponses", default=dict)
    version = models.PositiveIntegerField("version", default=0)
    repondues = models.PositiveSmallIntegerField("questions répondues", default=0)
    posees = models.PositiveSmallIntegerField("questions posées", default=0)
    started_at = models.DateTimeField("commencée le", auto_now_add=True)
    updated_at = models.DateTimeField("modifiée le", auto_now=True)
    updated_by_id = models.BigIntegerField("modifiée par", null=True)
    sent_at = models.DateTimeField("envoyée le", null=True)
    sent_by_id = models.BigIntegerField("envoyée par", null=True)
    reopened_at = models.DateTimeField("rouverte le", null=True)
    motif_reouverture = models.CharField("motif de la réouverture", max_length=500, blank=True)

    objects = ReponseQuerySet.as_manager()

    class Meta:
        """One answer per structure and year."""

        verbose_name = "réponse"
        ordering: ClassVar[list[str]] = ["organisation"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["questionnaire", "organisation"], name="une_reponse_par_structure"
            ),
        ]

    def __str__(self) -> str:
        return f"réponse {self.pk}"

    @property
    def is_envoyee(self) -> bool:
        """Whether the structure sent it, and nobody opened it again since."""
        return self.sent_at is not None

    def read_saisies(self) -> dict[str, Saisie]:
        """Answers, by code of question."""
        return read_saisies(self.valeurs)
