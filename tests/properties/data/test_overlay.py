"""Laying updates over a pack: idempotent, and blind to the order of independent updates."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from maillage.data.reference.overlay import lay_over
from maillage.data.reference.pack import Pack
from maillage.data.reference.schema import BESOIN_COMMUNES, SERIES, TABLES
from maillage.data.reference.update_file import Acceptee
from maillage.kernel.pedigree import Source

NIVEAUX = st.sampled_from(["departement", "region", "commune"])
CLES = st.tuples(
    NIVEAUX,
    st.sampled_from(["01", "02", "03"]),
    st.sampled_from(["a", "b"]),
    st.sampled_from(["2021", "2022"]),
)
VALEURS = st.one_of(st.none(), st.floats(0, 100, allow_nan=False))
FIGURES = st.dictionaries(CLES, VALEURS, max_size=12)


def to_table(figures: dict[Any, float | None], source: str) -> pa.Table:
    rows = [
        (*key, value, 1 if value is None else 0, source) for key, value in sorted(figures.items())
    ]
    columns = [list(column) for column in zip(*rows, strict=True)] or [[]] * len(SERIES)
    arrays = [pa.array(c, field.type) for c, field in zip(columns, SERIES, strict=True)]
    return pa.table(arrays, schema=SERIES)


def update(figures: dict[Any, float | None], code: str, day: str = "2026-11-23") -> Acceptee:
    source = Source(f"maj_{code}", code, "INSEE", "2021", "LO", code, "0" * 64, len(figures), "A")
    return Acceptee(code, "figures", to_table(figures, source.code), (source,), day)


def pack(figures: dict[Any, float | None]) -> Pack:
    larger = {key: value for key, value in figures.items() if key[0] != "commune"}
    communes = {key: value for key, value in figures.items() if key[0] == "commune"}
    tables = {name: schema.empty_table() for name, schema in TABLES.items()}
    tables["series"] = to_table(larger, "pack")
    tables["besoin_communes"] = to_table(communes, "pack").select(BESOIN_COMMUNES.names)
    return Pack("0" * 64, tables, {})


def read(of: Pack) -> dict[Any, tuple[float | None, str]]:
    """Reference reading, in plain Python: key to value and source."""
    rows = of.tables["series"].to_pylist()
    rows += [{**row, "niveau": "commune"} for row in of.tables["besoin_communes"].to_pylist()]
    found = {(r["niveau"], r["code"], r["serie"], r["periode"]): r for r in rows}
    assert len(found) == len(rows), "a key appears twice"
    return {key: (r["valeur"], r["source"]) for key, r in found.items()}


@given(FIGURES, FIGURES)
def test_the_newer_figure_wins_and_the_others_stay(
    base: dict[Any, float | None], fresh: dict[Any, float | None]
) -> None:
    expected = {key: (value, "pack") for key, value in base.items()}
    expected |= {key: (value, "maj_caf") for key, value in fresh.items()}
    assert read(lay_over(pack(base), [update(fresh, "caf")])) == expected


@given(FIGURES, FIGURES, FIGURES)
def test_twice_is_once(
    base: dict[Any, float | None], one: dict[Any, float | None], two: dict[Any, float | None]
) -> None:
    updates = [update(one, "caf"), update(two, "bdm")]
    once = lay_over(pack(base), updates)
    twice = lay_over(once, updates)
    assert twice.empreinte == once.empreinte
    assert read(twice) == read(once)
    assert twice.sources == once.sources


@given(FIGURES, FIGURES, FIGURES)
def test_the_order_of_independent_updates_does_not_matter(
    base: dict[Any, float | None], one: dict[Any, float | None], two: dict[Any, float | None]
) -> None:
    other = {key: value for key, value in two.items() if key not in one}
    first, second = update(one, "caf"), update(other, "bdm")
    together = lay_over(pack(base), [first, second])
    assert lay_over(pack(base), [second, first]).empreinte == together.empreinte
    one_by_one = lay_over(lay_over(pack(base), [second]), [first])
    other_way = lay_over(lay_over(pack(base), [first]), [second])
    assert read(one_by_one) == read(other_way) == read(together)


@given(FIGURES)
def test_the_pack_itself_never_changes(fresh: dict[Any, float | None]) -> None:
    base = pack({("departement", "01", "a", "2021"): 1.0})
    before = read(base)
    lay_over(base, [update(fresh, "caf")])
    assert read(base) == before
    assert base.empreinte == "0" * 64
