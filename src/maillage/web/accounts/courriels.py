"""Mails that the site writes by itself; those of allauth have their texts in `templates`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from maillage.kernel.francais import format_date
from maillage.web.accounts.actions import DUREE_INVITATION, invite
from maillage.web.accounts.liens import absolute_link

if TYPE_CHECKING:
    from maillage.web.accounts.models import Utilisateur


def send_invitation(
    utilisateur: Utilisateur, *, by: int | None, reseau: str = "", locale: str = ""
) -> str:
    """Invite a person by mail; their earlier invitations stop working.

    Args:
        utilisateur: The person, whose account is not closed.
        by: Number of the account that invites; None for the command line.
        reseau: Name of the network, as the person knows it.
        locale: Address of the site at hand, for links when no public one is set.

    Returns:
        The link, for whoever must hand it over otherwise.

    Raises:
        ValueError: the account is closed.
        OSError: the mail server does not take the message. The invitation stands all the same: its
            link can be handed over, or sent again.
    """
    jeton = invite(utilisateur, by=by)
    chemin = reverse("invitation", kwargs={"jeton": jeton})
    lien = (locale + chemin) if locale else absolute_link(None, chemin)
    contexte = {
        "prenom": utilisateur.prenom,
        "reseau": reseau,
        "lien": lien,
        "jusqu_au": format_date(timezone.localdate() + DUREE_INVITATION),
    }
    sujet = render_to_string("accounts/email/invitation_sujet.txt", contexte).strip()
    corps = render_to_string("accounts/email/invitation.txt", contexte).strip() + "\n"
    EmailMessage(sujet, corps, to=[utilisateur.email]).send()
    return lien
