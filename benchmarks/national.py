"""The national synthetic extract, written and imported once in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from mesure import Mesure

from maillage.analyses.synthese import generate_reseau
from maillage.data.store import VARIABLE
from maillage.data.synthetic import NATIONAL, Contenant, Parametres

if TYPE_CHECKING:
    from collections.abc import Iterator

ANNEES = (2023, 2025)
AU = date(2025, 7, 15)
DONNEES = "donnees-du-controle"
"""Directory of data below the folder; made anew at each run, so no other use has this name."""
_IMPORT = """
import resource, sys
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from maillage.data.extraits.reception import Reception
from maillage.indicators.pilotage.derivation import derive_faits
def derive(extrait):
    global lu
    lu = perf_counter()
    derive_faits(extrait)
depart = perf_counter()
Reception([Path(sys.argv[1])], datetime(2025, 7, 20, tzinfo=UTC), derive=derive).run()
fin = perf_counter()
print(lu - depart, fin - depart, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)
"""


def write_extract(dossier: Path) -> None:
    """Loose files of the whole country over three years."""
    parametres = Parametres(au=AU, annees=ANNEES, structures=NATIONAL, national=True)
    generate_reseau(parametres, dossier, Contenant.FICHIERS)


def import_extract(extrait: Path) -> tuple[Mesure, Mesure]:
    """The import in a process of its own, then with the facts of the cockpit; the peak of the process."""
    fait = subprocess.run(
        [sys.executable, "-c", _IMPORT, str(extrait)],
        check=True,
        capture_output=True,
        text=True,
    )
    # under -c, DuckDB also draws its progress there
    lecture, tout, octets = fait.stdout.split()[-3:]
    return Mesure(float(lecture), int(octets)), Mesure(float(tout), int(octets))


@contextmanager
def open_work_folder(mots: list[str]) -> Iterator[Path]:
    """Folder of the first word, kept; without a word, one that goes away. Data go below it."""
    with TemporaryDirectory() as provisoire:
        dossier = Path(mots[0]).resolve() if mots else Path(provisoire)
        os.environ[VARIABLE] = str(dossier / DONNEES)
        yield dossier
