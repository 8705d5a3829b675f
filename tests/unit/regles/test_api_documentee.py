"""The examples of the Python API are run: those of its page, and those of its functions."""

from __future__ import annotations

import doctest
import inspect
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from maillage.analyses.annexes.calcul import calculer_fichier
from maillage.analyses.annexes.explication import expliquer
from maillage.regles.engine.application import apply_reforme
from maillage.regles.engine.calcul import compute
from maillage.regles.engine.lecture_reforme import parse_reforme
from maillage.regles.engine.legislation import load_parametres
from maillage.regles.engine.trace import trace
from maillage.regles.versement.calendrier import calendrier

if TYPE_CHECKING:
    from collections.abc import Callable

PAGE = Path(__file__).resolve().parents[3] / "docs" / "reference" / "api-regles.md"
FONCTIONS: tuple[Callable[..., Any], ...] = (
    compute,
    trace,
    load_parametres,
    calendrier,
    expliquer,
    apply_reforme,
    parse_reforme,
    calculer_fichier,
)


def run_examples(texte: str, nom: str, noms: dict[str, Any]) -> doctest.TestResults:
    """Run the examples of a text; each failure is printed with what was expected."""
    exemples = doctest.DocTestParser().get_doctest(texte, noms, nom, nom, 0)
    return doctest.DocTestRunner().run(exemples)


def test_every_example_of_the_page_gives_what_it_says() -> None:
    failed, attempted = run_examples(PAGE.read_text(encoding="utf-8"), PAGE.name, {})
    assert failed == 0
    assert attempted > 60


@pytest.mark.parametrize("fonction", FONCTIONS, ids=lambda fonction: fonction.__name__)
def test_the_main_functions_have_an_example_that_runs(fonction: Callable[..., Any]) -> None:
    nue = inspect.unwrap(fonction)
    failed, attempted = run_examples(
        inspect.getdoc(nue) or "", fonction.__name__, dict(nue.__globals__)
    )
    assert (failed, attempted > 0) == (0, True)


@pytest.mark.parametrize("fonction", FONCTIONS, ids=lambda fonction: fonction.__name__)
def test_the_page_shows_the_main_functions(fonction: Callable[..., Any]) -> None:
    assert f"{fonction.__name__}(" in PAGE.read_text(encoding="utf-8")


def test_an_example_that_lies_is_found(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_examples(">>> 1 + 1\n3\n", "faux", {}).failed == 1
    assert "Expected" in capsys.readouterr().out
