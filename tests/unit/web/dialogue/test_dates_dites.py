"""Dates as precise as they are known."""

from __future__ import annotations

from datetime import date

import pytest

from maillage.web.dialogue.dates import dire_date, dire_periode

LE_PREMIER = date(2024, 6, 1)


@pytest.mark.parametrize(
    ("jour", "precision", "dit"),
    [
        (LE_PREMIER, "jour", "1er juin 2024"),
        (LE_PREMIER, "mois", "juin 2024"),
        (LE_PREMIER, "annee", "2024"),
        (LE_PREMIER, "inconnue", "sans date"),
        (None, "jour", "sans date"),
        (None, "inconnue", "sans date"),
    ],
)
def test_a_month_is_never_its_first_day(jour: date | None, precision: str, dit: str) -> None:
    assert dire_date(jour, precision) == dit


@pytest.mark.parametrize(
    ("debut", "fin", "dit"),
    [
        (LE_PREMIER, date(2025, 5, 3), "du 1er juin 2024 au 3 mai 2025"),
        (LE_PREMIER, LE_PREMIER, "le 1er juin 2024"),
        (LE_PREMIER, None, "depuis le 1er juin 2024"),
        (None, LE_PREMIER, "jusqu’au 1er juin 2024"),
        (None, None, ""),
    ],
)
def test_a_period_says_what_is_known_of_it(debut: date | None, fin: date | None, dit: str) -> None:
    assert dire_periode(debut, fin) == dit
