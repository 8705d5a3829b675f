"""A small network, browsers signed in as each role, a clock to move, a worker, a real mail server."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.management.commands import db_worker
from factories.atlas import real_atlas
from factories.courrier import Boite, serve_mail
from factories.extraits_site import import_both
from factories.membres import PetitReseau, make_petit_reseau

from maillage.web.config.travaux import all_periodiques
from maillage.web.territoires import donnees
from maillage.web.travaux import travailleur

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

    from pytest_django import DjangoDbBlocker, Settings


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """The tables, that of the counters of attempts included."""
    del django_db_setup
    with django_db_blocker.unblock():
        call_command("createcachetable", verbosity=0)


@pytest.fixture(autouse=True)
def _donnees(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A data directory of its own for each test: no extract is there, unless the test asks for them."""
    monkeypatch.setenv("MAILLAGE_DONNEES", str(tmp_path / "donnees"))


@pytest.fixture(scope="session")
def _modele_extraits(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The two extracts of the small network, imported once."""
    dossier = tmp_path_factory.mktemp("modele")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MAILLAGE_DONNEES", str(dossier / "donnees"))
        import_both(dossier)
    return dossier / "donnees"


@pytest.fixture
def extraits(_donnees: None, _modele_extraits: Path, tmp_path: Path, settings: Settings) -> Path:
    """The data directory of the test, with the two extracts of the small network."""
    shutil.copytree(_modele_extraits, tmp_path / "donnees")
    settings.DEPOTS_EXTRAITS = tmp_path / "donnees" / "depots-extraits"
    return tmp_path / "donnees"


@pytest.fixture(autouse=True)
def _sans_compteurs(db: None) -> None:
    """No test counts the attempts of another."""
    del db
    cache.clear()


@pytest.fixture
def atlas() -> Iterator[None]:
    """The atlas of the embedded pack, put in place of the one of the data directory."""
    avant = donnees.atlas
    found = real_atlas()
    donnees.atlas = lambda: found
    yield
    donnees.atlas = avant


@pytest.fixture
def petit_reseau(db: None) -> PetitReseau:
    """The small network."""
    del db
    return make_petit_reseau()


@pytest.fixture
def sans_second_facteur(settings: Settings) -> None:
    """The second factor is the subject of other tests: here nobody is asked for one."""
    settings.DEMONSTRATION = True


@pytest.fixture
def horloge(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Sets the clock of the site."""

    def regler(instant: datetime) -> None:
        monkeypatch.setattr(timezone, "now", lambda: instant)

    return regler


@pytest.fixture
def travail(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """One turn of the worker: what is due, then what is ready.

    Each test is one transaction: the worker keeps its connection, as Django's own test client does.
    """
    for module in (travailleur, db_worker):
        monkeypatch.setattr(module, "close_old_connections", lambda: None)
    return travailleur.Travailleur(all_periodiques()).work_once


@pytest.fixture
def boite(settings: Settings) -> Iterator[Boite]:
    """A real SMTP server on loopback, to which the site sends."""
    settings.ADRESSE_PUBLIQUE = "https://reseau.example.org"
    settings.DEFAULT_FROM_EMAIL = "Réseau d’essai <nouvelles@reseau.example.org>"
    with serve_mail(settings) as boite:
        yield boite
