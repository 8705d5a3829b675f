"""The worker as a process of its own: it starts, does what is due, and stops with its site."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.une_fois  # it starts databases of its own

ATTENTE = 90


def start(donnees: Path, *options: str) -> subprocess.Popen[bytes]:
    env = {
        **os.environ,
        "MAILLAGE_DONNEES": str(donnees),
        "MAILLAGE_BASE": "",
        "DJANGO_SETTINGS_MODULE": "maillage.web.config.settings",
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
    }
    subprocess.run([sys.executable, "-m", "django", "migrate", "-v0"], env=env, check=True)
    subprocess.run([sys.executable, "-m", "django", "createcachetable"], env=env, check=True)
    demande = "import django; django.setup(); from maillage.web.travaux.file_attente import sweep; sweep.enqueue()"
    subprocess.run([sys.executable, "-c", demande], env=env, check=True)
    commande = [sys.executable, "-m", "maillage", "admin", "travailleur", *options]
    return subprocess.Popen(commande, env=env)


def wait_for_work(donnees: Path, travailleur: subprocess.Popen[bytes]) -> None:
    """Until the database says that a job was done."""
    fin = time.monotonic() + ATTENTE
    while time.monotonic() < fin:
        assert travailleur.poll() is None, "le travailleur s’est arrêté"
        base = sqlite3.connect(donnees / "maillage.sqlite3")
        (faits,) = base.execute(
            "SELECT count(*) FROM django_tasks_database_dbtaskresult WHERE status = 'SUCCESSFUL'"
        ).fetchone()
        base.close()
        if faits:
            return
        time.sleep(0.5)
    pytest.fail("le travailleur n’a rien fait")


def test_the_worker_works_and_stops_on_demand(tmp_path: Path) -> None:
    travailleur = start(tmp_path)
    try:
        wait_for_work(tmp_path, travailleur)
        travailleur.send_signal(signal.SIGTERM)
        assert travailleur.wait(timeout=30) == 0
    finally:
        travailleur.kill()


def test_the_worker_stops_when_its_site_is_gone(tmp_path: Path) -> None:
    travailleur = start(tmp_path, "--parent", "1")
    try:
        assert travailleur.wait(timeout=ATTENTE) == 0
    finally:
        travailleur.kill()
