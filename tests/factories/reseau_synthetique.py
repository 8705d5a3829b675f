"""A small synthetic network, written once per session of tests, and its views read back as text."""

from __future__ import annotations

import gzip
from datetime import date
from typing import TYPE_CHECKING

import pyarrow as pa
from pyarrow import csv as pacsv

from maillage.analyses.synthese import generate_reseau
from maillage.data.synthetic import Contenant, Parametres

if TYPE_CHECKING:
    from pathlib import Path

AU = date(2025, 7, 15)


def parametres(
    structures: int = 60, au: date = AU, annees: tuple[int, int] = (2024, 2025), graine: int = 7
) -> Parametres:
    """A network that the tests know."""
    return Parametres(au=au, annees=annees, graine=graine, structures=structures)


def write_network(dossier: Path, demande: Parametres | None = None) -> Path:
    """Loose files of a network."""
    generate_reseau(demande or parametres(), dossier, Contenant.FICHIERS)
    return dossier


def read_lines(dossier: Path, vue: str) -> list[str]:
    """Every line of a view, marks included."""
    (chemin,) = dossier.glob(f"fluxIAE_{vue}_*.csv.gz")
    return gzip.decompress(chemin.read_bytes()).decode().removesuffix("\n").split("\n")


def read_view(dossier: Path, vue: str) -> pa.Table:
    """Rows of a view, every cell as text, by an independent reader."""
    lignes = read_lines(dossier, vue)
    noms = lignes[1].split("|")
    texte = "\n".join(lignes[2:-1]).encode()
    return pacsv.read_csv(
        pa.BufferReader(texte),
        pacsv.ReadOptions(column_names=noms),
        pacsv.ParseOptions(delimiter="|", quote_char=False, ignore_empty_lines=False),
        pacsv.ConvertOptions(
            column_types=dict.fromkeys(noms, pa.string()), strings_can_be_null=False
        ),
    )
