"""Organisations, their conventions, membership, dues, consents; people's roles in them."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone

from maillage.web.droits.acteur import Perimetre
from maillage.web.droits.permissions import LIBELLES_ROLES, Role
from maillage.web.network.querysets import OrganisationQuerySet, RattachementQuerySet

TYPES_SIAE = ("AI", "ACI", "EI", "ETTI", "EITI")
_CODE_TERRITOIRE = RegexValidator(r"^[0-9AB]{2,5}$", "Un code officiel de territoire, comme 53.")


class Organisation(models.Model):
    """The network, a regional association, a member structure or a partner."""

    class Nature(models.TextChoices):
        """What it is to the network."""

        RESEAU = "reseau", "le réseau"
        ASSOCIATION_REGIONALE = "association_regionale", "association régionale"
        STRUCTURE = "structure", "structure"
        PARTENAIRE = "partenaire", "partenaire"

    identifiant = models.UUIDField("identifiant", default=uuid.uuid4, unique=True, editable=False)
    nature = models.CharField("nature", max_length=24, choices=Nature.choices)
    nom = models.CharField("nom", max_length=200)
    sigle = models.CharField("sigle", max_length=40, blank=True)
    siren = models.CharField(
        "SIREN", max_length=9, blank=True, validators=[RegexValidator(r"^\d{9}$", "Neuf chiffres.")]
    )
    adresse = models.CharField("adresse", max_length=300, blank=True)
    commune = models.CharField(
        "commune (code officiel)", max_length=5, blank=True, validators=[_CODE_TERRITOIRE]
    )
    departement = models.CharField(
        "département", max_length=3, blank=True, validators=[_CODE_TERRITOIRE]
    )
    region = models.CharField("région", max_length=2, blank=True, validators=[_CODE_TERRITOIRE])
    email = models.EmailField("adresse e-mail", blank=True)
    telephone = models.CharField("téléphone", max_length=20, blank=True)
    site_web = models.URLField("site web", blank=True)
    association_regionale = models.ForeignKey(
        "self",
        verbose_name="association régionale",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="structures",
    )
    reunie_a = models.ForeignKey(
        "self",
        verbose_name="réunie à",
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="reunies",
    )
    is_archived = models.BooleanField("archivée", default=False)
    is_synthetic = models.BooleanField("de démonstration", default=False)
    created_at = models.DateTimeField("créée le", auto_now_add=True)
    updated_at = models.DateTimeField("modifiée le", auto_now=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        """One network; one legal person once per nature."""

        verbose_name = "organisation"
        verbose_name_plural = "organisations"
        ordering: ClassVar[list[str]] = ["nom", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["nature"],
                condition=models.Q(nature="reseau"),
                name="un_seul_reseau",
            ),
            models.UniqueConstraint(
                fields=["siren", "nature"],
                condition=~models.Q(siren=""),
                name="une_personne_morale_par_nature",
            ),
            models.CheckConstraint(
                condition=~models.Q(nature="reseau", is_archived=True),
                name="le_reseau_reste_ouvert",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["region", "nom"], name="organisation_par_region"),
            models.Index(fields=["departement", "nom"], name="organisation_par_departement"),
        ]

    def __str__(self) -> str:
        return self.sigle or self.nom

    @property
    def is_structure(self) -> bool:
        """Whether it may hold conventions, be a member and owe dues."""
        return self.nature == Organisation.Nature.STRUCTURE

    @property
    def perimetre(self) -> Perimetre:
        """Where it belongs: itself and its region."""
        return Perimetre(
            frozenset({self.pk}), frozenset({self.region}) if self.region else frozenset()
        )


class Convention(models.Model):
    """One convention of a structure: a kind of SIAE in an establishment."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="conventions"
    )
    siret = models.CharField(
        "SIRET", max_length=14, validators=[RegexValidator(r"^\d{14}$", "Quatorze chiffres.")]
    )
    type_siae = models.CharField("type", max_length=4, choices=[(t, t) for t in TYPES_SIAE])
    commune = models.CharField(
        "commune (code officiel)", max_length=5, blank=True, validators=[_CODE_TERRITOIRE]
    )

    class Meta:
        """(SIRET, kind) is the key: an establishment can hold two kinds."""

        verbose_name = "convention"
        ordering: ClassVar[list[str]] = ["siret", "type_siae"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["siret", "type_siae"], name="un_type_par_siret"),
            models.CheckConstraint(
                condition=models.Q(type_siae__in=TYPES_SIAE), name="type_siae_connu"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.type_siae} {self.siret}"


