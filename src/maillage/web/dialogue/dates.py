"""Dates of dialogue: said with the precision with which they are known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.kernel.francais import format_date, format_mois
from maillage.web.dialogue.models import Precision

if TYPE_CHECKING:
    from datetime import date


def dire_date(jour: date | None, precision: str) -> str:
    """A date in letters, as precisely as it is known: « 28 juin 2022 », « juin 2024 », « 2024 »."""
    if jour is None or precision == Precision.INCONNUE:
        return "sans date"
    if precision == Precision.MOIS:
        return format_mois(jour.year, jour.month)
    if precision == Precision.ANNEE:
        return str(jour.year)
    return format_date(jour)
