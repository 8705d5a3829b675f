"""What is done to accounts: invite, accept, create the first administrator's link, close."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone

from maillage.web.accounts.models import Invitation, Utilisateur
from maillage.web.journal.actions import record

if TYPE_CHECKING:
    from datetime import datetime

DUREE_INVITATION = timedelta(days=14)
DUREE_PREMIER_DEMARRAGE = timedelta(days=2)


def hash_jeton(jeton: str) -> str:
    """What is kept of a token: enough to recognise it, not to use it."""
    return hashlib.sha256(jeton.encode()).hexdigest()


def find_invitation(jeton: str, now: datetime) -> Invitation | None:
    """The invitation that a link opens; None when it was used, has expired or never was."""
    trouvee = Invitation.objects.filter(empreinte=hash_jeton(jeton)).first()
    return trouvee if trouvee is not None and trouvee.is_usable(now) else None


@transaction.atomic
def create_premier_demarrage() -> str:
    """Token of the link that creates the first administrator; earlier ones stop working."""
    now = timezone.now()
    Invitation.objects.filter(
        nature=Invitation.Nature.PREMIER_DEMARRAGE, used_at__isnull=True
    ).update(expires_at=now)
    return _create(Invitation.Nature.PREMIER_DEMARRAGE, None, None, now + DUREE_PREMIER_DEMARRAGE)


@transaction.atomic
def invite(utilisateur: Utilisateur, *, by: int | None) -> str:
    """Token of a new invitation; the person's earlier ones stop working."""
    now = timezone.now()
    utilisateur.invitations.filter(used_at__isnull=True).update(expires_at=now)
    jeton = _create(Invitation.Nature.INVITATION, utilisateur, by, now + DUREE_INVITATION)
    record("compte.inviter", by=by, objet=utilisateur)
    return jeton


def _create(
    nature: Invitation.Nature, pour: Utilisateur | None, by: int | None, fin: datetime
) -> str:
    jeton = secrets.token_urlsafe(32)
    Invitation.objects.create(
        nature=nature,
        utilisateur=pour,
        empreinte=hash_jeton(jeton),
        created_by_id=by,
        expires_at=fin,
    )
    return jeton


@transaction.atomic
def accept(invitation: Invitation, mot_de_passe: str) -> Utilisateur:
    """Open the account of the person invited; the link has been read in their mailbox.

    Raises:
        ValueError: the invitation is for nobody, or was used meanwhile.
    """
    utilisateur = invitation.utilisateur
    if utilisateur is None:
        msg = "this link invites nobody"
        raise ValueError(msg)
    consume(invitation)
    utilisateur.set_password(mot_de_passe)
    utilisateur.save(update_fields=["password"])
    verify_address(utilisateur)
    record("compte.ouvrir", by=utilisateur.pk, objet=utilisateur)
    return utilisateur


def consume(invitation: Invitation) -> None:
    """Mark a link as used, once.

    Raises:
        ValueError: it was used meanwhile.
    """
    pris = Invitation.objects.filter(pk=invitation.pk, used_at__isnull=True)
    if pris.update(used_at=timezone.now()) != 1:
        msg = "this link was used meanwhile"
        raise ValueError(msg)


def verify_address(utilisateur: Utilisateur) -> None:
    """Note that the person reads mail at their address: they followed a link sent there."""
    EmailAddress.objects.update_or_create(
        user=utilisateur,
        email=utilisateur.email,
        defaults={"verified": True, "primary": True},
    )


@transaction.atomic
def close(utilisateur: Utilisateur, *, by: int | None) -> None:
    """Close an account: the person no longer signs in, anywhere."""
    utilisateur.is_active = False
    utilisateur.set_unusable_password()
    utilisateur.save(update_fields=["is_active", "password"])
    record("compte.fermer", by=by, objet=utilisateur)
