"""What browser tests share: what a page did wrong, a free port, waiting for a server."""

from __future__ import annotations

import socket
import time
import urllib.request
from dataclasses import dataclass, field
from functools import wraps
from typing import TYPE_CHECKING, Any
from urllib.parse import urlparse

import pytest

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable

    from playwright.sync_api import Page

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
ABANDONS = ("htmx:sendAbort", "htmx:afterRequest")
"""What htmx writes in the console when it gives up a request, and nothing else went wrong."""
GESTES = ("click", "press")
"""Gestures that may open another page."""
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
        page.on("requestfailed", lambda r: self._failure(r.url, r.failure or ""))

    def _failure(self, url: str, raison: str) -> None:
        # an icon still on its way when the page is left is no fault of the page
        if raison != "net::ERR_ABORTED":
            self.erreurs.append(f"échec de {url}\u00a0: {raison}")

    def _request(self, url: str) -> None:
        if urlparse(url).hostname not in {"127.0.0.1", None}:
            self.dehors.append(url)

    def _console(self, nature: str, texte: str) -> None:
        # htmx writes in red that it gave up a request when the page was left: see _failure;
        # a request that fails is told by other names (sendError, responseError, timeout)
        if nature in {"error", "warning"} and not texte.startswith(ABANDONS):
            self.erreurs.append(texte)

    def assert_quiet(self) -> None:
        """Nothing was asked outside, nothing was complained about."""
        assert self.dehors == []
        assert self.erreurs == []


def settle(geste: Callable[..., None]) -> Callable[..., None]:
    """The same gesture of a page or of one of its elements, done when the page it opens is there.

    Playwright comes back once the next document has begun: what looks at it at once may find
    it empty.
    """

    @wraps(geste)
    def until_there(cible: Any, *arguments: Any, **options: Any) -> None:
        geste(cible, *arguments, **options)
        page = getattr(cible, "page", cible)
        if not page.is_closed():
            page.wait_for_load_state()

    return until_there


def free_port() -> int:
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        port: int = prise.getsockname()[1]
        return port


def wait_for(adresse: str, serveur: subprocess.Popen[bytes]) -> None:
    for _ in range(ATTENTE * 4):
        assert serveur.poll() is None, "le serveur s’est arrêté"
        try:
            with urllib.request.urlopen(f"{adresse}/sante", timeout=30) as answer:  # noqa: S310 — our own loopback address
                assert answer.status == 200
                return
        except OSError:
            time.sleep(0.25)
    pytest.fail("le serveur n’a pas répondu à temps")
