"""P8: home, territory, targets and pedigree pages against an empty Django view on the same server.

Each page is measured twice: drawn (an address never asked before, another territory each time) and
asked again (kept in memory by the site, as a second reader gets it). The aim is on the drawn pages:
their median is at most 15 empty views. None of these pages asks a database anything; those that do,
in the members' area, are measured by p8_membres.py.

    python benchmarks/p8_pages.py
"""

from __future__ import annotations

import http.client
import itertools
import os
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from mesure import Ligne, Mesure, measure, print_table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

REPETITIONS = 21
ATTENTE = 240
OBJECTIF = 15
DEPARTEMENTS = [f"{n:02}" for n in (*range(1, 20), *range(21, 96))]
PAGES = {
    "accueil": "/?mesure={n}",
    "territoire": "/territoires/departement/{departement}/?mesure={n}",
    "cibles": "/cibles-2022/?mesure={n}",
    "chiffre": "/chiffres/departement/{departement}/personnes_iae/2022-09/?mesure={n}",
}


def serve(port: int) -> None:
    """Serve the site, with an empty view beside it that goes through the same middleware."""
    from django.http import HttpRequest, HttpResponse  # noqa: PLC0415 — Django is ready by now
    from django.urls import path  # noqa: PLC0415

    from maillage.web.config import acces, urls  # noqa: PLC0415
    from maillage.web.config.preparation import prepare_base  # noqa: PLC0415
    from maillage.web.config.serveur import Serveur  # noqa: PLC0415
    from maillage.web.config.wsgi import application  # noqa: PLC0415
    from maillage.web.droits.acces import Acces, Ouverture  # noqa: PLC0415
    from maillage.web.territoires import donnees  # noqa: PLC0415

    def empty(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 — Django's signature
        return HttpResponse(headers={"Cache-Control": "no-store"})

    urls.urlpatterns += [path("vide", empty, name="vide")]
    routes = {**acces.all_routes(), "vide": Acces(Ouverture.PUBLIC)}
    acces.all_routes = lambda: routes  # type: ignore[assignment]  # one address more, for us
    prepare_base()
    donnees.atlas()
    donnees.cibles()
    Serveur(application, "127.0.0.1", port, lambda: None, ouvriers=1).run()


def main() -> None:
    """Start the server on data of its own, measure, print the table."""
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        port: int = prise.getsockname()[1]
    with tempfile.TemporaryDirectory() as dossier:
        environnement = {
            **os.environ,
            "MAILLAGE_DONNEES": str(Path(dossier) / "donnees"),
            "DJANGO_SETTINGS_MODULE": "maillage.web.config.settings",
        }
        serveur = subprocess.Popen([sys.executable, __file__, str(port)], env=environnement)
        try:
            _wait(port)
            _report(port)
        finally:
            serveur.terminate()
            serveur.wait(timeout=60)


def _report(port: int) -> None:
    numeros = itertools.count()
    works: dict[str, Callable[[], object]] = {"vide": lambda: _get(port, "/vide")}
    for nom, adresse in PAGES.items():
        works[nom] = _drawn(port, adresse, numeros)
        works[f"{nom}, redemandée"] = _again(port, adresse)
    found = measure(works, REPETITIONS, memory=False)
    vide = found.pop("vide")
    print_table([Ligne(f"page {nom}", mesure, vide) for nom, mesure in found.items()])
    milieu = Mesure(median(found[nom].secondes for nom in PAGES))
    rapport = milieu.secondes / vide.secondes
    print(f"page médiane, dessinée : {rapport:.1f} vues vides (objectif : {OBJECTIF} au plus)")
    print("requêtes à une base de données : 0, vérifié par les tests")


def _drawn(port: int, adresse: str, numeros: Iterator[int]) -> Callable[[], object]:
    def work() -> object:
        n = next(numeros)
        return _get(port, adresse.format(n=n, departement=DEPARTEMENTS[n % len(DEPARTEMENTS)]))

    return work


def _again(port: int, adresse: str) -> Callable[[], object]:
    fixe = adresse.format(n="fixe", departement="35")
    return lambda: _get(port, fixe)


def _get(port: int, adresse: str) -> bytes:
    connexion = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connexion.request("GET", adresse, headers={"Accept-Encoding": "gzip"})
    answer = connexion.getresponse()
    corps = answer.read()
    connexion.close()
    if answer.status != http.HTTPStatus.OK:
        msg = f"{adresse} answered {answer.status}"
        raise RuntimeError(msg)
    return corps


def _wait(port: int) -> None:
    for _ in range(ATTENTE):
        try:
            _get(port, "/sante")
        except OSError:
            time.sleep(0.5)
        else:
            return
    msg = "the server did not answer in time"
    raise RuntimeError(msg)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        import django

        django.setup()
        serve(int(sys.argv[1]))
    else:
        main()
