"""A synthetic network imported into a directory of its own, for the benchmarks of the cockpit."""

from __future__ import annotations

import os
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from maillage.analyses.pilotage.imports import importer
from maillage.analyses.synthese import generate_reseau
from maillage.data.synthetic import NATIONAL, Parametres
from maillage.indicators.pilotage.lecture import load_faits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maillage.indicators.pilotage.lecture import Faits

ANNEE = 2025


@contextmanager
def open_network(structures: int) -> Iterator[Faits]:
    """Facts of a network of that size; of the whole country at its own size.

    Args:
        structures: How many; 4,600 and more stand for the country.
    """
    national = structures >= NATIONAL
    parametres = Parametres(
        au=date(ANNEE, 7, 15),
        annees=(ANNEE - 2, ANNEE),
        structures=NATIONAL if national else structures,
        national=national,
    )
    with TemporaryDirectory() as dossier:
        os.environ["MAILLAGE_DONNEES"] = str(Path(dossier) / "donnees")
        ecrit = generate_reseau(parametres, Path(dossier))
        importer(ecrit.fichiers, datetime(ANNEE, 7, 20, tzinfo=UTC))
        yield load_faits()
