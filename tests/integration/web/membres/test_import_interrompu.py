"""`kill -9` during an import: the base holds what it held before, or all of the file; never a part.

`MAILLAGE_TEST_INTERRUPTIONS` sets how many imports are killed.
"""

from __future__ import annotations

import logging
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing, suppress
from typing import TYPE_CHECKING, Self

import psycopg
import pytest
from factories.fichiers_reseau import sirets_of
from psycopg import sql

from maillage.kernel.siret import is_siren

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

pytestmark = pytest.mark.une_fois  # it starts databases of its own

INTERRUPTIONS = int(os.environ.get("MAILLAGE_TEST_INTERRUPTIONS", "8"))
LIGNES = 120
GRAINE = 11
TABLES = {
    "network_organisation": "nature, nom, siren, commune, departement, region, is_archived",
    "network_convention": "organisation_id, siret, type_siae",
    "network_adhesion": "organisation_id, date_debut, date_fin",
    "network_cotisationannuelle": "organisation_id, annee, statut, montant_centimes",
    "network_consentement": "organisation_id, usage, accorde",
    "accounts_utilisateur": "email, prenom, nom, is_active",
    "network_rattachement": "utilisateur_id, organisation_id, role",
    "journal_evenement": "action, objet_type, objet_id, details",
}
"""All that an import writes, trail included; not the instants, which differ from run to run."""
_LANCEUR = """
import os, sys
import django
django.setup()
from django.db import connections
from factories.membres import make_petit_reseau
from maillage.web.config.preparation import prepare_base
from maillage.web.network.places import situate
from maillage.web.reseau_cli import application
prepare_base()
make_petit_reseau()
situate("35238", "", "")  # what every run would read again
connections.close_all()
print("prêt", flush=True)
for ligne in sys.stdin:
    pid = os.fork()
    if not pid:
        try:
            application(["importer", ligne.strip(), "--appliquer"], standalone_mode=False)
        except BaseException as error:
            print(error, file=sys.stderr, flush=True)
            os._exit(1)
        os._exit(0)
    print("pid", pid, flush=True)
    print("fin", os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)
"""
"""Makes the network, then runs the command once per line, each time in a process of its own."""
Etat = dict[str, list[tuple[object, ...]]]


class BaseSqlite:
    """The base of a data directory, put back from a copy."""

    def __init__(self, dossier: Path) -> None:
        self.adresse = ""
        self._fichier = dossier / "maillage.sqlite3"
        self._copie = dossier / "avant.sqlite3"

    def keep(self) -> None:
        """Remember what the base holds now."""
        with closing(sqlite3.connect(self._fichier)) as lue:
            lue.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copy(self._fichier, self._copie)

    def put_back(self) -> None:
        """Make it hold that again."""
        for suffixe in ("", "-wal", "-shm"):
            self._fichier.with_name(self._fichier.name + suffixe).unlink(missing_ok=True)
        shutil.copy(self._copie, self._fichier)

    def read(self) -> Etat:
        """What another program finds in it."""
        with closing(sqlite3.connect(self._fichier)) as lue:
            assert lue.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert lue.execute("PRAGMA foreign_key_check").fetchall() == []
            return {t: lue.execute(_question(t)).fetchall() for t in TABLES}


class BasePostgres:
    """A database of the test server, put back from a template."""

    def __init__(self, serveur: str) -> None:
        self._serveur = serveur
        self._nom = "maillage_interrompu"
        self.adresse = f"{serveur.rsplit('/', 1)[0]}/{self._nom}"
        self._run("DROP DATABASE IF EXISTS {}", self._nom)
        self._run("CREATE DATABASE {}", self._nom)

    def _run(self, ordre: str, *noms: str) -> None:
        with psycopg.connect(self._serveur, autocommit=True) as connexion:
            connexion.execute(sql.SQL(ordre).format(*map(sql.Identifier, noms)))

    def keep(self) -> None:
        """Remember what the base holds now."""
        self._run("DROP DATABASE IF EXISTS {}", f"{self._nom}_avant")
        self._run("CREATE DATABASE {} TEMPLATE {}", f"{self._nom}_avant", self._nom)

    def put_back(self) -> None:
        """Make it hold that again, once the server has seen that the dead process has gone."""
        self._run("DROP DATABASE {} WITH (FORCE)", self._nom)
        self._run("CREATE DATABASE {} TEMPLATE {}", self._nom, f"{self._nom}_avant")

    def read(self) -> Etat:
        """What another program finds in it."""
        with psycopg.connect(self.adresse) as lue:
            return {t: lue.execute(_question(t).encode()).fetchall() for t in TABLES}

    def drop(self) -> None:
        """Leave nothing on the server."""
        for nom in (self._nom, f"{self._nom}_avant"):
            self._run("DROP DATABASE IF EXISTS {} WITH (FORCE)", nom)


