"""A real server with a small invented network, a real Chromium, and the code that a telephone shows.

The site is opened as http://localhost: browsers accept passkeys there, and at no bare IP address.
"""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from factories.navigateur import Surveillance, free_port, wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator

_PEUPLER = """
import django
django.setup()
from maillage.web.config.preparation import prepare_base
prepare_base()
from factories.membres import MOT_DE_PASSE, make_petit_reseau
for personne in make_petit_reseau().personnes.values():
    personne.set_password(MOT_DE_PASSE)
    personne.save()
"""
_SERVIR = (
    "import typer; from maillage.web.commandes import site;"
    "app = typer.Typer(); app.command()(site); app()"
)


@dataclass
class SurveillanceLocale(Surveillance):
    """The same, on a site that is reached by its name."""

    def _request(self, url: str) -> None:
        super()._request(url.replace("://localhost:", "://127.0.0.1:"))


@pytest.fixture
def surveillance() -> Surveillance:
    """What the pages of the test did wrong."""
    return SurveillanceLocale()


@pytest.fixture(scope="session")
def site_membres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a site whose network has one person per role."""
    environnement = {
        **os.environ,
        "MAILLAGE_DONNEES": str(tmp_path_factory.mktemp("donnees-membres")),
        "MAILLAGE_BASE": "",
        "DJANGO_SETTINGS_MODULE": "maillage.web.config.settings",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    subprocess.run([sys.executable, "-c", _PEUPLER], env=environnement, check=True)
    port = free_port()
    serveur = subprocess.Popen(
        [sys.executable, "-c", _SERVIR, "--port", str(port), "--ne-pas-ouvrir"], env=environnement
    )
    try:
        wait_for(f"http://127.0.0.1:{port}", serveur)
        yield f"http://localhost:{port}"
    finally:
        serveur.terminate()
        serveur.wait(timeout=30)
