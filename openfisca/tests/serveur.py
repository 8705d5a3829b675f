"""`openfisca serve` on the loopback, for the tests that speak to the web API."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.error import URLError
from urllib.request import Request, urlopen

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

_ATTENTE = 60


@contextmanager
def serve(paquet: str, journal: Path) -> Iterator[str]:
    """Address of the web API of a country package, until the block is left."""
    port = find_port()
    commande = [
        str(Path(sys.executable).with_name("openfisca")),
        "serve",
        *("--country-package", paquet),
        *("--bind", f"127.0.0.1:{port}", "--workers", "1", "--timeout", "120"),
    ]
    with (
        journal.open("w") as sortie,
        subprocess.Popen(commande, stdout=sortie, stderr=sortie) as serveur,
    ):
        try:
            wait_for(f"http://127.0.0.1:{port}/entities", serveur, journal)
            yield f"http://127.0.0.1:{port}"
        finally:
            serveur.terminate()


def find_port() -> int:
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        return int(prise.getsockname()[1])


def wait_for(url: str, serveur: subprocess.Popen[bytes], journal: Path) -> None:
    limite = time.monotonic() + _ATTENTE
    while time.monotonic() < limite and serveur.poll() is None:
        try:
            with urlopen(url, timeout=5):
                return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    pytest.fail(f"the web API did not start:\n{journal.read_text()}")


def ask(url: str, corps: dict[str, Any] | None = None) -> Any:
    donnees = None if corps is None else json.dumps(corps).encode()
    demande = Request(url, donnees, {"Content-Type": "application/json"})
    with urlopen(demande, timeout=120) as reponse:
        return json.loads(reponse.read(), parse_constant=pytest.fail)
