"""What may be given to the panel, and on which days."""

from __future__ import annotations

import math
from datetime import date

import pytest
from factories.panel import BREST, RATIO, contribution

from maillage.indicators.panel.contribution import (
    Consentement,
    Contribution,
    Mesure,
    keep_consenting,
)


def test_consent_is_read_on_the_day() -> None:
    ones = [contribution(nom, 1.0) for nom in ("jamais", "ouvert", "retire", "futur")]
    accords = [
        Consentement("ouvert", date(2025, 1, 1)),
        Consentement("retire", date(2025, 1, 1), date(2025, 5, 31)),
        Consentement("futur", date(2025, 7, 1)),
    ]

    def kept(au: date) -> list[str]:
        return [one.structure for one in keep_consenting(ones, accords, au)]

    assert kept(date(2024, 12, 31)) == []
    assert kept(date(2025, 1, 1)) == ["ouvert", "retire"]
    assert kept(date(2025, 5, 31)) == ["ouvert", "retire"]
    assert kept(date(2025, 6, 1)) == ["ouvert"]
    assert kept(date(2025, 7, 1)) == ["ouvert", "futur"]


@pytest.mark.parametrize(
    ("mesure", "message"),
    [
        (Mesure(math.nan, 1), "a value is finite"),
        (Mesure(math.inf, 1), "a value is finite"),
        (Mesure(1, 0), "a weight is finite"),
        (Mesure(1, math.inf), "a weight is finite"),
    ],
)
def test_a_measure_that_is_none_is_refused(mesure: Mesure, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Contribution("s", "o", 2024, BREST, {RATIO: mesure})


@pytest.mark.parametrize("ids", [("", "o"), ("s", "")])
def test_identifiers_are_needed(ids: tuple[str, str]) -> None:
    with pytest.raises(ValueError, match="identifiers"):
        Contribution(*ids, 2024, BREST, {})


def test_the_figures_do_not_come_in_a_log() -> None:
    assert "31.25" not in repr(contribution("s", 31.25))
