"""Those who follow are told once, of what they read; one click stops it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone
from factories.engagements import make_charge, make_engagement
from factories.membres import client_de

from maillage.web.dialogue.engagements import actions, changement
from maillage.web.dialogue.engagements.suivi import follow
from maillage.web.dialogue.models import Abonnement, Espace, Rappel, Reprise

if TYPE_CHECKING:
    from collections.abc import Callable

    from factories.courrier import Boite
    from factories.membres import PetitReseau

HUIT_HEURES = datetime(2026, 3, 5, 8, 0, tzinfo=ZoneInfo("Europe/Paris"))


@pytest.fixture(autouse=True)
def _huit_heures(horloge: Callable[[datetime], None]) -> None:
    horloge(HUIT_HEURES)


@pytest.fixture
def minute(horloge: Callable[[datetime], None]) -> Callable[[], None]:
    """Lets a minute pass."""

    def passer() -> None:
        horloge(timezone.now() + timedelta(minutes=1))

    return passer


def add_state(engagement: Any, motif: str, by: int | None = None) -> None:
    etat = actions.NouvelEtat("en_cours", timezone.localdate(), motif)
    actions.add_state(engagement, etat, by=by)


def test_each_change_is_told_once_to_those_who_follow(
    petit_reseau: PetitReseau,
    boite: Boite,
    travail: Callable[[], None],
    minute: Callable[[], None],
) -> None:
    engagement = make_engagement()
    direction = client_de(petit_reseau, "direction")
    direction.post(reverse("engagement-suivre", args=[engagement.pk]))
    delegation = petit_reseau.personnes["delegation"]
    follow(delegation, engagement=engagement)
    minute()
    add_state(engagement, "Le texte est en relecture.", by=delegation.pk)
    travail()
    travail()
    [(_, adresse, message)] = boite.recus  # not the one who noted it
    assert adresse == "direction@reseau.example.org"
    corps = message.get_content()
    assert "En cours, constaté le 5 mars 2026" in corps
    assert "Le texte est en relecture." in corps
    assert f"https://reseau.example.org/dialogue/engagements/{engagement.pk}/" in corps
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    minute()
    travail()
    assert len(boite.recus) == 1
    arret = urlsplit(message["List-Unsubscribe"].strip(" <>\r\n")).path
    visiteur = client_de(petit_reseau, "visiteur")
    assert "ne plus suivre cet engagement" in visiteur.get(arret).content.decode()
    assert Abonnement.objects.count() == 2
    visiteur.post(arret, {"List-Unsubscribe": "One-Click"})
    assert Abonnement.objects.get().utilisateur == delegation
    add_state(engagement, "Encore.", by=delegation.pk)
    minute()
    travail()
    assert len(boite.recus) == 1


def test_a_place_is_followed_with_all_its_commitments_in_one_mail(
    petit_reseau: PetitReseau,
    boite: Boite,
    travail: Callable[[], None],
    minute: Callable[[], None],
) -> None:
    espace = Espace.objects.create(nom="Comité", nature="politique", visibilite="public")
    client = client_de(petit_reseau, "equipe")
    adresse = reverse("espace-suivre", args=[espace.pk])
    client.post(adresse)
    minute()
    for phrase in ("Une.", "Deux."):
        make_engagement(phrase, espace=espace)
    make_engagement("Tue.", espace=espace, visibilite="interne")
    travail()
    [(_, _, message)] = boite.recus
    corps = message.get_content()
    assert "2\u00a0engagements que vous suivez" in message["Subject"]
    assert ("Une." in corps, "Deux." in corps, "Tue." in corps) == (True, True, False)
    client.post(adresse, {"retour": "https://ailleurs.example.org/"})
    assert not Abonnement.objects.exists()


def test_what_one_no_longer_reads_is_no_longer_told(
    petit_reseau: PetitReseau,
    boite: Boite,
    travail: Callable[[], None],
    minute: Callable[[], None],
) -> None:
    engagement = make_engagement()
    follow(petit_reseau.personnes["partenaire"], engagement=engagement)
    minute()
    actions.modify_engagement(engagement, {"visibilite": "interne"}, by=None)
    add_state(engagement, "Secret.")
    travail()
    assert boite.recus == []
    page = client_de(petit_reseau, "partenaire").get("/dialogue/engagements/suivis/")
    assert "un engagement que vous ne lisez plus" in page.content.decode()
    assert engagement.phrase not in page.content.decode()


@pytest.mark.parametrize(
    ("precision", "echeance"),
    [("jour", date(2026, 6, 15)), ("mois", date(2026, 6, 1)), ("annee", date(2026, 1, 1))],
)
def test_due_dates_are_told_thirty_and_seven_days_before(
    petit_reseau: PetitReseau,
    boite: Boite,
    travail: Callable[[], None],
    horloge: Callable[[datetime], None],
    precision: str,
    echeance: date,
) -> None:
    fin = {"jour": date(2026, 6, 15), "mois": date(2026, 6, 30), "annee": date(2026, 12, 31)}
    engagement = make_engagement(echeance=echeance, echeance_precision=precision)
    follow(petit_reseau.personnes["direction"], engagement=engagement)
    recus = []
    for reste in (31, 30, 29, 8, 7, 6, 0, -1):
        jour = fin[precision] - timedelta(days=reste)
        horloge(HUIT_HEURES.replace(year=jour.year, month=jour.month, day=jour.day))
        avant = len(boite.recus)
        travail()
        if len(boite.recus) > avant:
            recus.append(reste)
    assert recus == [30, 7]
    corps = boite.recus[0][2].get_content()
    assert "Échéance dans 30\u00a0jours" in corps
    assert ("1er" in corps) is False


def test_a_worker_that_was_stopped_tells_late_rather_than_never(
    petit_reseau: PetitReseau, boite: Boite, travail: Callable[[], None]
) -> None:
    """Nobody worked on the thirtieth day: it is told on the twentieth."""
    echeance = timezone.localdate() + timedelta(days=20)
    engagement = make_engagement(echeance=echeance, echeance_precision="jour")
    follow(petit_reseau.personnes["direction"], engagement=engagement)
    travail()
    assert len(boite.recus) == 1
    actions.modify_engagement(engagement, {"echeance": echeance + timedelta(days=5)}, by=None)
    assert Rappel.objects.count() == 1  # another date is another reminder


def test_a_change_of_minister_and_the_answer_are_told(
    petit_reseau: PetitReseau, boite: Boite, travail: Callable[[], None],
    minute: Callable[[], None],
) -> None:  # fmt: skip
    charge = make_charge()
    engagement = make_engagement(charge=charge)
    follow(petit_reseau.personnes["direction"], engagement=engagement)
    minute()
    le = date(2026, 3, 1)
    changement.hand_over(charge, changement.Passation(le, "Bruno Épreuve", le), by=None)
    travail()
    minute()
    changement.decide(
        Reprise.objects.get(),
        Reprise.Etat.REFUSEE,
        note="Ce n’est pas ma priorité.",
        le=le,
        by=None,
    )
    travail()
    assert ["À faire reprendre" in m.get_content() for _, _, m in boite.recus] == [True, False]
    assert "Ce n’est pas ma priorité." in boite.recus[1][2].get_content()


def test_a_mail_that_cannot_leave_is_told_again_and_a_dead_address_is_not(
    petit_reseau: PetitReseau, boite: Boite, travail: Callable[[], None],
    minute: Callable[[], None],
) -> None:  # fmt: skip
    engagement = make_engagement()
    for role in ("direction", "equipe"):
        follow(petit_reseau.personnes[role], engagement=engagement)
    minute()
    boite.refus = {
        "direction@reseau.example.org": "450 revenez",
        "equipe@reseau.example.org": "550 inconnue",
    }
    add_state(engagement, "Relecture.")
    travail()
    assert boite.recus == []
    assert Rappel.objects.get().utilisateur == petit_reseau.personnes["equipe"]
    boite.refus = {}
    minute()
    travail()
    assert [adresse for _, adresse, _ in boite.recus] == ["direction@reseau.example.org"]


def test_following_is_seen_and_stopped_on_one_page(petit_reseau: PetitReseau) -> None:
    engagement = make_engagement()
    client = client_de(petit_reseau, "direction")
    adresse = reverse("engagement-suivre", args=[engagement.pk])
    client.post(adresse)
    assert (
        "Ne plus suivre" in client.get(reverse("engagement", args=[engagement.pk])).content.decode()
    )
    page = client.get("/dialogue/engagements/suivis/").content.decode()
    assert engagement.phrase in page
    autre = follow(petit_reseau.personnes["equipe"], engagement=engagement)
    client.post("/dialogue/engagements/suivis/", {"abonnement": autre.pk})
    assert Abonnement.objects.filter(pk=autre.pk).exists()
    client.post(
        "/dialogue/engagements/suivis/",
        {"abonnement": Abonnement.objects.exclude(pk=autre.pk).get().pk},
    )
    assert (
        "Vous ne suivez aucun engagement."
        in client.get("/dialogue/engagements/suivis/").content.decode()
    )
    interne = make_engagement("interne", visibilite="interne")
    assert client.post(reverse("engagement-suivre", args=[interne.pk])).status_code == 404


@pytest.mark.parametrize("jeton", ["faux", "WzEsbnVsbF0:faux", "x" * 300])
def test_a_link_that_was_not_made_here_stops_nothing(petit_reseau: PetitReseau, jeton: str) -> None:
    follow(petit_reseau.personnes["direction"], engagement=make_engagement())
    answer = client_de(petit_reseau, "visiteur").post(f"/dialogue/engagements/arret/{jeton}/")
    assert (answer.status_code, "MLG-ENG-030" in answer.content.decode()) == (404, True)
    assert Abonnement.objects.count() == 1
