"""A real site with a meeting about to be held, one person signed in per role, a watched Chromium."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from factories.navigateur import Surveillance, free_port, wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext

TESTS = Path(__file__).resolve().parents[3]


@dataclass
class Site:
    """A site that runs.

    Attributes:
        adresse: Where it answers.
        rencontre: Number of the meeting.
        sessions: Role to the key of an open session.
        navigateur: Chromium.
        surveillance: What pages did wrong; those that lose the network on purpose are not watched.
    """

    adresse: str
    rencontre: int
    sessions: dict[str, str]
    navigateur: Browser
    surveillance: Surveillance = field(default_factory=Surveillance)

    @property
    def fiche(self) -> str:
        """Address of the meeting."""
        return f"{self.adresse}/dialogue/rencontres/{self.rencontre}/"

    def open(
        self, role: str = "", largeur: int = 1280, *, is_surveille: bool = True, script: bool = True
    ) -> BrowserContext:
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
        if is_surveille:
            contexte.on("page", self.surveillance.watch)
        return contexte


@pytest.fixture(scope="session")
def site(navigateur: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site, served as `maillage site` serves it, with its worker."""
    port = free_port()
    adresse = f"http://127.0.0.1:{port}"
    env = {
        **os.environ,
        "MAILLAGE_DONNEES": str(tmp_path_factory.mktemp("donnees-rencontres")),
        "MAILLAGE_BASE": "",
        "MAILLAGE_ADRESSE_PUBLIQUE": adresse,
        "DJANGO_SETTINGS_MODULE": "maillage.web.config.settings",
        "PYTHONPATH": os.pathsep.join([*filter(None, sys.path), str(TESTS)]),
    }
    commande = [sys.executable, "-m", "factories.site_rencontres"]
    rempli = subprocess.run(commande, env=env, check=True, capture_output=True, text=True)
    contenu = json.loads(rempli.stdout)
    commande = [sys.executable, "-m", "maillage", "site", "--port", str(port), "--ne-pas-ouvrir"]
    serveur = subprocess.Popen(commande, env=env)
    try:
        wait_for(adresse, serveur)
        yield Site(adresse, contenu["rencontre"], contenu["sessions"], navigateur)
    finally:
        serveur.terminate()
        serveur.wait(timeout=30)
