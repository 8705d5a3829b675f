"""When commitments are due: the last day that a due date allows, and the list for a calendar."""

from __future__ import annotations

from calendar import monthrange
from typing import TYPE_CHECKING

from maillage.web.dialogue.dates import dire_date
from maillage.web.dialogue.models import Engagement, Precision

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from maillage.web.droits.acteur import Acteur

_DECEMBRE = 12


def last_day(jour: date, precision: str) -> date:
    """Last day of a date that is only known to the month or to the year."""
    mois = _DECEMBRE if precision == Precision.ANNEE else jour.month
    if precision in {Precision.MOIS, Precision.ANNEE}:
        return jour.replace(month=mois, day=monthrange(jour.year, mois)[1])
    return jour


def due_day(engagement: Engagement) -> date | None:
    """Day after which a commitment is late; None when it has no due date."""
    if engagement.echeance is None:
        return None
    return last_day(engagement.echeance, engagement.echeance_precision)


def is_late(engagement: Engagement, le: date) -> bool:
    """Whether something is still owed and its day has passed."""
    echue = due_day(engagement)
    return engagement.is_ouvert and echue is not None and echue < le


def tell_echeance(engagement: Engagement) -> str:
    """The due date in words: « juin 2024 », « sans échéance »."""
    if engagement.echeance is None:
        return "sans échéance"
    return dire_date(engagement.echeance, engagement.echeance_precision)


def echeances_visibles(acteur: Acteur) -> Iterator[tuple[Engagement, date]]:
    """Open commitments that a person reads, each with the last day that its due date allows.

    One query, two for a person whose organisation sits somewhere; in the order of the due dates.
    """
    engagements = (
        Engagement.objects.visible(acteur)
        .ouverts()
        .filter(echeance__isnull=False)
        .select_related("espace", "porteur")
        .order_by("echeance", "pk")
    )
    for engagement in engagements:
        echue = due_day(engagement)
        if echue is not None:
            yield engagement, echue
