"""Mail by choice: what goes out by a real server, how one stops it, what comes back."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from typing import TYPE_CHECKING

import pytest
from django.db.models import QuerySet
from django_tasks_db.models import DBTaskResult
from factories.membres import client_de
from factories.parutions import make_published

from maillage.web.config.travaux import all_periodiques
from maillage.web.publications.actions.abonnements import choose
from maillage.web.publications.courrier import adresses, depart
from maillage.web.publications.courrier.rebonds import Suite, treat, treat_maildir
from maillage.web.publications.models import Abonnement, Envoi, Lot
from maillage.web.publications.travaux import send_lot
from maillage.web.travaux.file_attente import ABANDON, take_back_abandoned, wait_before
from maillage.web.travaux.models import Occurrence
from maillage.web.travaux.periodes import (
    enqueue_due,
    every_day,
    every_hour,
    every_minute,
    every_week,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from factories.courrier import Boite
    from factories.membres import PetitReseau
    from pytest_django import Settings

F = Abonnement.Frequence
JEUDI = datetime(2026, 3, 5, 9, 30, tzinfo=UTC)


def subscribe(petit: PetitReseau, **frequences: Abonnement.Frequence) -> None:
    for role, frequence in frequences.items():
        choose(petit.personnes[role], frequence, by=None)


def bounce(envoi: Envoi, status: str = "5.1.1", action: str = "failed") -> bytes:
    """What a mail server sends back (RFC 3464), written here."""
    texte = f"""Return-Path: <>
From: MAILER-DAEMON@mx.example.org
To: {adresses.return_path(envoi)}
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="limite"

--limite
Content-Type: text/plain; charset=us-ascii

This message could not be delivered.

--limite
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; {envoi.utilisateur.email}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 User unknown

--limite
Content-Type: message/rfc822

Message-ID: {adresses.message_id(envoi)}
Subject: essai

