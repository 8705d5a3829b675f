"""The server behind `maillage site`: its settings, its ports, and the application it serves."""

from __future__ import annotations

import io
import os
import socket
from typing import Any

import pytest

from maillage.kernel.errors import EnvironnementInvalide
from maillage.web.config import serveur, wsgi


def _application(environ: Any, start_response: Any) -> list[bytes]:
    del environ, start_response
    return []


def test_settings_reach_gunicorn(monkeypatch: pytest.MonkeyPatch) -> None:
    sortis: list[int] = []
    prets: list[str] = []
    monkeypatch.setattr(os, "_exit", sortis.append)
    found = serveur.Serveur(_application, "127.0.0.1", 8123, lambda: prets.append("oui"), 1)
    assert found.cfg.address == [("127.0.0.1", 8123)]
    assert found.cfg.worker_class_str == "gthread"
    assert (found.cfg.workers, found.cfg.threads) == (1, serveur.FILS)
    assert found.load() is _application
    found.cfg.when_ready(None)
    found.cfg.worker_exit(None, None)
    assert (prets, sortis) == (["oui"], [0])


@pytest.mark.parametrize(
    ("adresse", "attendu"), [("127.0.0.1", "127.0.0.1:8000"), ("::1", "[::1]:8000")]
)
def test_address_and_port_are_written_as_browsers_do(adresse: str, attendu: str) -> None:
    assert serveur.format_bind(adresse, 8000) == attendu


def test_a_free_port_is_accepted_and_a_taken_one_proposes_the_next() -> None:
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        prise.listen()
        pris: int = prise.getsockname()[1]
        with pytest.raises(EnvironnementInvalide) as caught:
            serveur.check_port("127.0.0.1", pris)
        libre = serveur.find_free_port("127.0.0.1", pris)
        assert libre is None or libre > pris
    assert "maillage site --port" in caught.value.anomalies[0].que_faire
    serveur.check_port("127.0.0.1", pris)


def test_no_port_left_asks_for_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serveur, "is_free", lambda _adresse, _port: False)
    assert serveur.find_free_port("127.0.0.1", 65_530) is None
    with pytest.raises(EnvironnementInvalide) as caught:
        serveur.check_port("127.0.0.1", 65_535)
    assert "choisissez --port PORT" in caught.value.anomalies[0].que_faire


@pytest.mark.django_db
def test_the_application_answers() -> None:
    recus: list[str] = []
    environ: dict[str, Any] = {
        "wsgi.input": io.BytesIO(),
        "REQUEST_METHOD": "GET",
        "PATH_INFO": "/accessibilite/",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "HTTP_HOST": "127.0.0.1",
        "wsgi.url_scheme": "http",
    }

    def start_response(statut: str, entetes: Any, erreur: Any = None, /) -> Any:
        del entetes, erreur
        recus.append(statut)
        return None

    corps = wsgi.application(environ, start_response)
    assert recus == ["200 OK"]
    assert "Accessibilité" in b"".join(corps).decode()
