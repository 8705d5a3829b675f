"""The command line speaks French: help pages, typing mistakes, exit codes."""

from __future__ import annotations

import re

import pytest

from maillage.cli.analyseur import fill, suggestion
from maillage.cli.app import run

ENGLISH = re.compile(
    r"\b(Usage:|Options:|Commands:|Arguments|Show|exit\b|default|required|Error|"
    r"Missing|No such|Invalid|Did you mean|Try|Got unexpected|INTEGER|TEXT\b|PATH\b)"
)
COMMANDS = [
    [],
    ["territoire"],
    ["diagnostic"],
    ["cibles"],
    ["indicateurs"],
    ["tableau"],
    ["preparer"],
    ["reference"],
    ["reference", "build"],
    ["reference", "update"],
    ["reference", "etat"],
    ["version"],
]


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_help_is_french_with_no_word_of_the_parser(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*words, "--help"]) == 0
    page = capsys.readouterr().out
    assert page.startswith("Usage\u00a0: maillage")
    assert "Affiche cette aide." in page
    assert ENGLISH.findall(page) == []
    assert max(len(line) for line in page.splitlines()) <= 100


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["diagnostik"], "MLG-CLI-001", "vouliez-vous dire «\u00a0diagnostic\u00a0»"),
        (["reference", "batir"], "MLG-CLI-001", "maillage reference --help"),
        (["diagnostic", "35", "--formt", "csv"], "MLG-CLI-002", "«\u00a0--format\u00a0»"),
        (["-x"], "MLG-CLI-002", "«\u00a0-x\u00a0» n’existe pas"),
        (["diagnostic"], "MLG-CLI-003", "CODE_OU_NOM"),
        (["reference", "build"], "MLG-CLI-003", "--from"),
        (["cibles", "--sortie"], "MLG-CLI-003", "attend une valeur"),
        (["cibles", "--remplacer=oui"], "MLG-CLI-004", "ne prend pas de valeur"),
        (["cibles", "--format", "jsn"], "MLG-CLI-004", "vouliez-vous dire «\u00a0json\u00a0»"),
        (["tableau", "x", "--niveau", "canton"], "MLG-CLI-004", "zone-emploi"),
        (["version", "deux"], "MLG-CLI-005", "«\u00a0deux\u00a0» est de trop"),
    ],
)
def test_a_typing_mistake_is_told_in_french_with_the_way_out(
    words: list[str], code: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(words) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert code in told.err
    assert said in told.err
    assert "Que faire" in told.err
    assert ENGLISH.findall(told.err) == []


def test_nothing_typed_shows_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([]) == 0
    assert "Commandes\u00a0:" in capsys.readouterr().out


def test_help_lists_commands_of_other_rooms(capsys: pytest.CaptureFixture[str]) -> None:
    run(["--help"])
    assert re.search(r"^  site +\S", capsys.readouterr().out, re.MULTILINE)


@pytest.mark.parametrize("words", [["version"], ["--version"]])
def test_version_is_said(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(words) == 0
    assert capsys.readouterr().out.startswith("Maillage 0.")


def test_suggestion_stays_silent_when_nothing_resembles() -> None:
    assert suggestion("zzz", ["territoire", "cibles"]) == ""


def test_a_line_never_ends_before_a_colon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "44")
    text = fill("mot " * 9 + "puis : suite « entre guillemets » et fin ?", "")
    assert len(text.splitlines()) > 1
    assert not any(line.lstrip()[:1] in ":?»" for line in text.splitlines())
