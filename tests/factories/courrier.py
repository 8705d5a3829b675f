"""A mail server for tests: what it received, and whom it refuses."""

from __future__ import annotations

import socket
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from typing import TYPE_CHECKING

from aiosmtpd.controller import Controller

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage

    from aiosmtpd.smtp import SMTP, Envelope, Session
    from pytest_django import Settings


@dataclass
class Boite:
    """What a mail server received, and whom it refuses.

    Attributes:
        recus: (return path, recipient, message), in order.
        refus: Recipient to the answer that it gets.
    """

    recus: list[tuple[str, str, EmailMessage]] = field(default_factory=list)
    refus: dict[str, str] = field(default_factory=dict)

    async def handle_RCPT(  # noqa: N802 — the library's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        del server, session, options
        if address in self.refus:
            return self.refus[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 — the library's name
        del server, session
        contenu = envelope.content
        assert isinstance(contenu, bytes)
        message = message_from_bytes(contenu, policy=policy.default)
        self.recus.append((envelope.mail_from or "", envelope.rcpt_tos[0], message))
        return "250 OK"


@contextmanager
def serve_mail(settings: Settings) -> Iterator[Boite]:
    """A real SMTP server on loopback, to which the site sends."""
    boite = Boite()
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        port: int = prise.getsockname()[1]
    serveur = Controller(boite, hostname="127.0.0.1", port=port)
    serveur.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = ""
    try:
        yield boite
    finally:
        serveur.stop()
