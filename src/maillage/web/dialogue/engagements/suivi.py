"""Following: who follows what, how one stops without signing in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from maillage.web.dialogue.models import Abonnement
from maillage.web.journal.actions import record

if TYPE_CHECKING:
    from maillage.web.accounts.models import Utilisateur
    from maillage.web.dialogue.models import Engagement, Espace

_SEL = "dialogue.suivi"


@dataclass(frozen=True, slots=True)
class Arret:
    """What a link of a mail stops.

    Attributes:
        utilisateur_id: Whose mail.
        abonnement_id: One thing that is followed; None for everything.
    """

    utilisateur_id: int
    abonnement_id: int | None = None

    @property
    def url(self) -> str:
        """Full address that stops it, without signing in. It does not expire."""
        jeton = signing.Signer(salt=_SEL).sign_object([self.utilisateur_id, self.abonnement_id])
        return f"{settings.ADRESSE_PUBLIQUE}{reverse('engagements-arret', args=[jeton])}"


def read_arret(jeton: str) -> Arret | None:
    """What a token stops; None when it was not made here."""
    try:
        utilisateur, abonnement = signing.Signer(salt=_SEL).unsign_object(jeton)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Arret(utilisateur, abonnement)


@transaction.atomic
def follow(
    utilisateur: Utilisateur, *, engagement: Engagement | None = None, espace: Espace | None = None
) -> Abonnement:
    """Follow a commitment, or all those of a place; following twice is following."""
    abonnement, created = Abonnement.objects.get_or_create(
        utilisateur=utilisateur,
        engagement=engagement,
        espace=espace,
        defaults={"at": timezone.now()},
    )
    if created:
        record("dialogue.suivre", by=utilisateur.pk, objet=abonnement)
    return abonnement


@transaction.atomic
def stop(arret: Arret) -> int:
    """Stop following one thing, or everything; answers how many were followed."""
    suivis = Abonnement.objects.filter(utilisateur=arret.utilisateur_id)
    if arret.abonnement_id is not None:
        suivis = suivis.filter(pk=arret.abonnement_id)
    nombre = 0
    for abonnement in suivis:
        record("dialogue.ne_plus_suivre", by=arret.utilisateur_id, objet=abonnement)
        abonnement.delete()
        nombre += 1
    return nombre


def find_followed(utilisateur_id: int, **chose: Any) -> Abonnement | None:
    """What ties a person to a commitment or to a place; None when they do not follow it."""
    found: Abonnement | None = Abonnement.objects.filter(
        utilisateur=utilisateur_id, **chose
    ).first()
    return found