def _question(table: str) -> str:
    return f"SELECT id, {TABLES[table]} FROM {table} ORDER BY id"  # noqa: S608 — names of our own


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def base(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[BaseSqlite | BasePostgres]:
    """A base of its own, with the small network in it."""
    if request.param == "sqlite":
        yield BaseSqlite(tmp_path)
        return
    serveur = os.environ.get("MAILLAGE_TEST_POSTGRES")
    if not serveur:
        pytest.skip("aucun serveur PostgreSQL d’essai (MAILLAGE_TEST_POSTGRES)")
    postgres = BasePostgres(serveur)
    yield postgres
    postgres.drop()


def write_file(fichier: Path) -> None:
    """Structures of the network to be created and one to be completed, with all that hangs on them."""
    lignes = ["nature,nom,siren,commune,conventions,adhesions"]
    sirens = (s for n in range(300_000_000, 400_000_000) if is_siren(s := str(n)))
    for rang in range(LIGNES):
        siren = "100000009" if rang == LIGNES // 2 else next(sirens)
        siret = sirets_of(siren, 2)[1]
        lignes.append(f"structure,Structure {rang},{siren},35238,ACI:{siret}:35238,2024-01-01..")
    fichier.write_text("\n".join(lignes), "utf-8")


class Lanceur:
    """Runs `maillage reseau importer` in processes that can be killed, without a second of start-up."""

    def __init__(self, fichier: Path, environnement: Mapping[str, str]) -> None:
        self._fichier = fichier
        self._processus = subprocess.Popen(
            [sys.executable, "-c", _LANCEUR],
            env=environnement,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def _read(self) -> list[str]:
        assert self._processus.stdout is not None
        ligne = self._processus.stdout.readline()
        assert ligne, "the launcher has stopped"
        return ligne.split()

    def run(self, arret: Callable[[], float] | None = None) -> tuple[int, float]:
        """Import the file.

        Args:
            arret: Seconds after which the process is killed, counted from when it starts to write.

        Returns:
            Its exit code, and how long it was writing.
        """
        assert self._processus.stdin is not None
        print(self._fichier, file=self._processus.stdin, flush=True)
        pid, mots = 0, self._read()
        while not pid or not mots[0].startswith(("créée", "modifiée", "inchangée")):
            assert mots[0] != "fin", "the file is refused"
            pid, mots = (int(mots[1]) if mots[0] == "pid" else pid), self._read()
        debut = time.monotonic()
        if arret is not None:
            time.sleep(arret())
            with suppress(ProcessLookupError):  # it had the time to finish
                os.kill(pid, signal.SIGKILL)
        while mots[0] != "fin":
            mots = self._read()
        return int(mots[1]), time.monotonic() - debut

    def __enter__(self) -> Self:
        """Wait for the network to be made."""
        assert self._read() == ["prêt"]
        return self

    def __exit__(self, *rien: object) -> None:
        """End the launcher."""
        self._processus.kill()
        self._processus.communicate()


@pytest.fixture
def lanceur(base: BaseSqlite | BasePostgres, tmp_path: Path) -> Iterator[Lanceur]:
    """Imports of the file, on the base."""
    fichier = tmp_path / "a.csv"
    write_file(fichier)
    environnement = {
        **os.environ,
        "MAILLAGE_DONNEES": str(tmp_path),
        "MAILLAGE_BASE": base.adresse,
        "DJANGO_SETTINGS_MODULE": "maillage.web.config.settings",
        "PYTHONPATH": os.pathsep.join(sys.path),
        "PYTHONUNBUFFERED": "1",
    }
    with Lanceur(fichier, environnement) as lanceur:
        yield lanceur


def test_an_import_that_is_killed_leaves_all_or_nothing(
    base: BaseSqlite | BasePostgres, lanceur: Lanceur
) -> None:
    base.keep()
    avant = base.read()
    # one that goes to its end: what the new state is, and how long it takes to write it
    code, ecriture = lanceur.run()
    assert code == 0
    apres = base.read()
    assert len(apres["network_organisation"]) == len(avant["network_organisation"]) + LIGNES - 1
    hasard = random.Random(GRAINE)  # noqa: S311 — moments, nothing to guess
    fins = []
    for _ in range(INTERRUPTIONS):
        base.put_back()
        code, _ = lanceur.run(lambda: hasard.uniform(0, ecriture))
        etat = base.read()
        assert etat in (avant, apres)
        fins.append((code, etat == apres))
    logging.getLogger(__name__).info("killed: %s", Counter(fins))
    assert -signal.SIGKILL in {code for code, _ in fins}
    # after any of them the same file goes in whole; a second time it changes nothing, trail included
    etats = []
    for _ in range(2):
        assert lanceur.run()[0] == 0
        etats.append(base.read())
    assert etats[0] == etats[1]
    assert count(etats[0]) == count(apres)


def count(etat: Etat) -> dict[str, int]:
    """Rows of each table: a server that was interrupted has skipped some of its numbers."""
    return {table: len(lignes) for table, lignes in etat.items()}