--limite--
"""
    return texte.replace("\n", "\r\n").encode()


def test_a_publication_is_announced_once_to_each_in_their_version(
    petit_reseau: PetitReseau,
    boite: Boite,
    travail: Callable[[], None],
    horloge: Callable[[datetime], None],
) -> None:
    horloge(JEUDI - timedelta(hours=6))  # before the hour of the daily letter
    subscribe(
        petit_reseau,
        direction=F.IMMEDIAT,
        partenaire=F.IMMEDIAT,
        conseil=F.JAMAIS,
        equipe=F.QUOTIDIEN,
    )
    make_published(petit_reseau.personnes["delegation"], titre="Rencontre [[avec le cabinet]]")
    travail()
    travail()
    par_personne = {
        vers.partition("@")[0]: (retour, message) for retour, vers, message in boite.recus
    }
    assert sorted(par_personne) == ["direction", "partenaire"]
    assert len(boite.recus) == 2
    sujets = {role: str(message["Subject"]) for role, (_, message) in par_personne.items()}
    assert sujets == {"direction": "Rencontre avec le cabinet", "partenaire": "Rencontre"}
    retour, message = par_personne["direction"]
    envoi = Envoi.objects.get(utilisateur=petit_reseau.personnes["direction"])
    assert adresses.read_return(retour) == envoi.pk
    assert message["From"] == "Réseau d’essai <nouvelles@reseau.example.org>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert (
        str(message["List-Unsubscribe"])
        .strip()
        .startswith("<https://reseau.example.org/publications/desabonnement/")
    )
    assert message["Auto-Submitted"] == "auto-generated"
    assert [p.get_content_type() for p in message.iter_parts()] == ["text/plain", "text/html"]
    corps = message.get_body(("plain",))
    assert corps is not None
    texte = corps.get_content()
    assert "https://reseau.example.org/publications/rencontre/" in texte
    assert "Réseau d’essai" in texte
    assert Envoi.objects.filter(etat=Envoi.Etat.ENVOYE).count() == 2


def test_a_scheduled_publication_is_announced_when_the_worker_comes_back(
    petit_reseau: PetitReseau,
    boite: Boite,
    travail: Callable[[], None],
    horloge: Callable[[datetime], None],
) -> None:
    horloge(JEUDI)
    subscribe(petit_reseau, direction=F.IMMEDIAT)
    make_published(petit_reseau.personnes["delegation"], quand=JEUDI + timedelta(hours=3))
    travail()
    assert boite.recus == []
    horloge(JEUDI + timedelta(days=2))
    travail()
    assert len(boite.recus) == 1


def test_digests_gather_what_is_new_once_per_period_and_miss_nothing(
    petit_reseau: PetitReseau,
    boite: Boite,
    travail: Callable[[], None],
    horloge: Callable[[datetime], None],
) -> None:
    by = petit_reseau.personnes["delegation"]
    horloge(JEUDI)  # 10:30 in Paris
    subscribe(petit_reseau, direction=F.QUOTIDIEN, equipe=F.HEBDOMADAIRE)
    travail()
    assert boite.recus == []  # nothing new: no mail
    make_published(by, titre="Première")
    make_published(by, titre="Deuxième")
    travail()
    assert boite.recus == []  # the lot of the day has gone
    horloge(JEUDI + timedelta(days=1) - timedelta(hours=5))  # 5:30
    travail()
    assert boite.recus == []
    # no worker on Friday nor Saturday: Sunday gathers both days
    make_published(by, titre="Troisième")
    horloge(JEUDI + timedelta(days=2, hours=12))
    make_published(by, titre="Quatrième")
    horloge(JEUDI + timedelta(days=3))
    travail()
    travail()
    ((_, vers, message),) = boite.recus
    assert vers == "direction@reseau.example.org"
    assert str(message["Subject"]).strip() == "Réseau d’essai\u00a0: 4\u00a0nouvelles publications"
    horloge(JEUDI + timedelta(days=4))  # Monday
    travail()
    assert [vers.partition("@")[0] for _, vers, _ in boite.recus] == ["direction", "equipe"]
    assert Lot.objects.filter(nature=Lot.Nature.HEBDOMADAIRE).count() == 2
    horloge(JEUDI + timedelta(days=5))
    travail()
    assert len(boite.recus) == 2


def test_one_click_and_the_page_stop_the_mail_without_signing_in(
    petit_reseau: PetitReseau, boite: Boite, travail: Callable[[], None]
) -> None:
    subscribe(petit_reseau, direction=F.IMMEDIAT, equipe=F.IMMEDIAT)
    make_published(petit_reseau.personnes["delegation"])
    travail()
    liens = {
        vers.partition("@")[0]: str(m["List-Unsubscribe"])
        .strip(" <>")
        .removeprefix("https://reseau.example.org")
        for _, vers, m in boite.recus
    }
    client = client_de(petit_reseau, "visiteur")
    client.handler.enforce_csrf_checks = True
    page = client.get(liens["equipe"])
    assert "Voulez-vous ne plus recevoir" in page.content.decode()
    assert (
        Abonnement.objects.get(utilisateur=petit_reseau.personnes["equipe"]).frequence == F.IMMEDIAT
    )
    assert client.post(liens["direction"], {"List-Unsubscribe": "One-Click"}).status_code == 200
    etats = {
        a.utilisateur.email.partition("@")[0]: a.frequence
        for a in Abonnement.objects.select_related("utilisateur")
    }
    assert etats == {"direction": F.JAMAIS, "equipe": F.IMMEDIAT}
    assert client.post(liens["equipe"][:-3] + "xx/").status_code == 404
    make_published(petit_reseau.personnes["delegation"], titre="Suivante")
    travail()
    assert [vers.partition("@")[0] for _, vers, _ in boite.recus].count("direction") == 1


def test_whoever_stops_before_the_mail_leaves_gets_none(
    petit_reseau: PetitReseau, boite: Boite, travail: Callable[[], None]
) -> None:
    subscribe(petit_reseau, direction=F.IMMEDIAT)
    make_published(petit_reseau.personnes["delegation"])
    boite.refus["direction@reseau.example.org"] = "451 4.3.0 later"
    travail()
    subscribe(petit_reseau, direction=F.JAMAIS)
    boite.refus.clear()
    depart.send_lot(Lot.objects.get(nature=Lot.Nature.IMMEDIAT))
    assert boite.recus == []
    assert Envoi.objects.get().etat == Envoi.Etat.ECARTE


def test_an_address_refused_for_good_gets_no_more_and_its_person_is_told(
    petit_reseau: PetitReseau, boite: Boite, travail: Callable[[], None]
) -> None:
    subscribe(petit_reseau, direction=F.IMMEDIAT, equipe=F.IMMEDIAT)
    boite.refus["direction@reseau.example.org"] = "550 5.1.1 unknown"
    make_published(petit_reseau.personnes["delegation"])
    travail()
    assert [vers.partition("@")[0] for _, vers, _ in boite.recus] == ["equipe"]
    client = client_de(petit_reseau, "direction")
    page = client.get("/publications/abonnements/").content.decode()
    assert "l’adresse n’existe plus ou refuse nos messages" in page
    make_published(petit_reseau.personnes["delegation"], titre="Suivante")
    travail()
    assert Envoi.objects.filter(utilisateur=petit_reseau.personnes["direction"]).count() == 1
    client.post("/publications/abonnements/", {"frequence": "immediat"})
    assert (
        Abonnement.objects.get(utilisateur=petit_reseau.personnes["direction"]).suspendu_at is None
    )


def test_a_refusal_for_now_is_tried_again_further_and_further_apart(
    petit_reseau: PetitReseau,
    boite: Boite,
    travail: Callable[[], None],
    horloge: Callable[[datetime], None],
) -> None:
    subscribe(petit_reseau, direction=F.IMMEDIAT)
    horloge(JEUDI)
    make_published(petit_reseau.personnes["delegation"])
    boite.refus["direction@reseau.example.org"] = "451 4.2.1 mailbox busy"
    travail()
    suivant = DBTaskResult.objects.get(status="READY", task_path__endswith="send_lot")
    assert suivant.run_after == JEUDI + timedelta(minutes=1)
    boite.refus.clear()
    horloge(JEUDI + timedelta(seconds=30))
    travail()
    assert boite.recus == []
    horloge(JEUDI + timedelta(seconds=61))
    travail()
    assert len(boite.recus) == 1
    assert Envoi.objects.get().essais == 2


def test_a_mail_that_is_never_taken_is_given_up(
    petit_reseau: PetitReseau,
    boite: Boite,
    travail: Callable[[], None],
    horloge: Callable[[datetime], None],
) -> None:
    subscribe(petit_reseau, direction=F.IMMEDIAT)
    horloge(JEUDI)
    make_published(petit_reseau.personnes["delegation"])
    boite.refus["direction@reseau.example.org"] = "451 4.2.1 mailbox busy"
    for heures in range(0, 60, 6):
        horloge(JEUDI + timedelta(hours=heures))
        travail()
    assert Envoi.objects.get().etat == Envoi.Etat.ECHEC
    assert Abonnement.objects.get().suspendu_at is None


def test_a_silent_server_loses_no_mail_and_logs_nobody(
    petit_reseau: PetitReseau,
    boite: Boite,
    travail: Callable[[], None],
    horloge: Callable[[datetime], None],
    settings: Settings,
    caplog: pytest.LogCaptureFixture,
) -> None:
    horloge(JEUDI)
    subscribe(petit_reseau, direction=F.IMMEDIAT, equipe=F.IMMEDIAT)
    make_published(petit_reseau.personnes["delegation"])
    port = settings.EMAIL_PORT
    settings.EMAIL_PORT = 1  # nobody listens there
    with caplog.at_level(logging.INFO):
        travail()
    assert Envoi.objects.filter(etat=Envoi.Etat.EN_ATTENTE, essais=0).count() == 2
    assert "ne répond pas" in caplog.text
    assert "@" not in caplog.text
    settings.EMAIL_PORT = port
    horloge(JEUDI + timedelta(hours=20))
    travail()
    assert len(boite.recus) == 2


def test_two_workers_send_each_mail_once(
    petit_reseau: PetitReseau, boite: Boite, travail: Callable[[], None]
) -> None:
    subscribe(petit_reseau, direction=F.IMMEDIAT)
    make_published(petit_reseau.personnes["delegation"])
    travail()
    lot = Lot.objects.get(nature=Lot.Nature.IMMEDIAT)
    send_lot.enqueue(lot.pk, 1)
    travail()
    assert len(boite.recus) == 1
    Envoi.objects.update(etat=Envoi.Etat.EN_ATTENTE)  # as if another worker were sending it now
    depart.send_lot(lot)
    assert len(boite.recus) == 1


def test_a_publication_withdrawn_before_the_mail_leaves_is_told_to_nobody(
    petit_reseau: PetitReseau, boite: Boite, travail: Callable[[], None]
) -> None:
    subscribe(petit_reseau, direction=F.IMMEDIAT)
    publication = make_published(petit_reseau.personnes["delegation"])
    boite.refus["direction@reseau.example.org"] = "451 later"
    travail()
    client_de(petit_reseau, "delegation").post(
        f"/publications/redaction/{publication.pk}/retirer/", {"motif": "erreur"}
    )
    boite.refus.clear()
    lot = Lot.objects.get(nature=Lot.Nature.IMMEDIAT)
    depart.release(lot)
    depart.send_lot(lot)
    assert boite.recus == []


# what comes back


@pytest.fixture
def envoi(petit_reseau: PetitReseau, boite: Boite, travail: Callable[[], None]) -> Envoi:
    """A mail that left."""
    subscribe(petit_reseau, direction=F.IMMEDIAT)
    make_published(petit_reseau.personnes["delegation"])
    travail()
    assert len(boite.recus) == 1
    return Envoi.objects.select_related("utilisateur").get()


def test_a_hard_bounce_stops_the_mailing(envoi: Envoi) -> None:
    assert treat(bounce(envoi, "4.2.2", "delayed")) is Suite.PASSAGER
    assert Abonnement.objects.get().suspendu_at is None
    assert treat(bounce(envoi)) is Suite.ARRET
    assert Abonnement.objects.get().suspendu_at is not None
    envoi.refresh_from_db()
    assert envoi.etat == Envoi.Etat.REBOND
    assert treat(bounce(envoi)) is Suite.ARRET  # read twice: nothing more


def test_a_bounce_that_lost_its_address_is_known_by_the_mail_it_returns(envoi: Envoi) -> None:
    message = bounce(envoi).replace(
        adresses.return_path(envoi).encode(), b"nouvelles@reseau.example.org"
    )
    assert treat(message) is Suite.ARRET


def test_a_bounce_of_a_former_address_does_not_stop_the_new_one(envoi: Envoi) -> None:
    retour = bounce(envoi)
    envoi.utilisateur.email = "nouvelle@reseau.example.org"
    envoi.utilisateur.save()
    assert treat(retour) is Suite.ANCIENNE
    assert Abonnement.objects.get().suspendu_at is None


def test_nobody_stops_the_mail_of_another_by_writing_a_false_bounce(envoi: Envoi) -> None:
    signature = adresses.return_path(envoi).partition("-")[2].partition("@")[0].encode()
    assert treat(bounce(envoi).replace(signature, b"0" * 20)) is Suite.INCONNU
    ordinaire = EmailMessage()
    ordinaire["To"] = adresses.return_path(envoi)
    ordinaire.set_content("Je suis absente cette semaine.")
    assert treat(ordinaire.as_bytes()) is Suite.INCONNU
    for hostile in (
        b"",
        b"\xff\x00",
        b"Content-Type: multipart/report; boundary=\r\n\r\n--\r\n" * 50,
    ):
        assert treat(hostile) is Suite.INCONNU
    inconnu = Envoi(pk=envoi.pk + 1000, utilisateur=envoi.utilisateur)
    assert treat(bounce(inconnu)) is Suite.INCONNU
    assert Abonnement.objects.get().suspendu_at is None


def test_a_maildir_is_read_once(envoi: Envoi, tmp_path: Path) -> None:
    for nom in ("new", "cur", "tmp"):
        (tmp_path / "boite" / nom).mkdir(parents=True)
    (tmp_path / "boite" / "new" / "1.essai").write_bytes(bounce(envoi))
    (tmp_path / "boite" / "new" / "2.essai").write_bytes(b"Subject: autre\r\n\r\nrien")
    comptes = treat_maildir(tmp_path / "boite")
    assert (comptes[Suite.ARRET], comptes[Suite.INCONNU]) == (1, 1)
    assert not list((tmp_path / "boite" / "new").iterdir())
    assert len(list((tmp_path / "boite" / "cur").iterdir())) == 2


# the queue


def test_periods_open_at_their_hour_of_paris() -> None:
    assert every_minute(JEUDI) == "2026-03-05T10:30"
    assert every_hour(JEUDI) == "2026-03-05T10"
    assert every_day(11)(JEUDI) is None
    assert every_day(10)(JEUDI) == "2026-03-05"
    assert every_week(1, 7)(JEUDI) == "2026-S10"
    assert every_week(4, 11)(JEUDI) is None
    assert every_week(5, 7)(JEUDI) is None
    # the night of the last Sunday of March has 23 hours, and one day still
    assert every_day(7)(datetime(2026, 3, 29, 5, 0, tzinfo=UTC)) == "2026-03-29"


def test_waits_grow_up_to_six_hours() -> None:
    assert [wait_before(n).total_seconds() / 60 for n in (1, 2, 3, 4, 5, 9)] == [
        1,
        4,
        16,
        64,
        256,
        360,
    ]


@pytest.mark.usefixtures("petit_reseau")
def test_a_job_left_by_a_stopped_worker_is_taken_up(
    travail: Callable[[], None], horloge: Callable[[datetime], None]
) -> None:
    horloge(JEUDI)
    travail()
    fait = DBTaskResult.objects.first()
    assert fait is not None
    DBTaskResult.objects.filter(pk=fait.pk).update(status="RUNNING", started_at=JEUDI)
    assert take_back_abandoned(JEUDI + ABANDON / 2) == 0
    assert take_back_abandoned(JEUDI + ABANDON * 2) == 1
    assert DBTaskResult.objects.get(pk=fait.pk).status == "READY"


@pytest.mark.usefixtures("petit_reseau")
def test_each_period_is_asked_for_once_and_past_ones_are_swept(
    travail: Callable[[], None], horloge: Callable[[datetime], None]
) -> None:
    horloge(JEUDI)
    for _ in range(3):
        travail()
    cles = sorted(Occurrence.objects.values_list("cle", flat=True))
    assert cles == [
        "envoi-hebdomadaire:2026-S10",
        "envoi-quotidien:2026-03-05",
        "menage:2026-03-05",
    ]
    assert DBTaskResult.objects.filter(task_path__endswith="gather_day").count() == 1
    horloge(JEUDI + timedelta(days=120))
    travail()
    assert not Occurrence.objects.filter(cle__contains="2026-03").exists()
    assert not DBTaskResult.objects.filter(finished_at__lt=JEUDI + timedelta(days=1)).exists()


@pytest.mark.usefixtures("petit_reseau")
def test_of_two_workers_that_wake_up_together_one_asks(
    travail: Callable[[], None],
    horloge: Callable[[datetime], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    horloge(JEUDI)
    travail()
    # the second looked before the first had written
    monkeypatch.setattr(QuerySet, "exists", lambda _self: False)
    toutes = [p for p in all_periodiques() if p.nom in {"envoi-quotidien", "menage"}]
    assert enqueue_due(toutes, JEUDI) == []
    assert DBTaskResult.objects.filter(task_path__endswith="gather_day").count() == 1
