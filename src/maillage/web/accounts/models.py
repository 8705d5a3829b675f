"""A person known to the network, and the invitation that opens their account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

if TYPE_CHECKING:
    from datetime import datetime


class UtilisateurManager(BaseUserManager["Utilisateur"]):
    """Creates persons; their address is kept in lower case."""

    def create_user(self, email: str, password: str | None = None, **champs: Any) -> Utilisateur:
        """A person, who can sign in once a password is given.

        Raises:
            ValueError: there is no address.
        """
        if not email:
            msg = "a person needs an e-mail address"
            raise ValueError(msg)
        utilisateur = self.model(email=email.strip().lower(), **champs)
        utilisateur.set_password(password)
        utilisateur.save(using=self._db)
        return utilisateur

    def get_by_natural_key(self, username: str | None) -> Utilisateur:
        """The person of an address, whatever its case."""
        return self.get(email=(username or "").strip().lower())


class Utilisateur(AbstractBaseUser):
    """A person known to the network; signs in with an e-mail address."""

    email = models.EmailField("adresse e-mail", unique=True)
    prenom = models.CharField("prénom", max_length=100, blank=True)
    nom = models.CharField("nom", max_length=100, blank=True)
    reuni_a = models.ForeignKey(
        "self",
        verbose_name="réuni à",
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="reunis",
    )
    is_active = models.BooleanField("actif", default=True)
    is_synthetic = models.BooleanField("de démonstration", default=False)
    created_at = models.DateTimeField("créé le", auto_now_add=True)

    objects: ClassVar[UtilisateurManager] = UtilisateurManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        """One person per address, whatever its case."""

        verbose_name = "personne"
        verbose_name_plural = "personnes"
        ordering: ClassVar[list[str]] = ["nom", "prenom", "email"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="adresse_en_minuscules"
            ),
        ]

    def __str__(self) -> str:
        return self.nom_complet

    @property
    def nom_complet(self) -> str:
        """First and last name; the address when neither is known."""
        return f"{self.prenom} {self.nom}".strip() or self.email


class Invitation(models.Model):
    """A one-time link that lets a person choose their password. Only its hash is kept."""

    class Nature(models.TextChoices):
        """What the link opens."""

        PREMIER_DEMARRAGE = "premier_demarrage", "premier démarrage"
        INVITATION = "invitation", "invitation"

    nature = models.CharField(max_length=20, choices=Nature.choices)
    utilisateur = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="invitations"
    )
    empreinte = models.CharField("empreinte du jeton", max_length=64, unique=True)
    created_at = models.DateTimeField("créée le", auto_now_add=True)
    created_by_id = models.BigIntegerField("créée par", null=True)
    expires_at = models.DateTimeField("valable jusqu’au")
    used_at = models.DateTimeField("utilisée le", null=True)

    class Meta:
        """An invitation is for a person; the first start is for nobody yet."""

        verbose_name = "invitation"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(nature="premier_demarrage", utilisateur__isnull=True)
                | models.Q(nature="invitation", utilisateur__isnull=False),
                name="invitation_pour_une_personne",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nature} {self.pk}"

    def is_usable(self, now: datetime) -> bool:
        """Whether the link still opens something; an account closed meanwhile is not opened."""
        if self.utilisateur is not None and not self.utilisateur.is_active:
            return False
        return self.used_at is None and now < self.expires_at
