"""Dates as precise as they are known: « juin 2024 » is never « 1er juin 2024 »."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.kernel.francais import format_date, format_mois
from maillage.web.dialogue.models.commun import Precision

if TYPE_CHECKING:
    from datetime import date

SANS_DATE = "sans date"


def dire_date(jour: date | None, precision: str = Precision.JOUR) -> str:
    """A date in words, no more precise than it is known.

    Args:
        jour: A day of the month or year that is meant; None when nobody knows.
        precision: A value of `Precision`.
    """
    if jour is None or precision == Precision.INCONNUE:
        return SANS_DATE
    if precision == Precision.ANNEE:
        return str(jour.year)
    if precision == Precision.MOIS:
        return format_mois(jour.year, jour.month)
    return format_date(jour)


def dire_periode(debut: date | None, fin: date | None) -> str:
    """A period in words: « du 1er juin 2024 au 3 mai 2025 », « depuis le… », « jusqu’au… ».

    A single day is « le 3 mai 2025 »; a period of which nothing is known is an empty text.
    """
    if debut is None and fin is None:
        return ""
    if debut is None:
        assert fin is not None  # noqa: S101 — one of the two is known
        return f"jusqu’au {format_date(fin)}"
    if fin is None:
        return f"depuis le {format_date(debut)}"
    if debut == fin:
        return f"le {format_date(debut)}"
    return f"du {format_date(debut)} au {format_date(fin)}"
