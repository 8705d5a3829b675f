"""The small network with the atlas, and a folder of attachments."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import Settings


@pytest.fixture(autouse=True)
def _pieces(tmp_path: Path, settings: Settings) -> None:
    """No attachment of a test goes in the user's data directory."""
    settings.PIECES_JOINTES = tmp_path / "pieces-jointes"


@pytest.fixture(autouse=True)
def _ouvert(atlas: None, sans_second_facteur: None) -> None:
    """Pages read figures, and nobody is asked for a second factor."""
