"""A publication: its numbered texts, its way to readers, and what is being typed."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models

from maillage.web.droits.acteur import Perimetre
from maillage.web.publications.models.parution import Parution
from maillage.web.publications.querysets import PublicationQuerySet

if TYPE_CHECKING:
    from datetime import datetime

SLUGS_RESERVES = frozenset(
    {"redaction", "abonnements", "desabonnement", "flux", "pieces", "flux.rss", "flux.atom"}
)
"""Addresses of this application that a publication cannot take."""


class Publication(models.Model):
    """News, a document or a position, from its first draft to its withdrawal."""

    class Nature(models.TextChoices):
        """What it is to its readers."""

        ACTUALITE = "actualite", "actualité"
        DOCUMENT = "document", "document"
        POSITION = "position", "position"

    class Etat(models.TextChoices):
        """Where its last text stands; that an earlier one can be read is told by `parution`."""

        BROUILLON = "brouillon", "brouillon"
        A_RELIRE = "a_relire", "à relire"
        RENVOYEE = "renvoyee", "renvoyée"
        PUBLIEE = "publiee", "publiée"
        RETIREE = "retiree", "retirée"

    nature = models.CharField(
        "nature", max_length=12, choices=Nature.choices, default=Nature.ACTUALITE
    )
    region = models.CharField("région", max_length=2, blank=True)
    reunion = models.CharField("réunion dont il rend compte", max_length=200, blank=True)
    etat = models.CharField("état", max_length=12, choices=Etat.choices, default=Etat.BROUILLON)
    slug = models.CharField(  # noqa: DJ001 — no address before the first publication, and no two alike
        "adresse",
        max_length=120,
        unique=True,
        null=True,
        validators=[
            RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*$", "Lettres sans accent, chiffres et tirets.")
        ],
    )
    auteur = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="auteur",
        null=True,
        on_delete=models.SET_NULL,
        related_name="publications",
    )
    courante = models.OneToOneField(
        "VersionTexte", null=True, on_delete=models.PROTECT, related_name="courante_de"
    )
    parution = models.OneToOneField(
        Parution, null=True, on_delete=models.PROTECT, related_name="courante_de"
    )
    publiee_le = models.DateTimeField("parue le", null=True)
    annoncee_at = models.DateTimeField("annoncée le", null=True)
    retiree_le = models.DateTimeField("retirée le", null=True)
    created_at = models.DateTimeField("créée le", auto_now_add=True)
    updated_at = models.DateTimeField("modifiée le", auto_now=True)
    is_synthetic = models.BooleanField("de démonstration", default=False)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        """What is read has a date, a text and an address."""

        verbose_name = "publication"
        verbose_name_plural = "publications"
        ordering: ClassVar[list[str]] = ["-publiee_le", "-id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(
                    parution__isnull=True, publiee_le__isnull=True, slug__isnull=True
                )
                | models.Q(parution__isnull=False, publiee_le__isnull=False, slug__isnull=False),
                name="une_parution_a_une_date_et_une_adresse",
            ),
            models.CheckConstraint(
                condition=~models.Q(etat="retiree") | models.Q(retiree_le__isnull=False),
                name="un_retrait_a_une_date",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["retiree_le", "-publiee_le"], name="publication_lisible"),
            models.Index(fields=["etat", "-updated_at"], name="publication_par_etat"),
            models.Index(fields=["region", "-updated_at"], name="publication_par_region"),
        ]

    def __str__(self) -> str:
        return self.slug or f"publication {self.pk}"

    @property
    def perimetre(self) -> Perimetre:
        """Where it belongs: its region; nowhere when it is national."""
        return Perimetre(regions=frozenset({self.region} if self.region else ()))

    def is_lisible(self, now: datetime) -> bool:
        """Whether readers find it."""
        parue = self.publiee_le is not None and self.publiee_le <= now
        return parue and self.retiree_le is None

    def is_programmee(self, now: datetime) -> bool:
        """Whether readers will find it later."""
        return self.publiee_le is not None and self.publiee_le > now and self.retiree_le is None


class VersionTexte(models.Model):
    """One saved text. It is never changed: the next one has the next number."""

    publication = models.ForeignKey(
        Publication, on_delete=models.PROTECT, related_name="versions_texte"
    )
    numero = models.PositiveIntegerField("numéro")
    titre = models.CharField("titre", max_length=300)
    chapo = models.TextField("chapo", blank=True, max_length=2000)
    corps = models.TextField("texte", blank=True)
    themes = models.CharField("thèmes", max_length=500, blank=True)
    masquer_montants = models.BooleanField("cacher les montants", default=False)
    masquer_noms = models.BooleanField("cacher les noms de personnes", default=False)
    noms_caches = models.TextField("autres noms à cacher", blank=True, max_length=4000)
    noms_publics = models.TextField("noms qui restent", blank=True, max_length=4000)
    motif = models.CharField("motif", max_length=200, blank=True)
    by_id = models.BigIntegerField("auteur", null=True)
    at = models.DateTimeField("enregistrée le")
    empreinte = models.CharField("empreinte du texte", max_length=64)

    CHAMPS: ClassVar[tuple[str, ...]] = (
        "titre",
        "chapo",
        "corps",
        "themes",
        "masquer_montants",
        "masquer_noms",
        "noms_caches",
        "noms_publics",
    )
    """What the text is made of, and what its hash covers."""

    class Meta:
        """Numbered from 1, each number once."""

        verbose_name = "version"
        ordering: ClassVar[list[str]] = ["-numero"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["publication", "numero"], name="une_version_par_numero"
            ),
            models.CheckConstraint(
                condition=models.Q(numero__gte=1), name="version_numerotee_depuis_1"
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.numero}"

    @property
    def contenu(self) -> dict[str, Any]:
        """The text alone, as the editor's form holds it."""
        return {champ: getattr(self, champ) for champ in self.CHAMPS}

    @classmethod
    def hash_contenu(cls, contenu: dict[str, Any]) -> str:
        """SHA-256 of a text, the same for the same words whatever the machine."""
        choisi = {champ: contenu[champ] for champ in cls.CHAMPS}
        ecrit = json.dumps(choisi, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(ecrit.encode()).hexdigest()


class Etape(models.Model):
    """A step of the way: submitted, sent back with its comment, published, withdrawn."""

    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="etapes")
    etat = models.CharField("état", max_length=12, choices=Publication.Etat.choices)
    numero = models.PositiveIntegerField("version")
    commentaire = models.TextField("commentaire", blank=True, max_length=2000)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField("le")

    class Meta:
        """Newest first."""

        verbose_name = "étape"
        ordering: ClassVar[list[str]] = ["-at", "-id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["publication", "-at"], name="etape_par_publication")
        ]

    def __str__(self) -> str:
        return f"{self.etat} {self.numero}"


class Saisie(models.Model):
    """What a person is typing and has not saved; kept every few seconds, one per person."""

    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="saisies")
    utilisateur = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    base = models.PositiveIntegerField("version de départ")
    contenu = models.JSONField("texte")
    at = models.DateTimeField("le")

    class Meta:
        """One per person and publication."""

        verbose_name = "saisie en cours"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["publication", "utilisateur"], name="une_saisie_par_personne"
            )
        ]

    def __str__(self) -> str:
        return f"saisie depuis {self.base}"
