"""The small network with the atlas, a folder of attachments, a clock to move, a real mail server."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.utils import timezone
from factories.courrier import Boite, serve_mail

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
def boite(settings: Settings) -> Iterator[Boite]:
    """A real SMTP server on loopback, to which the site sends."""
    settings.ADRESSE_PUBLIQUE = "https://reseau.example.org"
    settings.DEFAULT_FROM_EMAIL = "Réseau d’essai <nouvelles@reseau.example.org>"
    with serve_mail(settings) as boite:
        yield boite
