from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow.parquet as pq
import pytest

from maillage.data.reference.overlay import apply_updates
from maillage.data.reference.update import Etat, SourceReport

if TYPE_CHECKING:
    from collections.abc import Callable

    from integration.data.update.conftest import Atelier, Replay

POPULATION = "/melodi/data/DS_POPULATIONS_REFERENCE"
CAF = "/caf/rsa_s_type_age_5_dep/exports/csv"
COMMUNES_CAF = "/caf/s_ben_com_f/exports/csv"
BDM = "/bdm/series/sdmx/data/SERIES_BDM/001515866+001515867+001515868"


def run(atelier: Atelier, source: str) -> SourceReport:
    (report,) = atelier.update(source).sources
    return report


def codes(report: SourceReport) -> list[str]:
    return [anomalie.code for anomalie in report.anomalies]


def edit_observations(replay: Replay, edit: Callable[[list[Any]], list[Any]]) -> None:
    replay.edit_json(POPULATION, lambda page: page | {"observations": edit(page["observations"])})


def test_unknown_departement_is_refused_by_name(atelier: Atelier, replay: Replay) -> None:
    replay.edit_text(CAF, ";35;", ";99;")
    report = run(atelier, "caf")
    assert codes(report) == ["MLG-MAJ-201"]
    assert "99" in report.message


def test_too_many_unknown_communes_are_refused(atelier: Atelier, replay: Replay) -> None:
    replay.edit_text(COMMUNES_CAF, "35288", "35777")
    report = run(atelier, "caf")
    assert codes(report) == ["MLG-MAJ-201"]


def test_losing_more_than_a_fifth_of_the_territories_is_refused(
    atelier: Atelier, replay: Replay
) -> None:
    edit_observations(replay, lambda found: found[:2] if len(found) > 3 else found)
    report = run(atelier, "melodi")
    assert codes(report) == ["MLG-MAJ-202"]
    assert "contre 14" in report.message


def test_a_figure_given_twice_is_refused(atelier: Atelier, replay: Replay) -> None:
    edit_observations(replay, lambda found: [*found, found[0]])
    assert codes(run(atelier, "melodi")) == ["MLG-MAJ-203"]


@pytest.mark.parametrize("value", ["-1", "101", "inf"])
def test_an_impossible_rate_is_refused(atelier: Atelier, replay: Replay, value: str) -> None:
    replay.edit_text(BDM, '"7.4"', f'"{value}"')
    assert codes(run(atelier, "bdm")) == ["MLG-MAJ-204"]


@pytest.mark.parametrize("value", ["", "NaN"])
def test_a_value_that_is_not_there_is_unknown_not_zero(
    atelier: Atelier, replay: Replay, value: str
) -> None:
    replay.edit_text(BDM, '"7.4"', f'"{value}"')
    assert run(atelier, "bdm").etat is Etat.MISE_A_JOUR
    pack, _ = apply_updates(atelier.pack, atelier.data_dir)
    rows = [r for r in pack.tables["series"].to_pylist() if r["periode"] == "2026-T2"]
    assert [(r["valeur"], r["etat"]) for r in rows] == [(None, 1)] * 3


def test_a_merged_commune_is_added_to_its_successor(atelier: Atelier, replay: Replay) -> None:
    replay.edit_text(COMMUNES_CAF, "2024-12;;35", "2024-12;35999;35")
    report = run(atelier, "caf")
    assert report.etat is Etat.MISE_A_JOUR
    assert "35999" in report.message
    pack, _ = apply_updates(atelier.pack, atelier.data_dir)
    rows = {
        r["code"]: r["valeur"]
        for r in pack.tables["besoin_communes"].to_pylist()
        if r["serie"] == "rsa_foyers_caf"
    }
    assert rows["35238"] == 85.0


def test_half_of_rhone_is_unknown_not_half(atelier: Atelier, replay: Replay) -> None:
    replay.edit_text(CAF, ";69M;", ";69D;")
    assert run(atelier, "caf").etat is Etat.MISE_A_JOUR
    pack, _ = apply_updates(atelier.pack, atelier.data_dir)
    rows = {
        (r["code"], r["etat"]) for r in pack.tables["series"].to_pylist() if "rsa" in r["serie"]
    }
    assert ("69", 1) in rows
    assert ("35", 0) in rows


