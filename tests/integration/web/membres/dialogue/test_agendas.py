"""Calendar feeds: read again by two readers, each with what whoever asks may see."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject
from django.conf import settings
from django.utils import timezone
from factories.espaces import make_espace, make_siege
from factories.membres import client_de

from maillage.web.dialogue.agendas.actions import hash_jeton, renew_agenda
from maillage.web.dialogue.models import Agenda, Engagement, Exercice, Rencontre

if TYPE_CHECKING:
    from factories.membres import PetitReseau

pytestmark = pytest.mark.usefixtures("atlas", "sans_second_facteur")
PUBLIC = "/dialogue/agenda.ics"
PARIS = ZoneInfo("Europe/Paris")
VISIBILITES = ("public", "adherents", "espace", "interne")


def read(answer: Any) -> icalendar.Calendar:
    """The calendar, checked as a strict reader would, and by a second reader that shares no code."""
    assert answer.status_code == 200, answer.status_code
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    corps = bytes(answer.content)
    assert all(len(ligne) <= 75 for ligne in corps.split(b"\r\n"))
    assert b"\n" not in corps.replace(b"\r\n", b"")
    agenda = icalendar.Calendar.from_ical(corps)
    assert isinstance(agenda, icalendar.Calendar)
    assert not agenda.errors
    assert agenda["VERSION"] == "2.0"
    assert agenda["METHOD"] == "PUBLISH"
    assert agenda["X-WR-TIMEZONE"] == "Europe/Paris"
    assert agenda["X-WR-CALNAME"] == agenda["NAME"]
    autre = vobject.readOne(corps.decode())
    assert sorted(_uids(autre)) == sorted(str(e["UID"]) for e in agenda.walk("VEVENT"))
    return agenda


def _uids(autre: Any) -> list[str]:
    return [str(evenement.uid.value) for evenement in autre.contents.get("vevent", [])]


def titles(answer: Any) -> set[str]:
    return {str(e["SUMMARY"]) for e in read(answer).walk("VEVENT")}


def demain(heures: int = 0) -> date:
    return timezone.localdate() + timedelta(days=1 + heures)


def test_a_meeting_with_hours_is_at_paris_time_and_one_without_fills_its_day(
    petit_reseau: PetitReseau,
) -> None:
    jour = date(timezone.localdate().year + 1, 7, 14)
    Rencontre.objects.create(
        titre="Cabinet; ordre du jour, suite",
        date=jour,
        heure_debut=time(9, 30),
        heure_fin=time(11),
        lieu="Ministère\nsalle 2",
        visibilite="public",
    )
    Rencontre.objects.create(titre="Journée", date=jour, visibilite="public")
    answer = client_de(petit_reseau, "visiteur").get(PUBLIC)
    evenements = {str(e["SUMMARY"]): e for e in read(answer).walk("VEVENT")}
    cabinet = evenements["Cabinet; ordre du jour, suite"]
    assert cabinet.decoded("DTSTART") == datetime(jour.year, 7, 14, 9, 30, tzinfo=PARIS)
    assert cabinet.decoded("DTEND") - cabinet.decoded("DTSTART") == timedelta(minutes=90)
    assert str(cabinet["LOCATION"]) == "Ministère\nsalle 2"
    assert str(cabinet["URL"]).startswith(settings.ADRESSE_PUBLIQUE) if "URL" in cabinet else True
    assert evenements["Journée"].decoded("DTSTART") == jour
    assert evenements["Journée"].decoded("DTEND") == jour + timedelta(days=1)
    # the second reader, with the time zone that the file itself describes
    autre = {e.summary.value: e for e in vobject.readOne(answer.content.decode()).vevent_list}
    debut = autre["Cabinet; ordre du jour, suite"].dtstart.value
    assert debut.utcoffset() == timedelta(hours=2)


def test_a_change_has_a_higher_sequence_and_a_cancellation_says_so(
    petit_reseau: PetitReseau,
) -> None:
    rencontre = Rencontre.objects.create(titre="R", date=demain(), visibilite="public")
    client = client_de(petit_reseau, "visiteur")
    [avant] = read(client.get(PUBLIC)).walk("VEVENT")
    rencontre.sequence, rencontre.statut = 1, "annulee"
    rencontre.save()
    [apres] = read(client.get(PUBLIC)).walk("VEVENT")
    assert avant["UID"] == apres["UID"] == str(rencontre.identifiant)
    assert (avant["SEQUENCE"], apres["SEQUENCE"]) == (0, 1)
    assert (avant["STATUS"], apres["STATUS"]) == ("CONFIRMED", "CANCELLED")


def test_what_is_not_known_to_the_day_is_in_no_calendar(petit_reseau: PetitReseau) -> None:
    for precision, jour in (("mois", demain()), ("annee", demain()), ("inconnue", None)):
        Rencontre.objects.create(
            titre=precision, date=jour, precision=precision, visibilite="public"
        )
        Engagement.objects.create(
            phrase=precision,
            sens="public",
            precision="inconnue",
            echeance=jour,
            echeance_precision=precision,
            visibilite="public",
        )
    assert titles(client_de(petit_reseau, "visiteur").get(PUBLIC)) == set()


def test_a_due_date_is_there_as_long_as_something_is_owed(petit_reseau: PetitReseau) -> None:
    engagement = Engagement.objects.create(
        phrase="Nous signerons en juillet",
        sens="public",
        precision="inconnue",
        echeance=demain(),
        echeance_precision="jour",
        visibilite="public",
    )
    client = client_de(petit_reseau, "visiteur")
    assert titles(client.get(PUBLIC)) == {"Échéance\u00a0: «\u00a0Nous signerons en juillet\u00a0»"}
    Engagement.objects.filter(pk=engagement.pk).update(statut="tenu")
    assert titles(client.get(PUBLIC)) == set()


@pytest.fixture
def rencontres(petit_reseau: PetitReseau) -> int:
    """Meetings of each visibility in a space that the members of it read; its number."""
    espace = make_espace("Comité", petit_reseau.structure, visibilite="espace")
    lieu = {"departement": "35", "region": "53"}
    for v in VISIBILITES:
        Rencontre.objects.create(espace=espace, titre=v, date=demain(), visibilite=v, **lieu)
    return int(espace.pk)


def test_the_public_calendar_is_the_same_whoever_asks(
    petit_reseau: PetitReseau, rencontres: int
) -> None:
    del rencontres
    for role in ("visiteur", "delegation", "partenaire"):
        assert titles(client_de(petit_reseau, role).get(PUBLIC)) == {"public"}


@pytest.mark.parametrize(
    ("role", "lus"),
    [
        ("visiteur", None),
        ("partenaire", None),
        ("direction", {"public", "adherents", "espace"}),
        ("delegation_regionale", set(VISIBILITES)),
        ("conseil", set(VISIBILITES)),
    ],
)
def test_the_calendar_of_a_space_shows_what_each_may_read_of_it(
    petit_reseau: PetitReseau, rencontres: int, role: str, lus: set[str] | None
) -> None:
    answer = client_de(petit_reseau, role).get(f"/dialogue/espaces/{rencontres}/agenda.ics")
    if lus is None:
        assert answer.status_code == 404
        return
    assert titles(answer) == lus
    assert answer["Cache-Control"] == "private, no-store"


def test_a_partner_who_sits_there_follows_it_by_a_secret_address(
    petit_reseau: PetitReseau, rencontres: int
) -> None:
    espace = f"espaces/{rencontres}.ics"
    siege = make_siege(
        Rencontre.objects.filter(espace=rencontres)[0].espace, petit_reseau.partenaire, cote="autre"
    )
    client = client_de(petit_reseau, "partenaire")
    page = client.post("/dialogue/agenda/ouvrir/").content.decode()
    debut = page.index("/dialogue/agenda/", page.index('id="adresse-agenda"')) + len(
        "/dialogue/agenda/"
    )
    jeton = page[debut : page.index(".ics", debut)]
    visiteur = client_de(petit_reseau, "visiteur")  # the calendar program has no session
    assert titles(visiteur.get(f"/dialogue/agenda/{jeton}.ics")) == {"public", "espace"}
    assert titles(visiteur.get(f"/dialogue/agenda/{jeton}/{espace}")) == {"public", "espace"}
    siege.date_fin = timezone.localdate() - timedelta(days=1)
    siege.save()
    assert titles(visiteur.get(f"/dialogue/agenda/{jeton}.ics")) == {"public"}
    assert visiteur.get(f"/dialogue/agenda/{jeton}/{espace}").status_code == 404


def test_the_secret_is_not_kept_and_stops_when_renewed_closed_or_the_account_is(
    petit_reseau: PetitReseau,
) -> None:
    personne = petit_reseau.personnes["delegation"]
    visiteur = client_de(petit_reseau, "visiteur")
    premier = renew_agenda(personne)
    assert Agenda.objects.get().empreinte == hash_jeton(premier) != premier
    second = renew_agenda(personne)
    assert visiteur.get(f"/dialogue/agenda/{premier}.ics").status_code == 404
    assert visiteur.get(f"/dialogue/agenda/{second}.ics").status_code == 200
    personne.is_active = False
    personne.save()
    assert visiteur.get(f"/dialogue/agenda/{second}.ics").status_code == 404
    personne.is_active = True
    personne.save()
    client_de(petit_reseau, "delegation").post("/dialogue/agenda/fermer/")
    assert visiteur.get(f"/dialogue/agenda/{second}.ics").status_code == 404
    assert not Agenda.objects.exists()


def test_an_unchanged_calendar_is_not_sent_twice(petit_reseau: PetitReseau) -> None:
    Rencontre.objects.create(titre="R", date=demain(), visibilite="public")
    client = client_de(petit_reseau, "visiteur")
    etag = client.get(PUBLIC)["ETag"]
    assert client.get(PUBLIC, headers={"if-none-match": etag}).status_code == 304


def test_the_declaration_to_the_register_is_in_the_calendar_of_who_prepares_it(
    petit_reseau: PetitReseau,
) -> None:
    annee = timezone.localdate().year
    for an, deposee in ((annee, None), (annee - 1, date(annee, 1, 10))):
        Exercice.objects.create(debut=date(an, 1, 1), fin=date(an, 12, 31), declare_le=deposee)
    for role, attendus in (("delegation", [date(annee + 1, 3, 31)]), ("direction", [])):
        jeton = renew_agenda(petit_reseau.personnes[role])
        agenda = read(client_de(petit_reseau, "visiteur").get(f"/dialogue/agenda/{jeton}.ics"))
        jours = [
            e.decoded("DTSTART") for e in agenda.walk("VEVENT") if "répertoire" in str(e["SUMMARY"])
        ]
        assert jours == attendus
