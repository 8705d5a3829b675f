"""Sending the mails of a meeting: one connection for several, and who could not be reached."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.core.mail import get_connection

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.core.mail import EmailMultiAlternatives
    from django.core.mail.backends.base import BaseEmailBackend

_JOURNAL = logging.getLogger(__name__)


def send_each(
    adresses: Iterable[str], build: Callable[[str, BaseEmailBackend], EmailMultiAlternatives]
) -> list[str]:
    """Send one mail to each address.

    Args:
        adresses: To whom.
        build: Makes the mail of an address.

    Returns:
        Addresses to which the mail could not leave.
    """
    restantes = list(adresses)
    connexion = get_connection()
    try:
        connexion.open()
    except OSError as panne:  # every error of smtplib is one
        _JOURNAL.warning("le serveur de courrier ne répond pas\u00a0: %s", type(panne).__name__)
        return restantes
    refusees = []
    try:
        for adresse in restantes:
            try:
                connexion.send_messages([build(adresse, connexion)])
            except OSError as panne:
                _JOURNAL.warning("un courriel n’est pas parti\u00a0: %s", type(panne).__name__)
                refusees.append(adresse)
    finally:
        _close(connexion)
    return refusees


def _close(connexion: BaseEmailBackend) -> None:
    try:
        connexion.close()
    except OSError as panne:
        _JOURNAL.warning(
            "la connexion au serveur de courrier s’est coupée\u00a0: %s", type(panne).__name__
        )
