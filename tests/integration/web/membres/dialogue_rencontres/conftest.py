"""What the tests of meetings share: the atlas, nobody asked for a second factor, files of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from factories.courrier import Boite, serve_mail

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytest_django import Settings


@pytest.fixture(autouse=True)
def _ouvert(atlas: None, sans_second_facteur: None, tmp_path: Path, settings: Settings) -> None:
    """Pages name territoires, and no file of a test goes in the user's data directory."""
    del atlas, sans_second_facteur
    settings.PIECES_JOINTES = tmp_path / "pieces-jointes"


@pytest.fixture
def boite(settings: Settings) -> Iterator[Boite]:
    """A real SMTP server on loopback, to which the site sends."""
    settings.ADRESSE_PUBLIQUE = "https://reseau.example.org"
    settings.DEFAULT_FROM_EMAIL = "Réseau d’essai <nouvelles@reseau.example.org>"
    with serve_mail(settings) as boite:
        yield boite
