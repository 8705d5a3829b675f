"""Laws that hold for any published table: reading loses nothing, states tell every absence."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from maillage.data import store
from maillage.data.reference.besoin import _Communes, _etats_filosofi
from maillage.data.reference.outlines import PAS_METRES, _quantise
from maillage.data.sources.publie import Constats, FichierPublie, Nature, read_published
from maillage.kernel.valeur import Absence, Colonne, code_etat

FICHIER = FichierPublie(
    "essai.csv", {"code": Nature.CODE, "nom": Nature.TEXTE, "valeur": Nature.NOMBRE}, ("code",)
)
CODES = st.text("0123456789AB", min_size=1, max_size=9)
NOMS = st.none() | st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20
)
VALEURS = st.none() | st.decimals(-(10**6), 10**6, places=3).map(float)
ROWS = st.lists(st.tuples(CODES, NOMS, VALEURS), max_size=20, unique_by=lambda row: row[0])


def written(rows: list[tuple[str, str | None, float | None]]) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(FICHIER.colonnes)
    for code, nom, valeur in rows:
        writer.writerow([code, nom, None if valeur is None else f"{valeur:.3f}"])
    return stream.getvalue()


@given(ROWS)
def test_reading_gives_back_what_was_published(
    rows: list[tuple[str, str | None, float | None]],
) -> None:
    constats = Constats()
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / FICHIER.chemin).write_text(written(rows), encoding="utf-8")
        table = read_published(Path(folder), FICHIER, constats)
    assert constats.anomalies == []
    assert table is not None
    assert [tuple(row.values()) for row in table.to_pylist()] == rows


@given(ROWS)
def test_store_gives_back_what_was_written(
    rows: list[tuple[str, str | None, float | None]],
) -> None:
    columns = [list(column) for column in zip(*rows, strict=True)] or [[], [], []]
    schema = pa.schema([("code", pa.string()), ("nom", pa.string()), ("valeur", pa.float64())])
    table = pa.table(columns, schema=schema)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.parquet"
        store.write_parquet_atomically(table, path, {"pedigree": "x"})
        assert store.read_parquet(path).equals(table)


POINTS = st.lists(st.tuples(st.floats(-5, 9), st.floats(42, 51)), min_size=1, max_size=30)


@given(POINTS)
def test_quantised_ring_stays_closed_without_repeated_points(
    points: list[tuple[float, float]],
) -> None:
    ring = _quantise([*points, points[0]], "2154")
    assert np.array_equal(ring[0], ring[-1])
    assert not np.any(ring % PAS_METRES)
    assert np.all(np.any(ring[1:] != ring[:-1], axis=1))


FLAGS = st.tuples(st.booleans(), st.booleans(), st.booleans())


@given(st.lists(st.tuples(st.none() | st.floats(0, 100), FLAGS), min_size=1))
def test_every_blank_has_a_reason_and_no_figure_has_one(
    cells: list[tuple[float | None, tuple[bool, bool, bool]]],
) -> None:
    nombres = np.array([np.nan if value is None else value for value, _ in cells])
    masks = np.array([flags for _, flags in cells]).T
    cadre = _Communes(
        codes=[str(i) for i in range(len(cells))],
        retablies=masks[0],
        inhabitees=masks[1],
        hors_filosofi=masks[2],
    )
    etats = _etats_filosofi(nombres, cadre)
    colonne = Colonne(nombres, etats)  # refuses a state that disagrees with its number
    secret = etats == code_etat(Absence.SECRETE)
    assert not np.any(secret & masks.any(axis=0))
    assert np.all(secret[~colonne.connues & ~masks.any(axis=0)])
