"""Dates as precise as they are known, periods of a mandate, names of territoires."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template

from maillage.web.dialogue.dates import dire_date, dire_periode
from maillage.web.dialogue.engagements.lecture import tell_statut
from maillage.web.dialogue.espaces.presence import Presence
from maillage.web.dialogue.lieux import name_lieu
from maillage.web.dialogue.moments import is_past

if TYPE_CHECKING:
    from datetime import date

    from maillage.web.dialogue.models import Engagement

register = template.Library()


@register.filter
def dite(jour: date | None, precision: str) -> str:
    """A date in words: « 3 mai 2025 », « mai 2025 », « sans date »."""
    return dire_date(jour, precision)


@register.filter
def periode(chose: Any) -> str:
    """From when to when something lasts: « du … au … », « depuis le … »."""
    return dire_periode(chose.date_debut, chose.date_fin)


@register.filter
def is_late(engagement: Engagement, le: date) -> bool:
    """Whether something is still owed after its day, its month or its year has passed."""
    echeance, precision = engagement.echeance, engagement.echeance_precision
    return engagement.is_ouvert and is_past(echeance, precision, le)


@register.filter
def statut(engagement: Engagement) -> str:
    """Where a commitment stands: what is promised is kept, what is asked for is obtained."""
    return tell_statut(engagement.sens, engagement.statut)


@register.filter
def lieu(chose: Any) -> str:
    """Name of the territoire of a thing."""
    return name_lieu(chose.niveau, chose.territoire)


@register.filter
def presence(valeur: str) -> str:
    """Whether the network sits, in words."""
    return str(Presence(valeur).label)
