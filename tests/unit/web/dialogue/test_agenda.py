"""A calendar of any meeting is a file that two readers agree on, at the right instant all year round."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import icalendar
import vobject
from hypothesis import given
from hypothesis import strategies as st

from maillage.web.dialogue.agenda import make_agenda, make_rencontre, render_agenda
from maillage.web.dialogue.models import Rencontre

PARIS = ZoneInfo("Europe/Paris")
AT = datetime(2026, 1, 2, 3, 4, 5, 678, tzinfo=UTC)
TEXTES = st.text(st.characters(codec="utf-8"), min_size=1, max_size=250)


def make(titre: str, lieu: str, jour: date, debut: time | None) -> Rencontre:
    return Rencontre(
        pk=1,
        identifiant=uuid.UUID(int=7),
        titre=titre,
        lieu=lieu,
        date=jour,
        heure_debut=debut,
        created_at=AT,
        updated_at=AT,
    )


@given(TEXTES, st.text(st.characters(codec="utf-8"), max_size=300))
def test_no_title_or_place_breaks_the_file(titre: str, lieu: str) -> None:
    evenement = make_rencontre(make(titre, lieu, date(2026, 5, 4), time(9)))
    assert evenement is not None
    corps = render_agenda(make_agenda(titre, [evenement]))
    relu = icalendar.Calendar.from_ical(corps)
    [lu] = relu.walk("VEVENT")
    assert not lu.errors
    assert set(lu.keys()) == set(evenement.keys())
    assert len(vobject.readOne(corps.decode()).vevent_list) == 1


@given(
    st.dates(date(2000, 1, 1), date(2035, 12, 31)),
    st.times().map(lambda t: t.replace(second=0, microsecond=0)),
)
def test_the_zone_that_the_file_describes_is_that_of_paris(jour: date, debut: time) -> None:
    evenement = make_rencontre(make("R", "", jour, debut))
    assert evenement is not None
    corps = render_agenda(make_agenda("A", [evenement])).decode()
    attendu = datetime.combine(jour, debut, tzinfo=PARIS)
    # hours that a change of clocks skips or repeats are ambiguous: each reader has its own answer
    ambigu = attendu.replace(fold=0).utcoffset() != attendu.replace(fold=1).utcoffset()
    lu = vobject.readOne(corps).vevent.dtstart.value
    assert ambigu or lu.utcoffset() == attendu.utcoffset()


def test_an_unknown_day_makes_no_event() -> None:
    rencontre = make("R", "", date(2026, 5, 4), None)
    for precision in ("mois", "annee"):
        rencontre.precision = precision
        assert make_rencontre(rencontre) is None


def test_an_end_before_the_start_is_left_out() -> None:
    rencontre = make("R", "", date(2026, 5, 4), time(10))
    rencontre.heure_fin = time(9)
    evenement = make_rencontre(rencontre)
    assert evenement is not None
    assert "DTEND" not in evenement
