"""Meetings and due dates as a calendar: feeds to subscribe to, invitations to send.

Only what is dated to the day is in it: « en juin » has no place in a calendar, and the page says so.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from icalendar import Calendar, Event, Timezone
from icalendar.prop import vDuration, vText

from maillage.kernel.francais import guillemets
from maillage.web.dialogue.models.commun import Precision

if TYPE_CHECKING:
    from collections.abc import Iterable

    from maillage.web.dialogue.models import Engagement, Rencontre
    from maillage.web.dialogue.registre.echeances import Declaration

TYPE_MIME: Final = "text/calendar; charset=utf-8"
FUSEAU: Final = "Europe/Paris"
_PARIS = ZoneInfo(FUSEAU)
_RAFRAICHIR = timedelta(hours=6)
_CONTROLES = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")
_TITRE_MAX = 120
_HEURE_DE_PARIS: Final = """BEGIN:VTIMEZONE
TZID:Europe/Paris
BEGIN:DAYLIGHT
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
"""
"""Rule of summer time in the Union since 1996. Written out: the one that icalendar 7.3 derives from
the system's tables starts each summer an hour late."""


class Methode(Enum):
    """What the receiver is asked to do with the calendar."""

    PUBLIER = "PUBLISH"
    INVITER = "REQUEST"
    ANNULER = "CANCEL"


def make_agenda(
    nom: str, evenements: Iterable[Event], methode: Methode = Methode.PUBLIER
) -> Calendar:
    """A calendar, to complete or to write with `render_agenda`.

    Args:
        nom: Name under which it appears in the reader's list of calendars.
        evenements: What is in it.
        methode: A feed, an invitation or its cancellation.
    """
    agenda = Calendar()
    agenda.add("prodid", "-//Maillage//Dialogue//FR")
    agenda.add("version", "2.0")
    agenda.add("calscale", "GREGORIAN")
    agenda.add("method", methode.value)
    if methode is Methode.PUBLIER:
        # as text: neither property is escaped otherwise
        agenda.add("name", vText(_line(nom)))
        agenda.add("x-wr-calname", vText(_line(nom)))
        agenda.add("x-wr-timezone", FUSEAU)
        agenda.add("refresh-interval", vDuration(_RAFRAICHIR), parameters={"value": "DURATION"})
        agenda.add("x-published-ttl", vDuration(_RAFRAICHIR))
    evenements = list(evenements)
    if any(_is_timed(evenement) for evenement in evenements):
        agenda.add_component(Timezone.from_ical(_HEURE_DE_PARIS))
    for evenement in evenements:
        agenda.add_component(evenement)
    return agenda


def render_agenda(agenda: Calendar) -> bytes:
    """The calendar as a file."""
    octets: bytes = agenda.to_ical()
    return octets


def is_in_agenda(jour: date | None, precision: str) -> bool:
    """Whether a date is precise enough to stand in a calendar."""
    return jour is not None and precision == Precision.JOUR


def make_rencontre(rencontre: Rencontre) -> Event | None:
    """A meeting; None when its day is not known.

    The same `UID` and a higher `SEQUENCE` replace what a reader holds; `STATUS:CANCELLED` takes it off.
    """
    if not is_in_agenda(rencontre.date, rencontre.precision):
        return None
    assert rencontre.date is not None  # noqa: S101 — is_in_agenda
    evenement = Event()
    evenement.add("uid", str(rencontre.identifiant))
    evenement.add("sequence", rencontre.sequence)
    _stamp(evenement, rencontre.created_at, rencontre.updated_at)
    annulee = rencontre.statut == rencontre.Statut.ANNULEE
    evenement.add("status", "CANCELLED" if annulee else "CONFIRMED")
    evenement.add(
        "summary", _line(f"Annulée\u00a0: {rencontre.titre}" if annulee else rencontre.titre)
    )
    if rencontre.lieu:
        evenement.add("location", _plain(rencontre.lieu))
    _place_in_day(evenement, rencontre)
    _link(evenement, "rencontre", rencontre.pk)
    evenement.add("class", "PUBLIC" if rencontre.visibilite == "public" else "PRIVATE")
    return evenement


