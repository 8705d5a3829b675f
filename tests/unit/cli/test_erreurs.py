"""However a command ends, a person reads French and a script reads an exit code."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING, NoReturn

import pytest

from maillage.cli import app
from maillage.kernel.errors import Anomalie, FichierInvalide

if TYPE_CHECKING:
    from collections.abc import Callable


def failing(error: BaseException) -> Callable[[list[str]], NoReturn]:
    def fail(_args: list[str]) -> NoReturn:
        raise error

    return fail


def run_failing(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> int:
    monkeypatch.setattr(app, "_run_command", failing(error))
    return app.run(["version"])


def test_every_problem_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    one = Anomalie("MLG-XXX-001", "la ligne 3 est vide", "remplissez-la.", "essai.csv")
    two = Anomalie("MLG-XXX-002", "la colonne B manque", "ajoutez-la.")
    assert run_failing(monkeypatch, FichierInvalide(one, two)) == 3
    told = capsys.readouterr().err
    for word in ("2 problèmes", "MLG-XXX-001", "MLG-XXX-002", "essai.csv", "ajoutez-la."):
        assert word in told
    assert "\x1b" not in told


def test_an_unexpected_failure_is_short_and_says_how_to_see_more(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("MAILLAGE_TRACE", raising=False)
    assert run_failing(monkeypatch, ZeroDivisionError("secret")) == 70
    told = capsys.readouterr().err
    assert "MLG-SYS-001" in told
    assert "MAILLAGE_TRACE=1" in told
    assert "Traceback" not in told
    assert "secret" not in told


def test_the_trace_is_shown_when_asked(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MAILLAGE_TRACE", "1")
    assert run_failing(monkeypatch, ZeroDivisionError("x")) == 70
    assert "Traceback" in capsys.readouterr().err


def test_ctrl_c_ends_with_the_code_of_shells(monkeypatch: pytest.MonkeyPatch) -> None:
    assert run_failing(monkeypatch, KeyboardInterrupt()) == 130


def test_a_refusal_of_the_machine_names_the_file(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_failing(monkeypatch, PermissionError(13, "denied", "/interdit/x")) == 6
    told = capsys.readouterr().err
    assert "MLG-SYS-002" in told
    assert "/interdit/x" in told
    assert "denied" not in told


def test_another_system_error_is_unexpected(monkeypatch: pytest.MonkeyPatch) -> None:
    assert run_failing(monkeypatch, OSError(5, "input/output")) == 70


@pytest.mark.parametrize(
    ("encoding", "expected"), [("ascii", "utf-8"), ("latin-1", "utf-8"), ("utf-8", "utf-8")]
)
def test_a_pipe_always_gets_utf8(
    monkeypatch: pytest.MonkeyPatch, encoding: str, expected: str
) -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    monkeypatch.setattr(sys, "stdout", stream)
    app.force_utf8()
    assert stream.encoding == expected
    stream.write("« é » 1\u202f000")
    stream.flush()
