"""A subject that is followed across ministers, and the dated facts that mark it."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import RegexValidator
from django.db import models

from maillage.web.dialogue.models.commun import Suivi
from maillage.web.dialogue.querysets import SujetQuerySet


class Sujet(Suivi):
    """A subject: its proposals, promises and facts make one line of time, with a curve of the rules."""

    titre = models.CharField("titre", max_length=200)
    slug = models.CharField(
        "adresse",
        max_length=100,
        unique=True,
        validators=[RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*$", "Lettres, chiffres et tirets.")],
    )
    texte = models.TextField("de quoi il s’agit", blank=True, max_length=4000)
    courbe = models.CharField("courbe tirée des règles", max_length=60, blank=True)

    objects = SujetQuerySet.as_manager()

    class Meta:
        """By title."""

        verbose_name = "sujet"
        ordering: ClassVar[list[str]] = ["titre"]

    def __str__(self) -> str:
        return self.titre


class Fait(Suivi):
    """Something dated that happened elsewhere: a report published, a text adopted, a budget voted."""

    sujet = models.ForeignKey(
        Sujet, null=True, blank=True, on_delete=models.SET_NULL, related_name="faits"
    )
    date = models.DateField("date")
    precision = models.CharField("précision", max_length=10, default="jour")
    titre = models.CharField("fait", max_length=250)
    texte = models.TextField("ce qu’il change", blank=True, max_length=4000)
    source = models.CharField("source", max_length=250, blank=True)
    source_url = models.URLField("adresse", max_length=500, blank=True)
    propositions = models.ManyToManyField("dialogue.Proposition", blank=True, related_name="faits")
    engagements = models.ManyToManyField("dialogue.Engagement", blank=True, related_name="faits")

    objects = SujetQuerySet.as_manager()

    class Meta:
        """In the order of time."""

        verbose_name = "fait daté"
        verbose_name_plural = "faits datés"
        ordering: ClassVar[list[str]] = ["date", "id"]

    def __str__(self) -> str:
        return self.titre
