"""A real site with a small network, one person signed in per role, and a Chromium that is watched."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlparse

import pytest
from factories.navigateur import free_port, wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, Page

TESTS = Path(__file__).resolve().parents[3]


@dataclass
class Reseau:
    """A site that runs.

    Attributes:
        adresse: Where it answers.
        sessions: Role to the key of an open session.
        navigateur: Chromium.
        dehors: Outside requests; must stay empty.
        erreurs: Complaints of the console, CSP reports included; must stay empty.
    """

    adresse: str
    sessions: dict[str, str]
    navigateur: Browser
    dehors: list[str] = field(default_factory=list)
    erreurs: list[str] = field(default_factory=list)

    def open(self, role: str = "", largeur: int = 1280, *, script: bool = True) -> BrowserContext:
        """A fresh profile, signed in as a role, or a visitor's."""
        contexte = self.navigateur.new_context(
            viewport={"width": largeur, "height": 900},
            locale="fr-FR",
            timezone_id="Europe/Paris",
            java_script_enabled=script,
        )
        if role:
            cle = self.sessions[role]
            contexte.add_cookies(
                [{"name": "maillage-session", "value": cle, "url": self.adresse, "httpOnly": True}]
            )
        contexte.on("page", self._watch)
        return contexte

    def _watch(self, page: Page) -> None:
        page.on("request", lambda r: self._request(r.url))
        page.on("console", lambda m: self._console(m.type, m.text))
        page.on("pageerror", lambda e: self.erreurs.append(str(e)))

    def _request(self, url: str) -> None:
        if urlparse(url).hostname not in {"127.0.0.1", None}:
            self.dehors.append(url)

    def _console(self, nature: str, texte: str) -> None:
        if nature in {"error", "warning"}:
            self.erreurs.append(texte)


@pytest.fixture(scope="session")
def reseau(navigateur: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reseau]:
    """The site, served as `maillage site` serves it, with its worker."""
    port = free_port()
    adresse = f"http://127.0.0.1:{port}"
    env = {
        **os.environ,
        "MAILLAGE_DONNEES": str(tmp_path_factory.mktemp("donnees")),
        "MAILLAGE_ADRESSE_PUBLIQUE": adresse,
        "DJANGO_SETTINGS_MODULE": "maillage.web.config.settings",
        "PYTHONPATH": os.pathsep.join([*filter(None, sys.path), str(TESTS)]),
    }
    commande = [sys.executable, "-m", "factories.site_publications"]
    rempli = subprocess.run(commande, env=env, check=True, capture_output=True, text=True)
    sessions = json.loads(rempli.stdout)
    commande = [sys.executable, "-m", "maillage", "site", "--port", str(port), "--ne-pas-ouvrir"]
    serveur = subprocess.Popen(commande, env=env)
    try:
        wait_for(adresse, serveur)
        yield Reseau(adresse, sessions, navigateur)
    finally:
        serveur.terminate()
        serveur.wait(timeout=30)
