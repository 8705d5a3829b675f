"""A data directory of its own for each test, and extracts made of rows, as many as are asked for."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from factories.flux_iae import JOUR, write_extrait

from maillage.analyses.pilotage.imports import importer
from maillage.indicators.pilotage.lecture import load_faits

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from maillage.indicators.pilotage.lecture import Faits

MAINTENANT = datetime(2025, 7, 7, 9, 30, tzinfo=UTC)


@pytest.fixture
def donnees(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Data directory of the test."""
    dossier = tmp_path / "donnees"
    monkeypatch.setenv("MAILLAGE_DONNEES", str(dossier))
    return dossier


@pytest.fixture
def faits_de(tmp_path: Path, donnees: Path) -> Callable[..., Faits]:
    """Facts of an extract made of rows: views by name, and the day of extraction."""
    assert not donnees.exists()
    suite = itertools.count()

    def make(jour: Any = JOUR, **vues: Any) -> Faits:
        dossier = write_extrait(tmp_path / f"extrait{next(suite)}", vues, jour)
        return load_faits(importer([dossier], MAINTENANT).extrait.identifiant)

    return make
