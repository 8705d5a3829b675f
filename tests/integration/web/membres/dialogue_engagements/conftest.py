"""The small network with the atlas; nobody is asked for a second factor."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _ouvert(atlas: None, sans_second_facteur: None) -> None:
    """Pages read figures, and nobody is asked for a second factor."""
