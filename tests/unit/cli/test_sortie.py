"""A result goes where asked, whole or not at all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from maillage.cli.sortie import Format, Sortie, open_sortie, parse_format, render_json, write_file
from maillage.kernel.errors import EnvironnementInvalide, SaisieInvalide, UserError


def codes(error: pytest.ExceptionInfo[UserError]) -> list[str]:
    return [anomalie.code for anomalie in error.value.anomalies]


def write(sortie: Sortie) -> None:
    sortie.write(lambda: "texte\n", lambda: {"é": 1}, lambda: [{"nom": "é", "n": 1}])


def test_the_name_of_the_file_says_the_format() -> None:
    assert parse_format(None, Path("a.json")) is Format.JSON
    assert parse_format(None, Path("a.CSV")) is Format.CSV
    assert parse_format(None, Path("a.txt")) is Format.TABLE
    assert parse_format("csv", Path("a.json")) is Format.CSV
    assert parse_format(None) is Format.TABLE


def test_json_on_stdout_is_only_json(capsys: pytest.CaptureFixture[str]) -> None:
    write(Sortie(Format.JSON))
    told = capsys.readouterr()
    assert json.loads(told.out) == {"é": 1}
    assert told.err == ""


def test_json_refuses_a_number_that_is_not_one() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        render_json({"x": float("nan")})


@pytest.mark.parametrize("name", ["a.txt", "a.json", "a.csv"])
def test_a_file_is_written_in_utf8(tmp_path: Path, name: str) -> None:
    target = tmp_path / name
    write(open_sortie(None, target))
    assert target.read_text(encoding="utf-8-sig") != ""
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_file_is_replaced_only_when_asked(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    target.write_text("avant")
    with pytest.raises(SaisieInvalide) as error:
        open_sortie(None, target)
    assert codes(error) == ["MLG-CLI-007"]
    assert target.read_text() == "avant"
    write(open_sortie(None, target, remplacer=True))
    assert target.read_text() == "texte\n"


def test_a_folder_is_never_replaced(tmp_path: Path) -> None:
    with pytest.raises(SaisieInvalide) as error:
        open_sortie(None, tmp_path, remplacer=True)
    assert codes(error) == ["MLG-CLI-007"]


def test_a_missing_folder_is_told_before_any_work(tmp_path: Path) -> None:
    with pytest.raises(EnvironnementInvalide) as error:
        open_sortie(None, tmp_path / "absent" / "a.csv")
    assert codes(error) == ["MLG-CLI-008"]
    assert error.value.exit_code == 6


def test_a_path_below_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "fichier").write_text("")
    with pytest.raises(EnvironnementInvalide) as error:
        write_file(tmp_path / "fichier" / "a.csv", "x", replace=True)
    assert codes(error) == ["MLG-CLI-008"]


def test_a_refused_write_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "a.txt"
    target.write_text("avant")

    def refuse(self: Path, target: Path) -> Path:
        raise PermissionError(13, "refused", str(self), None, str(target))

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(EnvironnementInvalide) as error:
        write_file(target, "après", replace=True)
    assert "droit refusé" in str(error.value)
    assert target.read_text() == "avant"
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]
