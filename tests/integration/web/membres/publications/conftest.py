"""The small network with the atlas, a folder of attachments, a clock to move, a real mail server."""

from __future__ import annotations

import socket
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from typing import TYPE_CHECKING

import pytest
from aiosmtpd.controller import Controller
from django.utils import timezone

from maillage.web.config.travaux import all_periodiques
from maillage.web.travaux.travailleur import Travailleur

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from email.message import EmailMessage
    from pathlib import Path

    from aiosmtpd.smtp import SMTP, Envelope, Session
    from pytest_django.fixtures import SettingsWrapper


@pytest.fixture(autouse=True)
def _pieces(tmp_path: Path, settings: SettingsWrapper) -> None:
    """No attachment of a test goes in the user's data directory."""
    settings.PIECES_JOINTES = tmp_path / "pieces-jointes"


@pytest.fixture(autouse=True)
def _ouvert(atlas: None, sans_second_facteur: None) -> None:
    """Pages read figures, and nobody is asked for a second factor."""


@pytest.fixture
def horloge(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Sets the clock of the site."""

    def regler(instant: datetime) -> None:
        monkeypatch.setattr(timezone, "now", lambda: instant)

    return regler


@pytest.fixture
def travail() -> Callable[[], None]:
    """One turn of the worker: what is due, then what is ready."""
    travailleur = Travailleur(all_periodiques())
    return travailleur.work_once


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


@pytest.fixture
def boite(settings: SettingsWrapper) -> Iterator[Boite]:
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
    settings.ADRESSE_PUBLIQUE = "https://reseau.example.org"
    settings.DEFAULT_FROM_EMAIL = "Réseau d’essai <nouvelles@reseau.example.org>"
    yield boite
    serveur.stop()
