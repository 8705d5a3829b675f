"""Commands of other rooms: loaded only when called, told in French when broken."""

from __future__ import annotations

import sys
from importlib.metadata import EntryPoint

import pytest
import typer

from maillage.cli import montage
from maillage.cli.app import run

application = typer.Typer(help="Commandes d’essai.")


@application.command(help="Dit bonjour.")
def bonjour(nom: str) -> None:
    typer.echo(f"bonjour {nom}")


@application.command(help="Compte jusqu’à un nombre.")
def compte(jusqu_a: int = 3) -> None:
    typer.echo(str(jusqu_a))


@application.command(help="Refuse.")
def refuse() -> None:
    msg = "no"
    raise typer.BadParameter(msg)


@application.command(help="Renonce.")
def renonce() -> None:
    raise typer.Abort


@application.command(help="Échoue.")
def rate() -> None:
    raise ZeroDivisionError


@pytest.fixture(autouse=True)
def mounted(monkeypatch: pytest.MonkeyPatch) -> None:
    module = sys.modules[__name__]
    monkeypatch.setitem(sys.modules, "essai_monte", module)
    points = {
        "essai": EntryPoint("essai", "essai_monte:application", montage.GROUPE),
        "casse": EntryPoint("casse", "module_absent:application", montage.GROUPE),
    }
    monkeypatch.setattr(montage, "find_mounted", lambda: points)


def test_a_mounted_command_runs(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["essai", "bonjour", "Rennes"]) == 0
    assert capsys.readouterr().out == "bonjour Rennes\n"


def test_its_mistakes_are_told_in_french(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["essai", "bonjur"]) == 2
    assert "vouliez-vous dire «\u00a0bonjour\u00a0»" in capsys.readouterr().err
    assert run(["essai", "bonjour"]) == 2
    assert "MLG-CLI-003" in capsys.readouterr().err


def test_a_value_of_another_kind_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["essai", "compte", "--jusqu-a", "beaucoup"]) == 2
    assert "valeur donnée à «\u00a0--jusqu-a\u00a0» n’est pas acceptée" in capsys.readouterr().err


def test_a_refusal_from_inside_a_command_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["essai", "refuse"]) == 2
    assert "MLG-CLI-004" in capsys.readouterr().err
    assert run(["essai", "renonce"]) == 130


def test_a_default_value_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["essai", "compte", "--help"]) == 0
    assert "Par défaut\u00a0: 3." in capsys.readouterr().out


def test_its_help_is_french(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["essai", "--help"]) == 0
    page = capsys.readouterr().out
    assert "Dit bonjour." in page
    assert "completion" not in page


def test_its_failure_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["essai", "rate"]) == 70
    assert "MLG-SYS-001" in capsys.readouterr().err


def test_a_broken_one_is_told_and_harms_no_other(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["casse"]) == 6
    told = capsys.readouterr().err
    assert "MLG-CLI-006" in told
    assert "module_absent" in told
    assert run(["--help"]) == 0
    assert "casse" in capsys.readouterr().out
    assert run(["version"]) == 0


def test_a_mounted_function_is_a_command_of_its_own(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    points = {"bonjour": EntryPoint("bonjour", "essai_monte:bonjour", montage.GROUPE)}
    monkeypatch.setattr(montage, "find_mounted", lambda: points)
    assert run(["bonjour", "Redon"]) == 0
    assert capsys.readouterr().out == "bonjour Redon\n"
    assert run(["bonjour"]) == 2
    assert "MLG-CLI-003" in capsys.readouterr().err
