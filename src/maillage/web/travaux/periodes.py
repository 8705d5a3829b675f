"""Periodic jobs: which period is running, and one place in the queue per period."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from maillage.web.travaux.models import Occurrence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from django_tasks.base import Task

LUNDI = 1
GARDE = timedelta(days=90)
"""How long the lines of past periods are kept."""


@dataclass(frozen=True, slots=True)
class Periodique:
    """A job to do once per period.

    Attributes:
        nom: Stable, part of the key.
        periode: Key of the period that runs at an instant; None when it is not time yet.
        tache: What is put in the queue.
        is_due: Whether there is anything to do; a job without work leaves no line.
    """

    nom: str
    periode: Callable[[datetime], str | None]
    tache: Task[..., Any]
    is_due: Callable[[datetime], bool] = lambda _now: True


def every_minute(now: datetime) -> str:
    """One period per minute."""
    return f"{timezone.localtime(now):%Y-%m-%dT%H:%M}"


def every_hour(now: datetime) -> str:
    """One period per hour."""
    return f"{timezone.localtime(now):%Y-%m-%dT%H}"


def every_day(heure: int) -> Callable[[datetime], str | None]:
    """One period per day, that opens at that hour of Paris and stays open until midnight."""

    def periode(now: datetime) -> str | None:
        local = timezone.localtime(now)
        return f"{local:%Y-%m-%d}" if local.hour >= heure else None

    return periode


def every_week(jour: int, heure: int) -> Callable[[datetime], str | None]:
    """One period per ISO week, that opens on a day (Monday is 1) at an hour, until Sunday night."""

    def periode(now: datetime) -> str | None:
        local = timezone.localtime(now)
        annee, semaine, rang = local.isocalendar()
        return f"{annee}-S{semaine:02}" if (rang, local.hour) >= (jour, heure) else None

    return periode


def enqueue_due(periodiques: Iterable[Periodique], now: datetime) -> list[str]:
    """Put in the queue what its period asks for and that nobody has put there.

    Returns:
        Keys of what was put in the queue.
    """
    faits = []
    for periodique in periodiques:
        periode = periodique.periode(now)
        if periode is None or not periodique.is_due(now):
            continue
        cle = f"{periodique.nom}:{periode}"
        if Occurrence.objects.filter(cle=cle).exists():
            continue
        with transaction.atomic():
            _, created = Occurrence.objects.get_or_create(cle=cle, defaults={"at": now})
            if created:
                periodique.tache.enqueue()
                faits.append(cle)
    return faits
