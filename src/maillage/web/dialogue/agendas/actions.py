"""The private address of a person's calendar: opened, renewed, closed by its owner."""

from __future__ import annotations

import hashlib
import secrets
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from maillage.web.dialogue.models import Agenda
from maillage.web.journal.actions import record

if TYPE_CHECKING:
    from maillage.web.accounts.models import Utilisateur


def hash_jeton(jeton: str) -> str:
    """What is kept of a secret address: enough to recognise it, not to use it."""
    return hashlib.sha256(jeton.encode()).hexdigest()


@transaction.atomic
def renew_agenda(utilisateur: Utilisateur) -> str:
    """Secret of a new address of the person's calendar; the former one stops working."""
    jeton = secrets.token_urlsafe(32)
    agenda, _ = Agenda.objects.update_or_create(
        utilisateur=utilisateur,
        defaults={"empreinte": hash_jeton(jeton), "at": timezone.now()},
    )
    record("agenda.renouveler", by=utilisateur.pk, objet=agenda)
    return jeton


@transaction.atomic
def close_agenda(utilisateur: Utilisateur) -> None:
    """Close the person's calendar, if there is one."""
    agenda = Agenda.objects.filter(utilisateur=utilisateur).first()
    if agenda is not None:
        record("agenda.fermer", by=utilisateur.pk, objet=agenda)
        agenda.delete()


def find_agenda(jeton: str) -> Agenda | None:
    """Calendar that a secret opens; none when it was closed, or its person's account is."""
    agenda: Agenda | None = Agenda.objects.filter(
        empreinte=hash_jeton(jeton), utilisateur__is_active=True
    ).first()
    return agenda
