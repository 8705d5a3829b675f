"""The background work of publications: announce, gather, send, try again."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from django_tasks import task

from maillage.web.publications.courrier import depart
from maillage.web.publications.courrier.lots import prepare_announcements, prepare_digest
from maillage.web.publications.models import Envoi, Lot, Publication
from maillage.web.travaux.file_attente import wait_before
from maillage.web.travaux.periodes import (
    LUNDI,
    Periodique,
    every_day,
    every_hour,
    every_minute,
    every_week,
)

if TYPE_CHECKING:
    from datetime import datetime

HEURE_DES_ENVOIS = 7
_OUBLI = timedelta(hours=12)
_CHAQUE_JOUR = every_day(HEURE_DES_ENVOIS)
_CHAQUE_SEMAINE = every_week(LUNDI, HEURE_DES_ENVOIS)


@task()
def announce() -> int:
    """Tell those who want it at once of what has just come out."""
    lots = prepare_announcements(timezone.now())
    for lot in lots:
        send_lot.enqueue(lot.pk, 1)
    return len(lots)


@task()
def gather_day() -> int:
    """Prepare the lot of the day, and send it."""
    return _gather(Lot.Nature.QUOTIDIEN, _CHAQUE_JOUR(timezone.now()))


@task()
def gather_week() -> int:
    """Prepare the lot of the week, and send it."""
    return _gather(Lot.Nature.HEBDOMADAIRE, _CHAQUE_SEMAINE(timezone.now()))


def _gather(nature: Lot.Nature, periode: str | None) -> int:
    if periode is None:  # taken up in the next period, before its hour: that one will gather all
        return 0
    lot = prepare_digest(nature, periode, timezone.now())
    send_lot.enqueue(lot.pk, 1)
    return lot.envois.count()


@task()
def send_lot(lot_id: int, essai: int) -> int:
    """Send a lot; what could not leave is tried again later, further and further apart."""
    lot = Lot.objects.get(pk=lot_id)
    restent = depart.send_lot(lot)
    if restent and essai < depart.ESSAIS_MAX:
        depart.release(lot)
        plus_tard = timezone.now() + wait_before(essai)
        send_lot.using(run_after=plus_tard).enqueue(lot_id, essai + 1)
    return restent


@task()
def resume() -> int:
    """Take up the lots that a breakdown left half-way."""
    oublies = Lot.objects.filter(
        envois__etat=Envoi.Etat.EN_ATTENTE, created_at__lt=timezone.now() - _OUBLI
    ).distinct()
    for lot in oublies:
        send_lot.enqueue(lot.pk, depart.ESSAIS_MAX)
    return len(oublies)


def _has_news(now: datetime) -> bool:
    return Publication.objects.to_announce(now).exists()


def _has_leftovers(now: datetime) -> bool:
    return Envoi.objects.filter(
        etat=Envoi.Etat.EN_ATTENTE, lot__created_at__lt=now - _OUBLI
    ).exists()


PERIODIQUES = (
    Periodique("annonces", every_minute, announce, _has_news),
    Periodique("envoi-quotidien", _CHAQUE_JOUR, gather_day),
    Periodique("envoi-hebdomadaire", _CHAQUE_SEMAINE, gather_week),
    Periodique("envois-a-reprendre", every_hour, resume, _has_leftovers),
)
