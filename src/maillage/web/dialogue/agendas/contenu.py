"""What a calendar holds: meetings and due dates that a person reads, to the day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from django.db.models import Q

from maillage.web.dialogue.agenda import (
    make_agenda,
    make_declaration,
    make_echeance,
    make_rencontre,
)
from maillage.web.dialogue.models import Engagement, Precision, Rencontre
from maillage.web.dialogue.registre.echeances import list_declarations

if TYPE_CHECKING:
    from icalendar import Calendar

    from maillage.web.dialogue.models import Espace
    from maillage.web.droits.acteur import Acteur

PASSE: Final = timedelta(days=366)
"""How far back a calendar goes: the pages keep the rest."""
_MAX: Final = 2000


def load_agenda(nom: str, acteur: Acteur, le: date, espace: Espace | None = None) -> Calendar:
    """Calendar of what a person reads, of everything or of one space.

    Args:
        nom: Name of the calendar.
        acteur: Who reads it.
        le: Today.
        espace: The only space that is meant; every meeting and promise otherwise.
    """
    lisibles = Rencontre.objects.visible(acteur)
    dans = Q() if espace is None else Q(espace=espace)
    rencontres = lisibles.filter(dans, precision=Precision.JOUR, date__gte=le - PASSE)
    dans_ou_dite = dans if espace is None else dans | Q(rencontre__in=lisibles.filter(dans))
    echeances = (
        Engagement.objects.visible(acteur)
        .ouverts()
        .filter(dans_ou_dite, echeance_precision=Precision.JOUR, echeance__gte=le - PASSE)
    )
    declarations = [] if espace else list_declarations(acteur, le - PASSE)
    evenements = (
        *map(make_declaration, declarations),
        *map(make_rencontre, rencontres.order_by("date", "pk")[:_MAX]),
        *map(make_echeance, echeances.order_by("echeance", "pk")[:_MAX]),
    )
    return make_agenda(nom, (e for e in evenements if e is not None))
