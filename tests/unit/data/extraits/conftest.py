"""A data directory of its own for each test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def donnees(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Data directory of the test."""
    dossier = tmp_path / "donnees"
    monkeypatch.setenv("MAILLAGE_DONNEES", str(dossier))
    return dossier
