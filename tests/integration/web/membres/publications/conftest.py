"""The small network with the atlas, a folder of attachments, a clock to move, a real mail server."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import pytest
from aiosmtpd.controller import Controller
from django.utils import timezone
from django_tasks_db.management.commands import db_worker
from factories.courrier import Boite

from maillage.web.config.travaux import all_periodiques
from maillage.web.travaux import travailleur

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

    from pytest_django import Settings


@pytest.fixture(autouse=True)
def _pieces(tmp_path: Path, settings: Settings) -> None:
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
def travail(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """One turn of the worker: what is due, then what is ready.

    Each test is one transaction: the worker keeps its connection, as Django's own test client does.
    """
    for module in (travailleur, db_worker):
        monkeypatch.setattr(module, "close_old_connections", lambda: None)
    return travailleur.Travailleur(all_periodiques()).work_once


@pytest.fixture
def boite(settings: Settings) -> Iterator[Boite]:
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