class Adhesion(models.Model):
    """A period of membership."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="adhesions"
    )
    date_debut = models.DateField("depuis le")
    date_fin = models.DateField("jusqu’au", null=True, blank=True)

    class Meta:
        """Ends after it starts."""

        verbose_name = "adhésion"
        ordering: ClassVar[list[str]] = ["-date_debut"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(date_fin__isnull=True)
                | models.Q(date_fin__gte=models.F("date_debut")),
                name="adhesion_finit_apres_son_debut",
            ),
            models.UniqueConstraint(
                fields=["organisation"],
                condition=models.Q(date_fin__isnull=True),
                name="une_adhesion_en_cours",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.date_debut:%d/%m/%Y}"


class CotisationAnnuelle(models.Model):
    """The dues of one year."""

    class Statut(models.TextChoices):
        """Where the dues stand."""

        A_APPELER = "a_appeler", "à appeler"
        APPELEE = "appelee", "appelée"
        REGLEE = "reglee", "réglée"
        EXONEREE = "exoneree", "exonérée"

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="cotisations"
    )
    annee = models.PositiveSmallIntegerField("année")
    statut = models.CharField("statut", max_length=12, choices=Statut.choices)
    montant_centimes = models.BigIntegerField("montant, en centimes", null=True, blank=True)
    date_statut = models.DateField("depuis le")
    date_echeance = models.DateField("à régler avant le", null=True, blank=True)

    class Meta:
        """One line per year."""

        verbose_name = "cotisation"
        ordering: ClassVar[list[str]] = ["-annee"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["organisation", "annee"], name="une_cotisation_par_an"),
            models.CheckConstraint(
                condition=models.Q(montant_centimes__isnull=True)
                | models.Q(montant_centimes__gte=0),
                name="cotisation_positive",
            ),
            models.CheckConstraint(
                condition=models.Q(annee__gte=1900, annee__lte=2200), name="cotisation_d_une_annee"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.annee} {self.statut}"


class Consentement(models.Model):
    """One decision on one use of an organisation's figures; the last one holds, all are kept."""

    class Usage(models.TextChoices):
        """What the figures may serve."""

        STATISTIQUES = "statistiques", "statistiques du réseau"
        PANEL = "panel", "panel de comparaison entre structures"
        NOMINATIF = "nominatif", "publication sous le nom de la structure"
        ACCOMPAGNEMENT = "accompagner", "alertes à l’équipe d’accompagnement du réseau"

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="consentements"
    )
    usage = models.CharField("usage", max_length=12, choices=Usage.choices)
    accorde = models.BooleanField("accordé")
    at = models.DateTimeField("décidé le", default=timezone.now)
    by_id = models.BigIntegerField("décidé par", null=True)

    class Meta:
        """Newest first."""

        verbose_name = "consentement"
        ordering: ClassVar[list[str]] = ["-at", "-id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organisation", "usage", "-at"], name="consentement_dernier"),
        ]

    def __str__(self) -> str:
        return f"{self.usage} {'oui' if self.accorde else 'non'}"


class Rattachement(models.Model):
    """A role of a person in an organisation, for a time."""

    utilisateur = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="rattachements"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="rattachements"
    )
    role = models.CharField(
        "rôle", max_length=24, choices=[(role.value, nom) for role, nom in LIBELLES_ROLES.items()]
    )
    fonction = models.CharField("fonction", max_length=120, blank=True)
    date_debut = models.DateField("depuis le")
    date_fin = models.DateField("jusqu’au", null=True, blank=True)

    objects = RattachementQuerySet.as_manager()

    class Meta:
        """One current role of a kind per person and organisation."""

        verbose_name = "rattachement"
        ordering: ClassVar[list[str]] = ["organisation", "role", "-date_debut"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["utilisateur", "organisation", "role"],
                condition=models.Q(date_fin__isnull=True),
                name="un_rattachement_en_cours",
            ),
            models.UniqueConstraint(
                fields=["utilisateur", "organisation", "role", "date_debut"],
                name="un_rattachement_par_premier_jour",
            ),
            models.CheckConstraint(
                condition=models.Q(date_fin__isnull=True)
                | models.Q(date_fin__gte=models.F("date_debut")),
                name="rattachement_finit_apres_son_debut",
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=[role.value for role in LIBELLES_ROLES]),
                name="role_connu",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.organisation_id}"

    @property
    def role_libelle(self) -> str:
        """French name of the role."""
        return Role(self.role).libelle

    @property
    def perimetre(self) -> Perimetre:
        """Where it belongs: with its organisation."""
        return self.organisation.perimetre


class LienRegistre(models.Model):
    """What was decided about a line of the public register: it is this organisation, or it is not."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="liens_registre"
    )
    siret = models.CharField("SIRET au registre", max_length=14)
    kind = models.CharField("type au registre", max_length=4)
    is_confirme = models.BooleanField("confirmé")
    raison = models.CharField("raison", max_length=120)
    at = models.DateTimeField("décidé le", default=timezone.now)
    by_id = models.BigIntegerField("décidé par", null=True)

    class Meta:
        """(SIRET, kind) is the key of the register; a line of it is one organisation at most."""

        verbose_name = "lien avec le registre"
        ordering: ClassVar[list[str]] = ["siret", "kind"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["organisation", "siret", "kind"], name="une_decision_par_ligne_du_registre"
            ),
            models.UniqueConstraint(
                fields=["siret", "kind"],
                condition=models.Q(is_confirme=True),
                name="une_organisation_par_ligne_du_registre",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.siret}"


class Depot(models.Model):
    """A file put on the site to be imported: kept from its preview to its import, then deleted."""

    nom = models.CharField("nom du fichier", max_length=120)
    octets = models.BinaryField("octets")
    choix = models.JSONField("choix", default=dict)
    at = models.DateTimeField("déposé le", default=timezone.now)
    by_id = models.BigIntegerField("déposé par", null=True)

    class Meta:
        """Not a table."""

        abstract = True

    @property
    def perimetre(self) -> Perimetre:
        """Where it belongs: nowhere, so that only who reaches everything opens it."""
        return Perimetre()


class DepotFichier(Depot):
    """A file of organisations or of people."""

    class Contenu(models.TextChoices):
        """What it describes."""

        ORGANISATIONS = "organisations", "organisations"
        PERSONNES = "personnes", "personnes"

    contenu = models.CharField("contenu", max_length=16, choices=Contenu.choices)

    class Meta:
        """Newest first."""

        verbose_name = "fichier déposé"
        ordering: ClassVar[list[str]] = ["-at"]

    def __str__(self) -> str:
        return f"{self.contenu} {self.pk}"
