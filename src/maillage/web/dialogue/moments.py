"""Whether a day has passed, when only its month or its year is known: « en juin » lasts until the 30th."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from maillage.web.dialogue.models.commun import Precision

if TYPE_CHECKING:
    from datetime import date


def first_not_past(le: date, precision: str) -> date:
    """The earliest day, written with that precision, that has not passed yet."""
    if precision == Precision.ANNEE:
        return le.replace(month=1, day=1)
    return le.replace(day=1) if precision == Precision.MOIS else le


def is_past(jour: date | None, precision: str, le: date) -> bool:
    """Whether a date has wholly passed; one that nobody knows has not."""
    return jour is not None and jour < first_not_past(le, precision)


def not_past_q(le: date, jour: str = "date", precision: str = "precision") -> Q:
    """Condition of what is dated and has not wholly passed.

    Args:
        le: Today.
        jour: Name of the field that holds the date.
        precision: Name of the field that says how precise it is.
    """
    condition = Q(**{f"{jour}__gte": le})
    for vague in (Precision.MOIS, Precision.ANNEE):
        condition |= Q(**{precision: vague.value, f"{jour}__gte": first_not_past(le, vague)})
    return condition
