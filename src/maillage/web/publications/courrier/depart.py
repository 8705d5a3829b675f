"""Sending: one connection for many mails, each marked as it leaves, tried again when it cannot."""

from __future__ import annotations

import logging
import smtplib
from datetime import timedelta
from enum import Enum
from typing import TYPE_CHECKING

from django.core.mail import get_connection
from django.db.models import F, Q
from django.utils import timezone

from maillage.web.publications.actions.abonnements import suspend
from maillage.web.publications.article import Article, from_rendu
from maillage.web.publications.courrier.adresses import hash_address
from maillage.web.publications.courrier.lots import members_among
from maillage.web.publications.courrier.messages import build_message, network_name
from maillage.web.publications.models import Abonnement, Envoi, Lot, Rendu
from maillage.web.publications.texte.document import Audience

if TYPE_CHECKING:
    from datetime import datetime

    from django.core.mail.backends.base import BaseEmailBackend
    from django.db.models import QuerySet

_JOURNAL = logging.getLogger(__name__)
ESSAIS_MAX = 6
PAR_CONNEXION = 50
_PRIS = timedelta(minutes=15)
_DEFINITIF = 500


class Issue(Enum):
    """How the sending of one mail ended."""

    PARTI = "parti"
    REFUSE = "refusé"
    PLUS_TARD = "plus tard"
    SERVEUR_MUET = "serveur muet"


def send_lot(lot: Lot) -> int:
    """Send what is left of a lot.

    Returns:
        How many mails could not leave and are to be tried again.
    """
    now = timezone.now()
    articles = {audience: _articles(lot, audience, now) for audience in Audience}
    reseau = network_name()
    restants = list(_pending(lot, now).select_related("utilisateur__abonnement")[:PAR_CONNEXION])
    while restants and _send_batch(restants, articles, reseau):
        restants = list(
            _pending(lot, now).select_related("utilisateur__abonnement")[:PAR_CONNEXION]
        )
    return lot.envois.filter(etat=Envoi.Etat.EN_ATTENTE).count()


def _send_batch(envois: list[Envoi], articles: dict[Audience, list[Article]], reseau: str) -> bool:
    """Send some mails by one connection; False when the server does not answer."""
    adherents = members_among((e.utilisateur_id for e in envois), timezone.localdate())
    connexion = get_connection()
    try:
        connexion.open()
        for envoi in envois:
            lit_tout = envoi.utilisateur_id in adherents
            audience = Audience.ADHERENTS if lit_tout else Audience.PUBLIQUE
            if _send_one(envoi, articles[audience], reseau, connexion) is Issue.SERVEUR_MUET:
                return False
    except OSError as panne:  # every error of smtplib is one
        _JOURNAL.warning("le serveur de courrier ne répond pas\u00a0: %s", type(panne).__name__)
        return False
    finally:
        _close(connexion)
    return True


def _articles(lot: Lot, audience: Audience, now: datetime) -> list[Article]:
    """What the lot tells an audience; a publication withdrawn meanwhile is no longer told."""
    rendus = (
        Rendu.objects.lisible(audience, now)
        .filter(parution__courante_de__lots=lot)
        .prefetch_related("themes", "parution__pieces__piece")
    )
    return [from_rendu(rendu) for rendu in rendus]


def _pending(lot: Lot, now: datetime) -> QuerySet[Envoi]:
    """Mails to send that no other worker is sending and that were not tried since `now`."""
    libre = Q(pris_at__isnull=True) | Q(pris_at__lt=now - _PRIS)
    return lot.envois.filter(libre, etat=Envoi.Etat.EN_ATTENTE, essais__lt=ESSAIS_MAX).order_by(
        "id"
    )


def _take(envoi: Envoi) -> bool:
    """Take a mail, so that no other worker sends it."""
    pris = Envoi.objects.filter(
        pk=envoi.pk, etat=Envoi.Etat.EN_ATTENTE, essais=envoi.essais
    ).update(essais=F("essais") + 1, pris_at=timezone.now())
    return pris == 1


def _send_one(
    envoi: Envoi, articles: list[Article], reseau: str, connexion: BaseEmailBackend
) -> Issue:
    if not _is_wanted(envoi) or not articles:
        Envoi.objects.filter(pk=envoi.pk).update(etat=Envoi.Etat.ECARTE)
        return Issue.REFUSE
    if not _take(envoi):
        return Issue.PLUS_TARD
    message = build_message(envoi, articles, reseau, connexion)
    issue = _try(connexion, message)
    _note(envoi, issue)
    return issue


def _try(connexion: BaseEmailBackend, message: object) -> Issue:
    try:
        connexion.send_messages([message])  # type: ignore[list-item]  # an EmailMultiAlternatives is one
    except smtplib.SMTPRecipientsRefused as refus:
        codes = [code for code, _ in refus.recipients.values()]
        return Issue.REFUSE if min(codes, default=0) >= _DEFINITIF else Issue.PLUS_TARD
    except smtplib.SMTPResponseException as reponse:
        # about this message or this sender, not about the address
        _JOURNAL.warning("le serveur de courrier a répondu %s", reponse.smtp_code)
        return Issue.PLUS_TARD
    except OSError as panne:  # every other error of smtplib is one
        _JOURNAL.warning("le serveur de courrier ne répond pas : %s", type(panne).__name__)
        return Issue.SERVEUR_MUET
    return Issue.PARTI


def _is_wanted(envoi: Envoi) -> bool:
    """Whether the person still wants it, and can still receive it."""
    abonnement: Abonnement | None = getattr(envoi.utilisateur, "abonnement", None)
    return (
        envoi.utilisateur.is_active
        and abonnement is not None
        and abonnement.suspendu_at is None
        and abonnement.frequence == envoi.lot.nature
    )


def _note(envoi: Envoi, issue: Issue) -> None:
    """Write at once what became of a mail."""
    ligne = Envoi.objects.filter(pk=envoi.pk)
    now = timezone.now()
    if issue is Issue.PARTI:
        ligne.update(
            etat=Envoi.Etat.ENVOYE,
            envoye_at=now,
            adresse_empreinte=hash_address(envoi.utilisateur.email),
        )
    elif issue is Issue.REFUSE:
        ligne.update(etat=Envoi.Etat.REBOND, rebond_at=now)
        suspend(envoi.utilisateur_id)
    elif issue is Issue.SERVEUR_MUET:  # nothing was tried with this address
        ligne.update(essais=envoi.essais, pris_at=None)
    elif envoi.essais + 1 >= ESSAIS_MAX:
        ligne.update(etat=Envoi.Etat.ECHEC)


def release(lot: Lot) -> None:
    """Let what could not leave be tried again."""
    lot.envois.filter(etat=Envoi.Etat.EN_ATTENTE).update(pris_at=None)


def _close(connexion: BaseEmailBackend) -> None:
    try:
        connexion.close()
    except OSError as panne:
        _JOURNAL.warning(
            "la connexion au serveur de courrier s’est coupée : %s", type(panne).__name__
        )
