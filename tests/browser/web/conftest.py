"""A real server on a free port of loopback, and a real Chromium that may speak to nothing else."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlparse

import pytest
from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, Page

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
OPTIONS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
ATTENTE = 120
"""Seconds that the server may take to compute the figures on a slow machine."""


@dataclass
class Surveillance:
    """What went wrong on the pages of a context: each list must stay empty."""

    dehors: list[str] = field(default_factory=list)
    erreurs: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        """Note outside requests, console errors (CSP reports are some) and failed answers."""
        page.on("request", lambda r: self._request(r.url))
        page.on("console", lambda m: self._console(m.type, m.text))
        page.on("pageerror", lambda e: self.erreurs.append(str(e)))
        page.on("requestfailed", lambda r: self.erreurs.append(f"échec de {r.url}"))

    def _request(self, url: str) -> None:
        if urlparse(url).hostname not in {"127.0.0.1", None}:
            self.dehors.append(url)

    def _console(self, nature: str, texte: str) -> None:
        if nature in {"error", "warning"}:
            self.erreurs.append(texte)

    def assert_quiet(self) -> None:
        """Nothing was asked outside, nothing was complained about."""
        assert self.dehors == []
        assert self.erreurs == []


def _free_port() -> int:
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        port: int = prise.getsockname()[1]
        return port


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the site, served as `maillage site` serves it."""
    port = _free_port()
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
        _wait(adresse, serveur)
        yield adresse
    finally:
        serveur.terminate()
        serveur.wait(timeout=30)


def _wait(adresse: str, serveur: subprocess.Popen[bytes]) -> None:
    for _ in range(ATTENTE * 4):
        assert serveur.poll() is None, "le serveur s’est arrêté"
        try:
            with urllib.request.urlopen(f"{adresse}/sante", timeout=30) as answer:  # noqa: S310 — our own loopback address
                assert answer.status == 200
                return
        except OSError:
            time.sleep(0.25)
    pytest.fail("le serveur n’a pas répondu à temps")


@pytest.fixture(scope="session")
def navigateur() -> Iterator[Browser]:
    """Chromium of the system; the test is skipped by name where there is none."""
    chemin = next(filter(None, map(shutil.which, CHROMIUMS)), None)
    if chemin is None:
        pytest.skip(f"aucun navigateur : {', '.join(CHROMIUMS)}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chemin, args=list(OPTIONS))
        yield browser
        browser.close()


@pytest.fixture
def surveillance() -> Surveillance:
    """What the pages of the test did wrong."""
    return Surveillance()


@pytest.fixture
def contexte(navigateur: Browser, surveillance: Surveillance) -> Iterator[BrowserContext]:
    """A fresh browser profile, watched."""
    context = navigateur.new_context(viewport={"width": 1280, "height": 900}, locale="fr-FR")
    context.on("page", surveillance.watch)
    yield context
    context.close()
