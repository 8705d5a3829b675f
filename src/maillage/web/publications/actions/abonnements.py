"""What a person chooses to receive, and the feed of their own."""

from __future__ import annotations

import hashlib
import secrets
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from maillage.web.journal.actions import record
from maillage.web.publications.models import Abonnement, FluxPersonnel

if TYPE_CHECKING:
    from maillage.web.accounts.models import Utilisateur


def hash_jeton(jeton: str) -> str:
    """What is kept of a secret address: enough to recognise it, not to use it."""
    return hashlib.sha256(jeton.encode()).hexdigest()


@transaction.atomic
def choose(
    utilisateur: Utilisateur, frequence: Abonnement.Frequence, *, by: int | None
) -> Abonnement:
    """How often a person wants mail. Choosing anew starts again mails that a refusal had stopped."""
    abonnement, _ = Abonnement.objects.update_or_create(
        utilisateur=utilisateur,
        defaults={"frequence": frequence, "suspendu_at": None, "suspendu_motif": ""},
    )
    record("abonnement.choisir", by=by, objet=abonnement, details={"frequence": frequence.value})
    return abonnement


@transaction.atomic
def suspend(utilisateur_id: int) -> bool:
    """Stop the mail of a person whose address refuses it.

    Returns:
        Whether mail was going there until now.
    """
    stopped = Abonnement.objects.filter(
        utilisateur_id=utilisateur_id, suspendu_at__isnull=True
    ).first()
    if stopped is None:
        return False
    stopped.suspendu_at = timezone.now()
    stopped.suspendu_motif = Abonnement.Suspension.ADRESSE_REFUSEE
    stopped.save()
    record("abonnement.suspendre", by=None, objet=stopped)
    return True


@transaction.atomic
def renew_feed(utilisateur: Utilisateur) -> str:
    """Secret of a new address of the person's own feed; the former one stops working."""
    jeton = secrets.token_urlsafe(32)
    flux, _ = FluxPersonnel.objects.update_or_create(
        utilisateur=utilisateur,
        defaults={"empreinte": hash_jeton(jeton), "created_at": timezone.now()},
    )
    record("flux.renouveler", by=utilisateur.pk, objet=flux)
    return jeton


@transaction.atomic
def revoke_feed(utilisateur: Utilisateur) -> None:
    """Close the person's own feed, if there is one."""
    flux = FluxPersonnel.objects.filter(utilisateur=utilisateur).first()
    if flux is not None:
        record("flux.fermer", by=utilisateur.pk, objet=flux)
        flux.delete()
