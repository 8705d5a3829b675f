"""Readings: a sentence, a code, a default, and a choice by name."""

from __future__ import annotations

from dataclasses import fields

import pytest

from maillage.kernel.errors import SaisieInvalide
from maillage.regles.versement.hypotheses import (
    HYPOTHESES,
    POINTS,
    HypothesesVersement,
    Plafond,
    choose_lectures,
)


def test_every_reading_is_a_sentence_with_a_code_and_another_reading() -> None:
    assert {field.name for field in fields(HypothesesVersement)} == POINTS.keys()
    for nom, point in POINTS.items():
        lectures = list(point.lectures)
        assert len({lecture.code for lecture in lectures}) == len(lectures) >= 2
        assert all(lecture.value.endswith(".") for lecture in lectures)
        assert getattr(HYPOTHESES, nom) is point.defaut
    assert len(list(HYPOTHESES)) == len(POINTS)


def test_readings_of_changes_say_nothing_of_an_annexe_that_does_not_change() -> None:
    sans = HYPOTHESES.list_utiles(avec_changement=False)
    avec = HYPOTHESES.list_utiles(avec_changement=True)
    assert set(sans) < set(avec)
    assert len(avec) == len(POINTS)


def test_a_reading_is_chosen_by_its_code() -> None:
    assert choose_lectures({"plafond": "mensuel"}) == {"plafond": Plafond.MENSUEL}
    assert choose_lectures({}) == {}


def test_every_wrong_choice_is_told() -> None:
    with pytest.raises(SaisieInvalide) as refus:
        choose_lectures({"plafonds": "mensuel", "reprise": "jamais", "plafond": "cumule"})
    assert [(a.code, a.ou) for a in refus.value.anomalies] == [
        ("MLG-REG-228", "plafonds"),
        ("MLG-REG-229", "reprise"),
    ]
    assert "report ou reversement" in refus.value.anomalies[1].que_faire
