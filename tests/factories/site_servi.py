"""The small network, served as `maillage site` serves it, with a session open per role."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from factories.navigateur import free_port, wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import BrowserContext, Page

_TESTS = Path(__file__).resolve().parents[1]
_SERVIR = (
    "import typer; from maillage.web.commandes import site;"
    "app = typer.Typer(); app.command()(site); app()"
)


@dataclass(frozen=True)
class SiteMembres:
    """A site that is served.

    Attributes:
        adresse: Where it answers.
        sessions: Role to the key of an open session.
        adresses: Role, name and address of each page that can be read, when it was asked for.
    """

    adresse: str
    sessions: dict[str, str]
    adresses: list[tuple[str, str, str]]

    def sign_in(self, contexte: BrowserContext, role: str, largeur: int) -> Page:
        """A page of that role."""
        contexte.add_cookies(
            [{"name": "maillage-session", "value": self.sessions[role], "url": self.adresse}]
        )
        page = contexte.new_page()
        page.set_viewport_size({"width": largeur, "height": 900})
        return page


@contextmanager
def serve(dossier: Path, *options: str) -> Iterator[SiteMembres]:
    """Fill a data directory and serve it.

    Args:
        dossier: The data directory.
        options: « parcourir » to know every address, « panel » for structures enough to be compared.
    """
    env = {
        **os.environ,
        "MAILLAGE_DONNEES": str(dossier),
        "DJANGO_SETTINGS_MODULE": "maillage.web.config.settings",
        "PYTHONPATH": os.pathsep.join([str(_TESTS), *sys.path]),
    }
    rempli = subprocess.run(
        [sys.executable, str(_TESTS / "factories" / "site_membres.py"), *options],
        env=env,
        capture_output=True,
        text=True,
        check=True,
    )
    port = free_port()
    serveur = subprocess.Popen(
        [sys.executable, "-c", _SERVIR, "--port", str(port), "--ne-pas-ouvrir"], env=env
    )
    adresse = f"http://127.0.0.1:{port}"
    try:
        wait_for(adresse, serveur)
        yield SiteMembres(adresse, **json.loads(rempli.stdout))
    finally:
        serveur.terminate()
        serveur.wait(timeout=30)
