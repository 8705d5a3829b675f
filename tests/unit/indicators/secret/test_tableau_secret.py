"""Tables, their dimensions, and what they refuse."""

from __future__ import annotations

import math

import pytest

from maillage.indicators.secret.nomenclature import Nomenclature
from maillage.indicators.secret.tableau import Cellule, Contribution, Nature, Tableau, fill

BRETAGNE = Nomenclature.from_parents(
    "France", {"Bretagne": "France", "35": "Bretagne", "29": "Bretagne", "75": "France"}
)
ENSEMBLE = Nomenclature.plate("ensemble")


def test_a_tree_has_leaves_and_lines() -> None:
    assert BRETAGNE.noeuds == ("Bretagne", "35", "29", "75", "France")
    assert BRETAGNE.feuilles == ("35", "29", "75")
    assert BRETAGNE.lignee("35") == ("35", "Bretagne", "France")
    assert ENSEMBLE.feuilles == ("ensemble",)


@pytest.mark.parametrize(
    ("parents", "message"),
    [
        ((("35", "Bretagne"),), "not modalities"),
        ((("35", "France"), ("35", "France")), "one parent"),
        ((("France", "France"),), "the total none"),
        ((("a", "b"), ("b", "a")), "its own ancestor"),
    ],
)
def test_what_is_not_a_tree_is_refused(parents: tuple[tuple[str, str], ...], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Nomenclature("France", parents)


def test_an_unknown_modality_has_no_line() -> None:
    with pytest.raises(ValueError, match="'13' is not one of"):
        BRETAGNE.lignee("13")


def test_a_structure_in_two_cells_is_one_structure_in_their_total() -> None:
    contributions = (
        Contribution("a", 10.0, "35", "ensemble"),
        Contribution("a", 5.0, "29", "ensemble"),
        Contribution("b", 1.0, "35", "ensemble"),
    )
    contenu = fill(Tableau("t", BRETAGNE, ENSEMBLE, contributions))
    totals = dict(zip(BRETAGNE.noeuds, contenu.totaux.tolist(), strict=True))
    assert totals == {"35": 11.0, "29": 5.0, "75": 0.0, "Bretagne": 16.0, "France": 16.0}
    assert contenu.effectifs.tolist() == [2, 2, 1, 0, 2]
    assert contenu.maxima.tolist() == [15.0, 10.0, 5.0, 0.0, 15.0]


@pytest.mark.parametrize(
    ("contribution", "message"),
    [
        (Contribution("a", -1.0, "35", "ensemble"), "not negative"),
        (Contribution("a", math.nan, "35", "ensemble"), "finite"),
        (Contribution("a", math.inf, "35", "ensemble"), "finite"),
        (Contribution("a", 1.5, "35", "ensemble"), "whole"),
        (Contribution("a", 1.0, "Bretagne", "ensemble"), "not an inner cell"),
        (Contribution("a", 1.0, "35", "aci"), "not an inner cell"),
        (Contribution("", 1.0, "35", "ensemble"), "identifier"),
    ],
)
def test_a_wrong_contribution_is_refused(contribution: Contribution, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Tableau("t", BRETAGNE, ENSEMBLE, (contribution,), Nature.ENTIER)


def test_answers_are_counted_once_per_structure_and_inner_cell() -> None:
    contributions = (
        Contribution("a", 10.0, "35", "ensemble", "aci"),
        Contribution("a", 5.0, "35", "ensemble", "ei"),
        Contribution("a", 5.0, "29", "ensemble"),
        Contribution("b", 0.0, "35", "ensemble"),
    )
    reponses = Tableau("t", BRETAGNE, ENSEMBLE, contributions).reponses()
    assert reponses.nature is Nature.REPONSES
    assert fill(reponses).totaux.tolist() == [3.0, 2.0, 1.0, 0.0, 3.0]


def test_a_table_in_a_log_shows_no_contribution() -> None:
    tableau = Tableau("t", BRETAGNE, ENSEMBLE, (Contribution("a", 777.0, "35", "ensemble"),))
    assert "777" not in repr(tableau)
    assert Cellule("35", "ensemble") in tableau.cellules
