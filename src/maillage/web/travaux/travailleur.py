"""The worker: puts in the queue what is due, does what is in the queue, waits, and starts again."""

from __future__ import annotations

import os
import signal
from threading import Event
from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import close_old_connections
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker

from maillage.web.travaux.file_attente import take_back_abandoned
from maillage.web.travaux.periodes import enqueue_due

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import FrameType

    from maillage.web.travaux.periodes import Periodique

PAUSE = 2.0
"""Seconds between two looks at the queue."""


class Travailleur:
    """One process that does the background work; several may run beside each other."""

    def __init__(self, periodiques: Sequence[Periodique]) -> None:
        self._periodiques = periodiques
        self._fini = Event()
        self._en_cours: Worker | None = None

    def run(self, parent: int | None = None) -> None:
        """Work until stopped by a signal.

        Args:
            parent: Process beside which it works; when that one is gone, it stops too.
        """
        for signe in (signal.SIGINT, signal.SIGTERM):
            signal.signal(signe, self._stop)
        while not self._fini.is_set():
            self.work_once()
            self._fini.wait(PAUSE)
            if parent is not None and os.getppid() != parent:
                return

    def work_once(self) -> None:
        """Put in the queue what is due, and do everything that is ready."""
        close_old_connections()
        now = timezone.now()
        take_back_abandoned(now)
        enqueue_due(self._periodiques, now)
        self._en_cours = Worker(
            queue_names=["*"],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=uuid4().hex,
            excluded_queue_names=[],
        )
        self._en_cours.run()

    def _stop(self, signe: int, cadre: FrameType | None) -> None:
        """Finish the job that is running and take no other."""
        del signe, cadre
        self._fini.set()
        if self._en_cours is not None:
            self._en_cours.running = False
