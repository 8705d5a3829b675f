"""P7: one accounting file of a million lines, from its bytes to the balance of each account.

The floor reads the same file as text with pyarrow. The peer is pandas: read, sum by account. Ours also
finds the encoding and the separator, checks every line, drops third parties, and judges the whole.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from mesure import Ligne, Mesure, measure, print_table
from pyarrow import csv as pacsv

from maillage.data.sources.fec.colonnes import ORDRES
from maillage.data.sources.fec.lecture import read_fec

LIGNES = 1_000_000
GRAINE = 7
NOM = "732829320FEC20241231.txt"
COMPTES = ("411000", "512000", "706000", "708400", "641000", "645000", "606100", "421000")


def write_accounts(dossier: Path, lignes: int) -> Path:
    """Entries of two lines that balance, in the format of the decree."""
    alea = np.random.default_rng(GRAINE)
    ecritures = lignes // 2
    centimes = np.repeat(alea.integers(1, 10**7, ecritures), 2)
    montants = np.char.add(
        (centimes // 100).astype(str),
        np.char.add(",", np.char.zfill((centimes % 100).astype(str), 2)),
    )
    est_debit = np.arange(2 * ecritures) % 2 == 0
    numeros = np.repeat(np.arange(1, ecritures + 1), 2).astype(str)
    jours = np.repeat(np.sort(alea.integers(1, 29, ecritures)), 2)
    dates = np.char.add("202401", np.char.zfill(jours.astype(str), 2))
    n = 2 * ecritures
    colonnes = {
        "JournalCode": np.full(n, "VE"),
        "JournalLib": np.full(n, "Ventes"),
        "EcritureNum": numeros,
        "EcritureDate": dates,
        "CompteNum": alea.choice(COMPTES, n),
        "CompteLib": np.full(n, "Compte"),
        "PieceRef": np.char.add("P", numeros),
        "PieceDate": dates,
        "EcritureLib": np.char.add("Écriture ", numeros),
        "Debit": np.where(est_debit, montants, "0,00"),
        "Credit": np.where(est_debit, "0,00", montants),
        "ValidDate": np.full(n, "20250115"),
    }
    vide = pa.array([""] * n)
    textes = [pa.array(colonnes[nom]) if nom in colonnes else vide for nom in ORDRES[0]]
    chemin = dossier / NOM
    corps = "\n".join(pc.binary_join_element_wise(*textes, "\t").to_pylist())
    chemin.write_text("\t".join(ORDRES[0]) + "\n" + corps + "\n", encoding="utf-8")
    return chemin


def balance(chemin: Path) -> pa.Table:
    """Ours: the file read and judged, then the balance of each account."""
    ecritures = read_fec(chemin).ecritures
    return ecritures.group_by("compte").aggregate(
        [("debit_centimes", "sum"), ("credit_centimes", "sum")]
    )


def read_raw(chemin: Path) -> pa.Table:
    """The floor: every column as text."""
    return pacsv.read_csv(
        chemin,
        parse_options=pacsv.ParseOptions(delimiter="\t", quote_char=False),
        convert_options=pacsv.ConvertOptions(column_types=dict.fromkeys(ORDRES[0], pa.string())),
    )


def balance_pandas(chemin: Path) -> pd.DataFrame:
    """The peer: pandas, with the decimal comma."""
    lu = pd.read_csv(chemin, sep="\t", decimal=",", dtype={"CompteNum": str}, quoting=3)
    return lu.groupby("CompteNum")[["Debit", "Credit"]].sum()


def time_ours(lignes: int) -> Mesure:
    """Our time for so many lines."""
    with TemporaryDirectory() as nom:
        chemin = write_accounts(Path(nom), lignes)
        return measure({"nous": lambda: balance(chemin)}, repeats=3, memory=False)["nous"]


def main() -> None:
    """Run P7 and print its table."""
    with TemporaryDirectory() as nom:
        chemin = write_accounts(Path(nom), LIGNES)
        found = measure(
            {
                "nous": lambda: balance(chemin),
                "plancher": lambda: read_raw(chemin),
                "pair": lambda: balance_pandas(chemin),
            },
            memory=False,
        )
    print(f"P7 — un FEC de {LIGNES} lignes, jusqu’aux soldes des comptes")
    croissance = [time_ours(LIGNES // facteur) for facteur in (100, 10)]
    print_table(
        [
            Ligne(
                "FEC jusqu’aux soldes",
                found["nous"],
                found["plancher"],
                found["pair"],
                [*croissance, found["nous"]],
            )
        ]
    )


if __name__ == "__main__":
    main()
