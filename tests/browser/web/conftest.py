"""A real server on a free port of loopback."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from factories.navigateur import free_port, wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the site, served as `maillage site` serves it."""
    port = free_port()
    commande = (
        "import typer; from maillage.web.commandes import site;"
        "app = typer.Typer(); app.command()(site); app()"
    )
    serveur = subprocess.Popen(
        [sys.executable, "-c", commande, "--port", str(port), "--ne-pas-ouvrir"],
        env={
            **os.environ,
            "MAILLAGE_DONNEES": str(tmp_path_factory.mktemp("donnees")),
            "DJANGO_SETTINGS_MODULE": "maillage.web.config.settings",
        },
    )
    adresse = f"http://127.0.0.1:{port}"
    try:
        wait_for(adresse, serveur)
        yield adresse
    finally:
        serveur.terminate()
        serveur.wait(timeout=30)
