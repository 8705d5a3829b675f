"""What `maillage reference` says of a build, of an update, and of damaged updates."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from maillage.cli.app import run
from maillage.cli.page_reference import render_build
from maillage.data.reference import update as update_module
from maillage.data.reference.build import BuildReport
from maillage.data.reference.update import Etat, SourceReport, UpdateReport
from maillage.data.reference.update_file import DOSSIER
from maillage.kernel.errors import Anomalie

if TYPE_CHECKING:
    from pathlib import Path

Capture = pytest.CaptureFixture[str]
REPORT = UpdateReport(
    (
        SourceReport("poem", Etat.MISE_A_JOUR, 1200, "2026-05", "3 codes écartés"),
        SourceReport("geo", Etat.INCHANGEE, 34920, "2026-11-01", "aucun changement"),
    )
)


def answer(monkeypatch: pytest.MonkeyPatch, report: UpdateReport) -> list[tuple[Any, ...]]:
    asked: list[tuple[Any, ...]] = []

    def update_reference(*args: Any) -> UpdateReport:
        asked.append(args)
        args[3]("Interrogation d’essai")
        return report

    monkeypatch.setattr(update_module, "update_reference", update_reference)
    return asked


def test_a_build_says_what_it_made_and_mended(tmp_path: Path) -> None:
    report = BuildReport({"communes": 34920}, {"communes.parquet": 949228}, ("8 sans centre.",))
    page = render_build(report, tmp_path, None)
    for word in ("0,9 Mo", "34\u202f920", "949\u202f228", "8 sans centre."):
        assert word in page


def test_an_update_says_how_each_source_went(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: Capture
) -> None:
    monkeypatch.setenv("MAILLAGE_DONNEES", str(tmp_path))
    asked = answer(monkeypatch, REPORT)
    assert run(["reference", "update", "--source", "poem", "--source", "geo"]) == 0
    told = capsys.readouterr()
    for word in ("mise à jour", "1\u202f200", "mai 2026", "3 codes écartés", "inchangée"):
        assert word in told.out
    assert "Interrogation d’essai" in told.err
    assert asked[0][:2] == (tmp_path, ["poem", "geo"])


def test_every_source_is_asked_when_none_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("MAILLAGE_DONNEES", str(tmp_path))
    asked = answer(monkeypatch, REPORT)
    assert run(["reference", "update"]) == 0
    assert asked[0][1] is None


def test_a_source_that_fails_is_told_after_those_that_did_not(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: Capture
) -> None:
    monkeypatch.setenv("MAILLAGE_DONNEES", str(tmp_path))
    problem = Anomalie("MLG-XXX-001", "le service ne répond pas", "réessayez plus tard.")
    failed = SourceReport("caf", Etat.ECHEC, 0, "", "le service ne répond pas", (problem,))
    answer(monkeypatch, UpdateReport((*REPORT.sources, failed)))
    assert run(["reference", "update"]) == 5
    told = capsys.readouterr()
    assert "mise à jour" in told.out
    assert "échec" in told.out
    assert "MLG-XXX-001" in told.err


def test_a_damaged_update_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: Capture
) -> None:
    monkeypatch.setenv("MAILLAGE_DONNEES", str(tmp_path))
    (tmp_path / DOSSIER).mkdir(parents=True)
    (tmp_path / DOSSIER / "poem.json").write_text("abîmé", encoding="utf-8")
    assert run(["reference", "etat", "--format", "json"]) == 0
    state = json.loads(capsys.readouterr().out)
    assert [one["code"] for one in state["problemes"]] == ["MLG-MAJ-303"]
    assert state["mises_a_jour"] == []
