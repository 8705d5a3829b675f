"""The server behind `maillage site`: gunicorn in this process, data loaded once before it forks."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from typing import TYPE_CHECKING, Any

from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]

from maillage.kernel.errors import Anomalie, EnvironnementInvalide

if TYPE_CHECKING:
    from collections.abc import Callable

OUVRIERS = 2
FILS = 4
_PORTS_ESSAYES = 50
_PORT_MAX = 65_535


class Serveur(BaseApplication):  # type: ignore[misc]  # gunicorn is published without types
    """gunicorn with our settings and no file of its own."""

    def __init__(
        self,
        application: Callable[..., Any],  # a WSGI callable
        adresse: str,
        port: int,
        when_ready: Callable[[], None],
        ouvriers: int = OUVRIERS,
    ) -> None:
        self._application = application
        self._reglages: dict[str, Any] = {
            "bind": format_bind(adresse, port),
            "workers": ouvriers,
            # Chromium opens connections ahead and leaves them idle: a sync worker would wait on one
            # of them and answer nobody.
            "worker_class": "gthread",
            "threads": FILS,
            "graceful_timeout": 5,
            "preload_app": True,  # the atlas is read once and shared by the workers
            "timeout": 60,
            "loglevel": "warning",
            "control_socket_disable": True,  # no socket file beside the user's
            # the libraries of figures and charts leave threads that abort a normal exit, loudly
            "worker_exit": lambda _arbiter, _worker: os._exit(0),
            "when_ready": lambda _arbiter: when_ready(),
        }
        super().__init__()

    def load_config(self) -> None:
        """Apply our settings."""
        for cle, valeur in self._reglages.items():
            self.cfg.set(cle, valeur)

    def load(self) -> Callable[..., Any]:
        """The application that gunicorn serves."""
        return self._application


def start_worker() -> subprocess.Popen[bytes]:
    """A process that does the background work beside the site, and stops when the site is gone."""
    commande = [sys.executable, "-m", "maillage", "admin", "travailleur"]
    return subprocess.Popen([*commande, "--parent", str(os.getpid())])  # noqa: S603 — our own command


def format_bind(adresse: str, port: int) -> str:
    """Address and port as gunicorn and a browser write them; IPv6 between brackets."""
    return f"[{adresse}]:{port}" if ":" in adresse else f"{adresse}:{port}"


def check_port(adresse: str, port: int) -> None:
    """Make sure that the port can be listened on.

    Raises:
        EnvironnementInvalide: MLG-ENV-002, it is in use, or not ours to take; the next free port is
            proposed.
    """
    if is_free(adresse, port):
        return
    libre = find_free_port(adresse, port + 1)
    conseil = (
        f"essayez « maillage site --port {libre}\u00a0»" if libre else "choisissez --port PORT"
    )
    raise EnvironnementInvalide(
        Anomalie(
            "MLG-ENV-002",
            f"le port {port} de {adresse} est déjà pris par un autre programme, ou réservé",
            f"arrêtez ce programme, ou prenez un autre port\u00a0: {conseil}.",
        )
    )


def is_free(adresse: str, port: int) -> bool:
    """Whether a program may listen there now."""
    famille = socket.AF_INET6 if ":" in adresse else socket.AF_INET
    with socket.socket(famille, socket.SOCK_STREAM) as prise:
        # as gunicorn does: a port that a stopped server has just left is free
        prise.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            prise.bind((adresse, port))
        except OSError:
            return False
    return True


def find_free_port(adresse: str, depart: int) -> int | None:
    """First free port from that one on; None when none of the next fifty is."""
    ports = range(depart, min(depart + _PORTS_ESSAYES, _PORT_MAX + 1))
    return next((port for port in ports if is_free(adresse, port)), None)