def _place_in_day(evenement: Event, rencontre: Rencontre) -> None:
    """From when to when: the whole day without an hour, an instant without an end."""
    jour, debut, fin = rencontre.date, rencontre.heure_debut, rencontre.heure_fin
    assert jour is not None  # noqa: S101 — the caller has checked it
    if debut is None:
        _fill_day(evenement, jour)
        return
    evenement.add("dtstart", datetime.combine(jour, debut, tzinfo=_PARIS))
    if fin is not None and fin > debut:
        evenement.add("dtend", datetime.combine(jour, fin, tzinfo=_PARIS))


def make_echeance(engagement: Engagement) -> Event | None:
    """The due date of a commitment, as a whole day; None when it has none to the day.

    An event rather than a task: many calendars never show tasks.
    """
    if not is_in_agenda(engagement.echeance, engagement.echeance_precision):
        return None
    assert engagement.echeance is not None  # noqa: S101 — is_in_agenda
    phrase = _line(engagement.phrase)
    if len(phrase) > _TITRE_MAX:
        phrase = f"{phrase[:_TITRE_MAX].rstrip()}…"
    evenement = Event()
    evenement.add("uid", str(engagement.identifiant))
    _stamp(evenement, engagement.created_at, engagement.updated_at)
    evenement.add("summary", f"Échéance\u00a0: {guillemets(phrase)}")
    evenement.add(
        "description", f"{engagement.get_sens_display()}, {engagement.get_statut_display()}"
    )
    _fill_day(evenement, engagement.echeance)
    _link(evenement, "engagement", engagement.pk)
    evenement.add("class", "PUBLIC" if engagement.visibilite == "public" else "PRIVATE")
    return evenement


def make_declaration(declaration: Declaration) -> Event:
    """The last day of a declaration to the register of interest representatives, as a whole day."""
    exercice = declaration.exercice
    evenement = Event()
    evenement.add("uid", f"repertoire-{exercice.debut:%Y%m%d}@maillage")
    # nothing of the year tells when it was last written: the day of its close, at noon
    _stamp(evenement, *(datetime.combine(exercice.fin, time(12), tzinfo=UTC),) * 2)
    evenement.add(
        "summary", "Échéance\u00a0: déclaration au répertoire des représentants d’intérêts"
    )
    evenement.add("description", f"Exercice {exercice}")
    _fill_day(evenement, declaration.jour)
    evenement.add("class", "PRIVATE")
    return evenement


def _fill_day(evenement: Event, jour: date) -> None:
    evenement.add("dtstart", jour)
    evenement.add("dtend", jour + timedelta(days=1))
    evenement.add("transp", "TRANSPARENT")


def _stamp(evenement: Event, cree_at: datetime, modifie_at: datetime) -> None:
    evenement.add("dtstamp", modifie_at.astimezone(UTC).replace(microsecond=0))
    evenement.add("created", cree_at.astimezone(UTC).replace(microsecond=0))
    evenement.add("last-modified", modifie_at.astimezone(UTC).replace(microsecond=0))


def _link(evenement: Event, nom: str, pk: int) -> None:
    try:
        evenement.add("url", f"{settings.ADRESSE_PUBLIQUE}{reverse(nom, args=[pk])}")
    except NoReverseMatch:  # the page of that thing is not part of this site
        return


def _plain(texte: str) -> str:
    """Text without the control characters that a calendar file must not hold."""
    return _CONTROLES.sub(" ", texte.replace("\r\n", "\n").replace("\r", "\n"))


def _line(texte: str) -> str:
    """The same on one line."""
    return _plain(texte).replace("\n", " ").strip()


def _is_timed(evenement: Event) -> bool:
    return isinstance(evenement.decoded("dtstart"), datetime)
