"""Which organisation a structure of the extracts is, and the imports that were asked for on the site."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from maillage.web.droits.acteur import Perimetre
from maillage.web.network.models import TYPES_SIAE, Organisation

if TYPE_CHECKING:
    from maillage.indicators.pilotage.structures import Cle


class LienStructure(models.Model):
    """What was decided about a structure of the extracts: it is this organisation, or it is not.

    The key is that of the ASP, (asp_id, kind): an ACI and an ETTI may share one asp_id and one SIRET.
    Whoever directs the organisation reads the figures of the structure: the network's staff decides.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="liens_structure"
    )
    asp_id = models.BigIntegerField("identifiant à l’ASP")
    type_siae = models.CharField("type", max_length=4, choices=[(t, t) for t in TYPES_SIAE])
    is_confirme = models.BooleanField("confirmé")
    raison = models.CharField("raison", max_length=120)
    at = models.DateTimeField("décidé le", default=timezone.now)
    by_id = models.BigIntegerField("décidé par", null=True)

    class Meta:
        """A structure of the extracts is one organisation at most."""

        verbose_name = "lien avec une structure des extraits"
        verbose_name_plural = "liens avec les structures des extraits"
        ordering: ClassVar[list[str]] = ["asp_id", "type_siae"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["organisation", "asp_id", "type_siae"],
                name="une_decision_par_structure_et_organisation",
            ),
            models.UniqueConstraint(
                fields=["asp_id", "type_siae"],
                condition=models.Q(is_confirme=True),
                name="une_organisation_par_structure",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.type_siae} {self.asp_id}"

    @property
    def cle(self) -> Cle:
        """Its key in the extracts."""
        return self.asp_id, self.type_siae


class ImportExtrait(models.Model):
    """An import asked for on the site: its files wait in a directory of their own, then go."""

    class Etat(models.TextChoices):
        """Where it stands."""

        EN_FILE = "en_file", "en attente"
        EN_COURS = "en_cours", "en cours"
        A_ACCEPTER = "a_accepter", "réparations à accepter"
        REFUSE = "refuse", "refusé"
        IMPORTE = "importe", "importé"
        ARRETE = "arrete", "arrêté"

    dossier = models.UUIDField("dossier", default=uuid.uuid4, unique=True, editable=False)
    etat = models.CharField("état", max_length=12, choices=Etat.choices, default=Etat.EN_FILE)
    noms = models.JSONField("noms des fichiers", default=list)
    octets = models.BigIntegerField("octets", default=0)
    at = models.DateTimeField("demandé le", default=timezone.now)
    by_id = models.BigIntegerField("demandé par", null=True)
    fini_le = models.DateTimeField("fini le", null=True)
    vue = models.CharField("vue en cours", max_length=40, blank=True)
    rangees = models.BigIntegerField("lignes lues de la vue", default=0)
    is_arret_demande = models.BooleanField("arrêt demandé", default=False)
    is_accepte = models.BooleanField("réparations acceptées", default=False)
    anomalies = models.JSONField("fautes ou réparations", default=list)
    avertissements = models.JSONField("à savoir", default=list)
    extrait = models.CharField("extrait", max_length=16, blank=True)
    is_deja_connu = models.BooleanField("déjà importé", default=False)

    class Meta:
        """Newest first."""

        verbose_name = "import d’un extrait"
        verbose_name_plural = "imports d’extraits"
        ordering: ClassVar[list[str]] = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.etat} {self.pk}"

    @property
    def perimetre(self) -> Perimetre:
        """Where it belongs: nowhere, so that only who reaches everything opens it."""
        return Perimetre()

    @property
    def is_fini(self) -> bool:
        """Whether nothing will happen any more without somebody."""
        return self.etat not in {self.Etat.EN_FILE, self.Etat.EN_COURS}

    @property
    def chemin(self) -> Path:
        """Directory of its files, while it waits and runs."""
        return Path(settings.DEPOTS_EXTRAITS) / str(self.dossier)
