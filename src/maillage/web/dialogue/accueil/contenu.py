"""What is coming, and what is owed, among what a person reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q

from maillage.web.dialogue.models import Engagement, Rencontre
from maillage.web.dialogue.moments import not_past_q

if TYPE_CHECKING:
    from datetime import date

    from maillage.web.droits.acteur import Acteur

_DATES_MAX = 8


@dataclass(frozen=True, slots=True)
class Dates:
    """What is coming.

    Attributes:
        rencontres: Next meetings.
        echeances: Promises that are owed and have a date, those that are late first.
        a_venir: Meetings to come, shown or not.
        ouverts: Promises of which something is owed.
        en_retard: Those whose day has passed.
    """

    rencontres: list[Rencontre]
    echeances: list[Engagement]
    a_venir: int
    ouverts: int
    en_retard: int


def load_dates(acteur: Acteur, le: date, dans: Q | None = None) -> Dates:
    """What is coming among what a person reads; four queries at most.

    Args:
        acteur: Who reads.
        le: Today.
        dans: Condition on the territoire; everywhere when None.
    """
    ici = Q() if dans is None else dans
    prevues = (
        Rencontre.objects.visible(acteur)
        .filter(ici, not_past_q(le), statut=Rencontre.Statut.PREVUE)
        .select_related("espace")
    )
    engagements = Engagement.objects.visible(acteur).filter(ici)
    comptes: dict[str, Any] = engagements.order_by().aggregate(
        ouverts=Count("pk", Q(statut__in=Engagement.OUVERTS)),
        en_retard=Count(
            "pk",
            Q(statut__in=Engagement.OUVERTS, echeance__isnull=False)
            & ~not_past_q(le, "echeance", "echeance_precision"),
        ),
    )
    dates = engagements.ouverts().filter(echeance__isnull=False)
    return Dates(
        list(prevues.order_by("date", "pk")[:_DATES_MAX]),
        list(dates.order_by("echeance", "pk")[:_DATES_MAX]),
        prevues.count(),
        comptes["ouverts"],
        comptes["en_retard"],
    )
