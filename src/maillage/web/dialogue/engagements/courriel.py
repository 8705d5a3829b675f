"""The mail of those who follow: one message per person, each thing once."""

from __future__ import annotations

import logging
from smtplib import SMTPException, SMTPRecipientsRefused
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from maillage.kernel.francais import accorder
from maillage.web.accounts.models import Utilisateur
from maillage.web.dialogue.engagements.suivi import Arret
from maillage.web.dialogue.models import Rappel
from maillage.web.publications.courrier.messages import network_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.core.mail.backends.base import BaseEmailBackend

    from maillage.web.dialogue.engagements.nouvelles import Envoi, Nouvelle
    from maillage.web.dialogue.models import Abonnement

_JOURNAL = logging.getLogger(__name__)
_DEFINITIF = 500


def send(envois: Sequence[Envoi]) -> tuple[int, int]:
    """Write to each person; what could not leave is told again at the next round.

    Returns:
        Mails that left, and mails that did not.
    """
    if not envois:
        return 0, 0
    connexion = get_connection()
    reseau = network_name()
    personnes = Utilisateur.objects.in_bulk([e.utilisateur_id for e in envois])
    partis = restes = 0
    try:
        connexion.open()
        for envoi in envois:
            destinataire = personnes.get(envoi.utilisateur_id)
            if destinataire is None:
                continue
            if _send_one(envoi, destinataire, reseau, connexion):
                partis += 1
            else:
                restes += 1
    except (OSError, SMTPException) as panne:
        _JOURNAL.warning("le serveur de courrier ne répond pas\u00a0: %s", type(panne).__name__)
        return partis, len(envois) - partis
    finally:
        connexion.close()
    return partis, restes


def _send_one(
    envoi: Envoi, destinataire: Utilisateur, reseau: str, connexion: BaseEmailBackend
) -> bool:
    """Note what is told, then send: a worker that stops between the two tells it to nobody, never twice."""
    prises, rappels = _take(envoi)
    if not prises:
        return True
    try:
        build_message(destinataire, prises, reseau, connexion).send()
    except SMTPRecipientsRefused as refus:
        codes = [code for code, _ in refus.recipients.values()]
        if min(codes, default=0) >= _DEFINITIF:  # that address takes no mail: nobody insists
            return True
        Rappel.objects.filter(pk__in=rappels).delete()
        return False
    except (OSError, SMTPException) as panne:
        _JOURNAL.warning("un message de suivi n’est pas parti\u00a0: %s", type(panne).__name__)
        Rappel.objects.filter(pk__in=rappels).delete()
        return False
    return True


def _take(envoi: Envoi) -> tuple[list[tuple[Nouvelle, Abonnement]], list[int]]:
    """What no other worker has told meanwhile, and the lines that say so."""
    prises, rappels = [], []
    for nouvelle, lien in envoi.nouvelles:
        try:
            with transaction.atomic():
                rappel = Rappel.objects.create(
                    utilisateur_id=envoi.utilisateur_id,
                    engagement=nouvelle.engagement,
                    cle=nouvelle.cle,
                    at=timezone.now(),
                )
        except IntegrityError:
            continue
        prises.append((nouvelle, lien))
        rappels.append(rappel.pk)
    return prises, rappels


def build_message(
    destinataire: Utilisateur,
    nouvelles: Sequence[tuple[Nouvelle, Abonnement]],
    reseau: str,
    connexion: BaseEmailBackend,
) -> EmailMessage:
    """The mail of one person.

    Args:
        destinataire: Who.
        nouvelles: What is told, each with what ties the person to it.
        reseau: Name of the network.
        connexion: By which it will go.
    """
    site = settings.ADRESSE_PUBLIQUE
    tout = Arret(destinataire.pk).url
    suivis = {lien.pk for _, lien in nouvelles}
    un = next(iter(suivis)) if len(suivis) == 1 else None
    arret = tout if un is None else Arret(destinataire.pk, un).url
    contexte = {
        "nouvelles": [
            {
                "phrase": nouvelle.phrase,
                "engagement": nouvelle.engagement,
                "adresse": f"{site}{reverse('engagement', args=[nouvelle.engagement.pk])}",
                "arret": Arret(destinataire.pk, lien.pk).url,
                "par_espace": lien.espace_id is not None,
            }
            for nouvelle, lien in nouvelles
        ],
        "reseau": reseau,
        "suivis": f"{site}{reverse('engagements-suivis')}",
        "arret": tout,
    }
    return EmailMessage(
        subject=f"{reseau}\u00a0: {_subject(nouvelles)}",
        body=render_to_string("dialogue/engagements/courriel.txt", contexte),
        to=[destinataire.email],
        connection=connexion,
        headers={
            "List-Id": f"Engagements <engagements.{urlsplit(site).hostname}>",
            "List-Unsubscribe": f"<{arret}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
    )


def _subject(nouvelles: Sequence[tuple[Nouvelle, Abonnement]]) -> str:
    nombre = len({nouvelle.engagement.pk for nouvelle, _ in nouvelles})
    if nombre == 1:
        nouvelle = nouvelles[0][0]
        return " ".join(nouvelle.phrase.partition("\u00a0:")[0].split())
    return accorder(nombre, "engagement que vous suivez", "engagements que vous suivez")
