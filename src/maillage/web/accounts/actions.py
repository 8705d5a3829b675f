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
from maillage.web.accounts.sessions import end_sessions
from maillage.web.journal.actions import record

if TYPE_CHECKING:
    from datetime import datetime

DUREE_INVITATION = timedelta(days=14)
DUREE_PREMIER_DEMARRAGE = timedelta(days=2)


class LienDejaUtilise(Exception):
    """A one-time link is followed a second time."""


def hash_jeton(jeton: str) -> str:
    """What is kept of a token: enough to recognise it, not to use it."""
    return hashlib.sha256(jeton.encode()).hexdigest()


def find_invitation(jeton: str, now: datetime) -> Invitation | None:
    """The invitation that a link opens; None when it was used, has expired or never was."""
    trouvee = (
        Invitation.objects.select_related("utilisateur").filter(empreinte=hash_jeton(jeton)).first()
    )
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
    """Token of a new invitation; the person's earlier ones stop working.

    Raises:
        ValueError: the account is closed.
    """
    if not utilisateur.is_active:
        msg = "a closed account is not invited: open it again first"
        raise ValueError(msg)
    now = timezone.now()
    _expire_invitations(utilisateur, now)
    jeton = _create(Invitation.Nature.INVITATION, utilisateur, by, now + DUREE_INVITATION)
    record("compte.inviter", by=by, objet=utilisateur)
    return jeton


def _expire_invitations(utilisateur: Utilisateur, now: datetime) -> None:
    utilisateur.invitations.filter(used_at__isnull=True, expires_at__gt=now).update(expires_at=now)


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

    Sessions that an earlier password opened end.

    Raises:
        ValueError: the invitation is for nobody.
        LienDejaUtilise: it was used meanwhile.
    """
    utilisateur = invitation.utilisateur
    if utilisateur is None:
        msg = "this link invites nobody"
        raise ValueError(msg)
    consume(invitation)
    utilisateur.set_password(mot_de_passe)
    utilisateur.save(update_fields=["password"])
    end_sessions(utilisateur)
    verify_address(utilisateur)
    record("compte.ouvrir", by=utilisateur.pk, objet=utilisateur)
    return utilisateur


def consume(invitation: Invitation) -> None:
    """Mark a link as used, once, whoever else is using it at this very moment.

    Raises:
        LienDejaUtilise: it was used, or has expired, meanwhile.
    """
    now = timezone.now()
    pris = Invitation.objects.filter(pk=invitation.pk, used_at__isnull=True, expires_at__gt=now)
    if pris.update(used_at=now) != 1:
        msg = "this link was used meanwhile"
        raise LienDejaUtilise(msg)


def verify_address(utilisateur: Utilisateur) -> None:
    """Note that the person reads mail at their address: they followed a link sent there."""
    EmailAddress.objects.update_or_create(
        user=utilisateur,
        email=utilisateur.email,
        defaults={"verified": True, "primary": True},
    )


@transaction.atomic
def close(utilisateur: Utilisateur, *, by: int | None) -> None:
    """Close an account: the person is out of every session at once, and comes in no more."""
    utilisateur.is_active = False
    utilisateur.set_unusable_password()
    utilisateur.save(update_fields=["is_active", "password"])
    _expire_invitations(utilisateur, timezone.now())
    end_sessions(utilisateur)
    record("compte.fermer", by=by, objet=utilisateur)