def test_a_blank_row_makes_the_departement_unknown(atelier: Atelier, replay: Replay) -> None:
    replay.edit_text(CAF, "2026-09;35;Nom;Majoré;30+;100", "2026-09;35;Nom;Majoré;30+;")
    assert run(atelier, "caf").etat is Etat.MISE_A_JOUR
    pack, _ = apply_updates(atelier.pack, atelier.data_dir)
    found = [
        (r["valeur"], r["etat"])
        for r in pack.tables["series"].to_pylist()
        if (r["code"], r["periode"]) == ("35", "2026-09")
    ]
    assert found == [(None, 1)]


def test_a_row_that_is_a_total_is_refused(atelier: Atelier, replay: Replay) -> None:
    replay.edit_text(CAF, ";30+;", ";Ensemble;")
    assert codes(run(atelier, "caf")) == ["MLG-MAJ-105"]


def test_a_sum_far_from_the_national_figure_is_refused(atelier: Atelier, replay: Replay) -> None:
    replay.edit_text("/caf/s_ben_nat/exports/csv", ";1603", ";1640")
    report = run(atelier, "caf")
    assert codes(report) == ["MLG-MAJ-105"]
    assert "1640" in report.message


def test_without_identifiers_in_the_pack_bdm_says_so(atelier: Atelier) -> None:
    del atelier.pack.tables["idbank"]
    report = run(atelier, "bdm")
    assert codes(report) == ["MLG-MAJ-302"]
    assert "bdm" not in [r.code for r in atelier.update().sources]


def test_a_damaged_update_is_left_out_and_named(atelier: Atelier) -> None:
    atelier.update("bdm", "caf")
    folder = atelier.data_dir / "reference" / "mises-a-jour"
    parquet = next(folder.glob("caf-*.parquet"))
    content = bytearray(parquet.read_bytes())
    content[len(content) // 2] ^= 0xFF
    parquet.write_bytes(content)
    pack, problems = apply_updates(atelier.pack, atelier.data_dir)
    assert [p.code for p in problems] == ["MLG-MAJ-303"]
    assert "caf" in problems[0].quoi
    series = set(pack.tables["series"]["serie"].to_pylist())
    assert series == {"taux_chomage_localise"}


def test_another_readable_file_in_its_place_is_left_out(atelier: Atelier) -> None:
    atelier.update("caf")
    folder = atelier.data_dir / "reference" / "mises-a-jour"
    parquet = next(folder.glob("caf-*.parquet"))
    pq.write_table(pq.read_table(parquet).slice(1), parquet)
    pack, problems = apply_updates(atelier.pack, atelier.data_dir)
    assert pack is atelier.pack
    assert [p.code for p in problems] == ["MLG-MAJ-303"]


def test_a_territory_that_is_not_given_is_told_unknown(atelier: Atelier, replay: Replay) -> None:
    replay.edit_text(COMMUNES_CAF, "2024-12;35288;50\n", "")
    assert run(atelier, "caf").etat is Etat.MISE_A_JOUR
    pack, _ = apply_updates(atelier.pack, atelier.data_dir)
    found = [
        (r["valeur"], r["etat"])
        for r in pack.tables["besoin_communes"].to_pylist()
        if (r["code"], r["serie"]) == ("35288", "rsa_foyers_caf")
    ]
    assert found == [(None, 1)]


@pytest.mark.parametrize("note", [b"", b"{}", b"[]", b'{"code": "caf", "fichier": "x"}', b"\xff"])
def test_a_damaged_note_never_stops_the_pack(atelier: Atelier, note: bytes) -> None:
    atelier.update("caf")
    folder = atelier.data_dir / "reference" / "mises-a-jour"
    (folder / "caf.json").write_bytes(note)
    pack, problems = apply_updates(atelier.pack, atelier.data_dir)
    assert pack is atelier.pack
    assert [p.code for p in problems] == ["MLG-MAJ-303"]
    assert run(atelier, "caf").etat is Etat.MISE_A_JOUR


def test_the_hash_covers_the_updates(atelier: Atelier) -> None:
    atelier.update("bdm")
    first, _ = apply_updates(atelier.pack, atelier.data_dir)
    atelier.update("caf")
    second, _ = apply_updates(atelier.pack, atelier.data_dir)
    assert len({atelier.pack.empreinte, first.empreinte, second.empreinte}) == 3
    again, _ = apply_updates(atelier.pack, atelier.data_dir)
    assert again.empreinte == second.empreinte
