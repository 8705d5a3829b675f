"""The queue: what a stopped worker left half-way, what is swept, and how long to wait for a retry."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from maillage.web.travaux.models import Occurrence
from maillage.web.travaux.periodes import GARDE, Periodique, every_day

if TYPE_CHECKING:
    from datetime import datetime

ABANDON = timedelta(minutes=15)
"""A job that has run longer than this was left by a worker that stopped."""
_PREMIERE_ATTENTE = timedelta(minutes=1)
_ATTENTE_MAX = timedelta(hours=6)
_HEURE_DU_MENAGE = 3


def wait_before(essai: int) -> timedelta:
    """How long to wait before a further attempt: one minute, then four times longer each time.

    Args:
        essai: Attempts already made, from 1.
    """
    fois: int = 4 ** (essai - 1)
    return min(_PREMIERE_ATTENTE * fois, _ATTENTE_MAX)


def take_back_abandoned(now: datetime) -> int:
    """Put back in the queue what a worker took and never finished; every job can be done again."""
    return (
        DBTaskResult.objects.running()
        .filter(started_at__lt=now - ABANDON)
        .update(status=TaskResultStatus.READY, started_at=None)
    )


@task()
def sweep() -> dict[str, int]:
    """Remove the lines of past periods and of finished jobs."""
    limite = timezone.now() - GARDE
    lignes, _ = Occurrence.objects.filter(at__lt=limite).delete()
    faits, _ = DBTaskResult.objects.finished().filter(finished_at__lt=limite).delete()
    return {"periodes": lignes, "travaux": faits}


PERIODIQUES = (Periodique("menage", every_day(_HEURE_DU_MENAGE), sweep),)
