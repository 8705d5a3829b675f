"""A month or a year has passed when its last day has."""

from __future__ import annotations

from datetime import date

import pytest

from maillage.web.dialogue.moments import is_past

LE = date(2026, 6, 15)


@pytest.mark.parametrize(
    ("jour", "precision", "passe"),
    [
        (date(2026, 6, 14), "jour", True),
        (date(2026, 6, 15), "jour", False),
        (date(2026, 6, 1), "mois", False),
        (date(2026, 5, 31), "mois", True),
        (date(2026, 1, 1), "annee", False),
        (date(2025, 12, 31), "annee", True),
        (None, "inconnue", False),
    ],
)
def test_a_date_is_past(jour: date | None, precision: str, passe: bool) -> None:  # noqa: FBT001 — the expected answer
    assert is_past(jour, precision, LE) is passe
