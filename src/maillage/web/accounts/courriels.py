"""Mails that the site writes by itself; those of allauth have their texts in `templates`."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from maillage.kernel.francais import format_date
from maillage.web.accounts.actions import DUREE_INVITATION, invite
from maillage.web.accounts.liens import absolute_link

if TYPE_CHECKING:
    from django.http import HttpRequest

    from maillage.web.accounts.models import Utilisateur

_journal = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Envoi:
    """An invitation.

    Attributes:
        lien: The link that opens the account, to be handed over when the mail did not leave. Never
            in a log, nor in the trail.
        is_sent: Whether the mail server took the message.
    """

    lien: str
    is_sent: bool


def send_invitation(
    utilisateur: Utilisateur,
    *,
    by: int | None,
    reseau: str = "",
    request: HttpRequest | None = None,
) -> Envoi:
    """Invite a person by mail; their earlier invitations stop working.

    The invitation stands even when the mail server refuses: its link can be handed over otherwise.

    Args:
        utilisateur: The person, whose account is not closed.
        by: Number of the account that invites; None for the command line.
        reseau: Name of the network, as the person knows it.
        request: The request that invites, whose address serves when no public one is set.

    Raises:
        ValueError: the account is closed.
    """
    jeton = invite(utilisateur, by=by)
    lien = absolute_link(request, reverse("invitation", kwargs={"jeton": jeton}))
    contexte = {
        "prenom": utilisateur.prenom,
        "reseau": reseau,
        "lien": lien,
        "jusqu_au": format_date(timezone.localdate() + DUREE_INVITATION),
    }
    sujet = render_to_string("accounts/email/invitation_sujet.txt", contexte).strip()
    corps = render_to_string("accounts/email/invitation.txt", contexte).strip() + "\n"
    try:
        EmailMessage(sujet, corps, to=[utilisateur.email]).send()
    except OSError as error:  # SMTP's own errors are of this family
        _journal.warning("an invitation could not be mailed: %s", type(error).__name__)
        return Envoi(lien, is_sent=False)
    return Envoi(lien, is_sent=True)
