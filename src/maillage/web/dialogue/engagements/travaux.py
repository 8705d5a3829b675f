"""The background work of commitments: tell those who follow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django_tasks import task

from maillage.web.dialogue.engagements import courriel
from maillage.web.dialogue.engagements.nouvelles import changes, due_soon, to_send
from maillage.web.travaux.periodes import Periodique, every_day, every_minute

if TYPE_CHECKING:
    from datetime import datetime

HEURE_DES_RAPPELS = 7


@task()
def tell_changes() -> int:
    """Tell what has just changed; answers how many mails could not leave."""
    return courriel.send(to_send(changes(timezone.now())))[1]


@task()
def tell_due() -> int:
    """Tell which dates come near; answers how many mails could not leave."""
    return courriel.send(to_send(due_soon(timezone.localdate())))[1]


def _has_news(now: datetime) -> bool:
    return bool(to_send(changes(now)))


def _has_dates(now: datetime) -> bool:
    return bool(to_send(due_soon(timezone.localdate(now))))


PERIODIQUES = (
    Periodique("suivi-engagements", every_minute, tell_changes, _has_news),
    Periodique("rappels-engagements", every_day(HEURE_DES_RAPPELS), tell_due, _has_dates),
)
