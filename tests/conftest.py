"""What every test shares: where the raw published tables are, and a data directory of its own."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

# No test is timed: on a busy machine Hypothesis' own deadline would be one.
settings.register_profile("maillage", deadline=None)
settings.load_profile("maillage")

ROOT = Path(__file__).resolve().parents[1]
SHARED_DATA = ROOT.parent / "shared" / "data"


@pytest.fixture(scope="session")
def donnees_partagees() -> Path:
    """Folder of the raw published tables that stand beside the project.

    Skips by name where they are absent: a user's machine has none. `MAILLAGE_DONNEES_BRUTES`
    names another folder.
    """
    folder = Path(os.environ.get("MAILLAGE_DONNEES_BRUTES", SHARED_DATA))
    if not (folder / "SOURCES.md").is_file():
        pytest.skip(f"les tables publiées ne sont pas à côté du projet : {folder.name} absent")
    return folder
