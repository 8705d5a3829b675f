"""P1: import of the monthly statements of an extract, validated, persons refused, kept as Parquet.

The floor reads the same file as text with pyarrow and writes it as Parquet: no check, no type, no hash
of the identifiers. The peer is pandas, reading the same columns as text. Ours is the whole import:
dictionary of the columns, types, bounds, columns about persons, salted hashes, count of the last line.
`python benchmarks/p1_import.py 7000000` measures the national size; 500,000 rows by default.
"""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from mesure import Ligne, Mesure, measure, print_table
from pyarrow import csv as pacsv

from maillage.data.extraits.reception import Reception
from maillage.data.sources.flux_iae.colonnes import load_dictionnaire

LIGNES = 500_000
GRAINE = 7
MORCEAU = 250_000
JOUR = "05072025"
VUE = "EtatMensuelIndiv"
_MEMOIRE = """
import resource, sys
sys.path.insert(0, sys.argv[2])
from p1_import import importer
from pathlib import Path
importer(Path(sys.argv[1]))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)
"""


def write_statements(dossier: Path, lignes: int) -> Path:
    """Statements of invented people, in the format of the ASP; and the two views that are needed."""
    alea = np.random.default_rng(GRAINE)
    noms = [colonne.nom for colonne in load_dictionnaire()[VUE]]
    vides = "|" * (len(noms) - 1)
    chemin = dossier / f"fluxIAE_{VUE}_{JOUR}_063004.csv"
    with chemin.open("w", encoding="utf-8") as sortie:
        sortie.write(f"DEB{VUE}{JOUR}_063004{vides}\n{'|'.join(noms)}\n")
        for depart in range(0, lignes, MORCEAU):
            sortie.write(_write_block(alea, noms, depart, min(MORCEAU, lignes - depart)))
        sortie.write(f"FIN{lignes}{vides}\n")
    for vue in ("Structure", "AnnexeFinanciere"):
        entete = [colonne.nom for colonne in load_dictionnaire()[vue]]
        tete = f"DEB{vue}{JOUR}_063004{'|' * (len(entete) - 1)}"
        (dossier / f"fluxIAE_{vue}_{JOUR}_063004.csv").write_text(
            f"{tete}\n{'|'.join(entete)}\nFIN0{'|' * (len(entete) - 1)}\n", encoding="utf-8"
        )
    return chemin


def _write_block(alea: np.random.Generator, noms: list[str], depart: int, lignes: int) -> str:
    mois = alea.integers(1, 13, lignes)
    personnes = alea.integers(1, 400_000, lignes)
    colonnes = {
        "emi_dsm_id": np.arange(depart, depart + lignes).astype(str),
        "emi_afi_id": alea.integers(1, 14_000, lignes).astype(str),
        "emi_pph_id": personnes.astype(str),
        "emi_ctr_id": (personnes * 3 + alea.integers(0, 3, lignes)).astype(str),
        "emi_sme_annee": np.full(lignes, "2024"),
        "emi_sme_mois": mois.astype(str),
        "emi_esm_etat_id": np.full(lignes, "3"),
        "emi_esm_etat_code": alea.choice(["VALIDE", "SAISI"], lignes, p=[0.9, 0.1]),
        "emi_date_creation": np.char.add(
            "05/", np.char.add(np.char.zfill(mois.astype(str), 2), "/2024")
        ),
        "emi_nb_heures_travail": np.char.mod("%.2f", alea.uniform(0, 160, lignes)),
        "emi_nb_heures_facturees": np.char.mod("%.2f", alea.uniform(0, 120, lignes)),
        "emi_mt_salaire_brut": np.char.mod("%.2f", alea.uniform(0, 1900, lignes)),
        "emi_part_etp": np.char.mod("%.4f", alea.uniform(0, 1, lignes)),
        "emi_salarie_tjs_accomp": alea.choice(["true", "false"], lignes),
    }
    vide = pa.array([""] * lignes)
    textes = [pa.array(colonnes[nom]) if nom in colonnes else vide for nom in noms]
    return "\n".join(pc.binary_join_element_wise(*textes, "|").to_pylist()) + "\n"


def importer(dossier: Path) -> None:
    """The whole import of a folder, into a data directory of its own."""
    with TemporaryDirectory() as donnees:
        os.environ["MAILLAGE_DONNEES"] = donnees
        instant = datetime(2025, 7, 7, tzinfo=UTC)
        Reception([dossier], instant, derive=lambda _extrait: None).run()


def read_raw(chemin: Path, cible: Path) -> None:
    """The floor: the file as text, written as Parquet, block by block."""
    noms = [colonne.nom for colonne in load_dictionnaire()[VUE]]
    lecteur = pacsv.open_csv(
        chemin,
        pacsv.ReadOptions(skip_rows=2, column_names=noms, block_size=16 << 20),
        pacsv.ParseOptions(delimiter="|", quote_char=False),
        pacsv.ConvertOptions(
            column_types=dict.fromkeys(noms, pa.string()), strings_can_be_null=False
        ),
    )
    with pq.ParquetWriter(cible, lecteur.schema, compression="zstd") as ecrivain:
        for bloc in lecteur:
            ecrivain.write_batch(bloc)


def read_pandas(chemin: Path) -> None:
    """The peer: pandas, the same columns, as text."""
    pd.read_csv(chemin, sep="|", skiprows=1, dtype=str, quoting=3)


def measure_size(lignes: int, *, full: bool) -> dict[str, Mesure]:
    """Times of one size, the works taking turns; without the others when only ours is wanted."""
    with TemporaryDirectory() as nom:
        dossier = Path(nom) / "extrait"
        dossier.mkdir()
        chemin = write_statements(dossier, lignes)
        works = {"nous": lambda: importer(dossier)}
        if full:
            works |= {
                "plancher": lambda: read_raw(chemin, Path(nom) / "brut.parquet"),
                "pair": lambda: read_pandas(chemin),
            }
        found = measure(works, repeats=3, memory=False)
        ici = str(Path(__file__).parent)
        pic = subprocess.run(
            [sys.executable, "-c", _MEMOIRE, str(dossier), ici],
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        found["nous"] = Mesure(found["nous"].secondes, int(pic))
    return found


def main() -> None:
    """Run P1 and print its table."""
    lignes = int(sys.argv[1]) if sys.argv[1:] else LIGNES
    print(f"P1 — {lignes} relevés mensuels ; mémoire : pic du processus entier")
    found = measure_size(lignes, full=True)
    croissance = [measure_size(lignes // facteur, full=False)["nous"] for facteur in (100, 10)]
    print_table(
        [
            Ligne(
                "import des relevés",
                found["nous"],
                found["plancher"],
                found["pair"],
                [*croissance, found["nous"]],
            )
        ]
    )


if __name__ == "__main__":
    main()
