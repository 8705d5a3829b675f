"""P10: the same roll-up expression on DuckDB, PostgreSQL and Spark: same figures, the time of each.

    python benchmarks/p10_moteurs.py            # 400 structures
    python benchmarks/p10_moteurs.py 4600       # the country

Spark runs in an environment of its own, `.venv-spark`, that `make bench` prepares; without it, or without
Java, its part says so.
"""

from __future__ import annotations

import json
import math
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reseau import ANNEE, open_network

from maillage.analyses.pilotage.agregats import DUCKDB, roll_up
from maillage.indicators.pilotage.agregats import DECIMAUX

if TYPE_CHECKING:
    from maillage.indicators.pilotage.lecture import Faits

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tools"))
import services  # noqa: E402 — beside the tools of the project

STRUCTURES = 400
PAR = ("mois", "structure", "departement", "type")
SPARK = ROOT / ".venv-spark" / "bin" / "python"
_SPARK = """
import json, sys, time
from maillage.analyses.pilotage.agregats import roll_up
from maillage.indicators.pilotage.lecture import load_faits
faits, par = load_faits(), sys.argv[1].split(",")
for _ in range(2):
    debut = time.perf_counter()
    lignes = roll_up(faits, int(sys.argv[2]), par, moteur="spark://local")
    secondes = time.perf_counter() - debut
print("RESULTAT" + json.dumps([secondes, lignes]))
"""


def main() -> None:
    """Make the network, run the three engines, compare, print."""
    structures = int(sys.argv[1]) if len(sys.argv) > 1 else STRUCTURES
    with open_network(structures) as faits:
        temps, reference = run(faits, DUCKDB)
        print(f"DuckDB      {temps:8.2f} s   {len(reference)} sommes")
        programs = services.get_postgres()
        if programs is None:
            print("PostgreSQL  absent")
        else:
            with services.temporary_postgres(programs) as url:
                temps, lignes = run(faits, url)
            print(f"PostgreSQL  {temps:8.2f} s   {compare(reference, lignes)}")
        run_spark(reference)


def run(faits: Faits, moteur: str) -> tuple[float, list[dict[str, Any]]]:
    """Time of a second run, and its sums."""
    for _ in range(2):
        debut = time.perf_counter()
        lignes = roll_up(faits, ANNEE, PAR, moteur=moteur)
        secondes = time.perf_counter() - debut
    return secondes, lignes


def run_spark(reference: list[dict[str, Any]]) -> None:
    """The same in the environment of Spark, where there is one."""
    if not SPARK.is_file():
        print("Spark       absent : python3 tools/spark.py")
        return
    fini = subprocess.run(
        [str(SPARK), "-c", _SPARK, ",".join(PAR), str(ANNEE)],
        capture_output=True,
        text=True,
        check=False,
    )
    resultat = fini.stdout.partition("RESULTAT")[2]
    if not resultat:
        print(f"Spark       en échec : {(fini.stderr.strip().splitlines() or ['?'])[-1]}")
        return
    temps, lignes = json.loads(resultat)
    print(f"Spark       {temps:8.2f} s   {compare(reference, lignes)}")


def compare(ici: list[dict[str, Any]], ailleurs: list[dict[str, Any]]) -> str:
    """Whether whole numbers are equal, and ratios to the last bits of a division."""
    entiers = [{n: v for n, v in ligne.items() if n not in DECIMAUX} for ligne in ici]
    autres = [{n: v for n, v in ligne.items() if n not in DECIMAUX} for ligne in ailleurs]
    if entiers != autres:
        return "DIFFÈRE : des entiers ne sont pas les mêmes"
    pareils = all(
        a[n] is b[n] is None or math.isclose(a[n], b[n], rel_tol=1e-12, abs_tol=1e-9)
        for a, b in zip(ici, ailleurs, strict=True)
        for n in DECIMAUX
    )
    return "mêmes chiffres" if pareils else "DIFFÈRE : des rapports ne sont pas les mêmes"


if __name__ == "__main__":
    main()
