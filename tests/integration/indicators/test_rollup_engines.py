"""The same roll-up on DuckDB, on PostgreSQL and in plain Python."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pytest

from maillage.data.reference.pack import embedded_pack
from maillage.data.store import connect, connect_duckdb
from maillage.indicators.composants import build_mesures, population_du_jour
from maillage.indicators.ground import codes_by_level, survey
from maillage.indicators.published import read_published
from maillage.indicators.rollup import (
    APPARTENANCES,
    MESURES,
    _integers,
    appartenances_table,
    mesures_table,
    read_sums,
    rollup,
)
from maillage.kernel.niveau import Niveau
from maillage.kernel.valeur import Absence, Colonne

if TYPE_CHECKING:
    from ibis.backends import BaseBackend  # type: ignore[import-untyped]  # ships no types

    from maillage.indicators.ground import Codes

SMALL = (
    pa.table(
        {
            "commune": ["A", "B", "C", "D", "A", "B", "C", "D"],
            "mesure": ["m"] * 4 + ["n"] * 4,
            "valeur": [2**53, 1, None, 7, None, None, None, None],
            "etat": [0, 0, 2, 0, 2, 2, 1, 5],
        },
        schema=MESURES,
    ),
    pa.table(
        {
            "niveau": ["epci", "epci", "epci", "epci", "france", "france", "france", "france"],
            "code": ["E1", "E1", "E2", "E3"] + ["FR"] * 4,
            "commune": ["A", "B", "C", "D"] * 2,
            "population": [10, 20, 30, 0] * 2,
        },
        schema=APPARTENANCES,
    ),
)


def run(engine: BaseBackend, mesures: pa.Table, appartenances: pa.Table) -> list[dict[str, Any]]:
    try:
        left = engine.create_table("mesures_essai", mesures, temp=True)
        right = engine.create_table("appartenances_essai", appartenances, temp=True)
        rows: list[dict[str, Any]] = engine.to_pyarrow(rollup(left, right)).to_pylist()
    finally:
        engine.disconnect()
    return sorted(rows, key=lambda row: (row["niveau"], row["code"], row["mesure"]))


def by_hand(mesures: pa.Table, appartenances: pa.Table) -> list[dict[str, Any]]:
    figures = defaultdict(list)
    for row in mesures.to_pylist():
        figures[row["commune"]].append(row)
    groups = defaultdict(list)
    for place in appartenances.to_pylist():
        for row in figures[place["commune"]]:
            key = (place["niveau"], place["code"], row["mesure"])
            groups[key].append(row | {"population": place["population"]})
    found = []
    for (niveau, code, mesure), rows in sorted(groups.items()):
        known = [row for row in rows if row["etat"] == 0]
        everyone = sum(row["population"] for row in rows)
        covered = sum(row["population"] for row in known)
        states = {f"etat_{etat}": sum(row["etat"] == etat for row in rows) for etat in range(6)}
        found.append(
            {"niveau": niveau, "code": code, "mesure": mesure}
            | {"somme": float(sum(row["valeur"] for row in known)) if known else None}
            | states
            | {"part_connue": covered / everyone if everyone else None}
        )
    return found


def test_small_sums_are_those_counted_by_hand() -> None:
    assert run(connect_duckdb(), *SMALL) == by_hand(*SMALL)


def test_large_integers_are_added_exactly() -> None:
    """One by one in floats, 2^53 + 1 is lost; added as integers, it counts."""
    mesures, appartenances = SMALL
    [row] = [
        r
        for r in run(connect_duckdb(), mesures, appartenances)
        if (r["code"], r["mesure"]) == ("FR", "m")
    ]
    assert row["somme"] == float(2**53 + 1 + 7)


def test_states_follow_the_rule_of_coverage() -> None:
    engine = connect_duckdb()
    left, right = (engine.create_table(n, t, temp=True) for n, t in zip("mn", SMALL, strict=True))
    sums = engine.to_pyarrow(rollup(left, right))
    engine.disconnect()
    codes: Codes = dict.fromkeys(Niveau, ())
    codes |= {Niveau.EPCI: ("E1", "E2", "E3", "E4"), Niveau.FRANCE: ("FR",)}
    found = read_sums(sums, codes, ["m", "n", "absent"])
    assert found["m", Niveau.EPCI].etats.tolist() == [0, 2, 0, 1]
    assert found["n", Niveau.EPCI].etats.tolist() == [2, 1, 5, 1]
    assert found["m", Niveau.FRANCE].etats.tolist() == [0]  # 30 of 60 inhabitants: half is enough
    assert found["n", Niveau.FRANCE].etats.tolist() == [2]
    assert found["absent", Niveau.FRANCE].etats.tolist() == [1]


@pytest.mark.postgres
def test_postgresql_gives_the_same_small_sums(postgres_url: str) -> None:
    check_same(run(connect(postgres_url), *SMALL), run(connect_duckdb(), *SMALL))


@pytest.mark.postgres
def test_postgresql_gives_the_same_sums_of_the_real_communes(postgres_url: str) -> None:
    pack = embedded_pack()
    ground = survey(pack, codes_by_level(pack))
    published = read_published(pack, ground.codes)
    wanted = ("demandeurs_emploi@2024", "niveau_vie_pondere@2020", "part_population_zrr@2022")
    mesures = {n: m for n, m in build_mesures(ground, published).items() if n in wanted}
    assert len(mesures) == 3
    tables = (
        mesures_table(ground, mesures),
        appartenances_table(ground, population_du_jour(published)[1].colonne),
    )
    check_same(run(connect(postgres_url), *tables), run(connect_duckdb(), *tables))


def check_same(left: list[dict[str, Any]], right: list[dict[str, Any]]) -> None:
    """Sums and counts equal to the unit; a share may differ by the last bit of a division."""
    assert len(left) == len(right)
    for ours, theirs in zip(left, right, strict=True):
        shares = (ours.pop("part_connue"), theirs.pop("part_connue"))
        assert ours == theirs
        assert shares[0] == shares[1] or math.isclose(*shares, rel_tol=1e-15)


def test_a_measure_that_is_not_whole_is_refused() -> None:
    with pytest.raises(ValueError, match="whole numbers"):
        _integers(Colonne.from_nombres(np.array([1.5]), Absence.INCONNUE))
