"""Backup and restore, by the commands that an operator types, on real databases."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from factories.extraits_site import import_both

from maillage.data.extraits import list_extraits
from maillage.data.extraits.depot import extraits_dir
from maillage.indicators.pilotage.lecture import _load_by_id
from maillage.indicators.pilotage.tableaux import list_structures

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.une_fois  # it starts databases of its own

_COMMANDE = "from maillage.web.administration_cli import application; application()"
_PREPARER = """
import django; django.setup()
from maillage.web.config.preparation import prepare_base
prepare_base()
"""
_REMPLIR = """
import django; django.setup()
from maillage.web.accounts.models import Utilisateur
from maillage.web.network.models import Organisation
from maillage.web.journal.actions import record
Organisation.objects.create(nature="reseau", nom="Réseau sauvegardé")
Utilisateur.objects.create_user("une@reseau.example.org", None)
record("essai.faire", by=None, nom="avant la sauvegarde")
"""
_CHANGER = """
import django; django.setup()
from maillage.web.network.models import Organisation
Organisation.objects.update(nom="Réseau changé")
"""
_LIRE = """
import django; django.setup()
from maillage.web.accounts.models import Utilisateur
from maillage.web.journal.models import Evenement
from maillage.web.network.models import Organisation
print(Organisation.objects.get().nom, Utilisateur.objects.count(),
      Evenement.objects.filter(action="essai.faire").count(), sep="|")
"""


@dataclass
class Installation:
    """A data directory and its database, with the commands run in it."""

    donnees: Path
    base: str

    def run(self, code: str, *mots: str) -> subprocess.CompletedProcess[str]:
        environnement = {
            **os.environ,
            "MAILLAGE_DONNEES": str(self.donnees),
            "MAILLAGE_BASE": self.base,
            "DJANGO_SETTINGS_MODULE": "maillage.web.config.settings",
        }
        return subprocess.run(
            [sys.executable, "-c", code, *mots],
            env=environnement,
            capture_output=True,
            text=True,
            check=False,
        )

    def do(self, code: str, *mots: str) -> str:
        fini = self.run(code, *mots)
        assert fini.returncode == 0, fini.stderr
        return fini.stdout.strip()

    @property
    def archives(self) -> list[Path]:
        return sorted((self.donnees / "sauvegardes").glob("*.tar"))


def _postgres(nom: str) -> Iterator[str]:
    serveur = os.environ.get("MAILLAGE_TEST_POSTGRES")
    if not serveur:
        pytest.skip("aucun serveur PostgreSQL d’essai (MAILLAGE_TEST_POSTGRES)")
    if shutil.which("pg_dump") is None:
        pytest.skip("pg_dump n’est pas sur cette machine")
    with psycopg.connect(serveur, autocommit=True) as connexion:
        connexion.execute(f"DROP DATABASE IF EXISTS {nom}")
        connexion.execute(f"CREATE DATABASE {nom}")
        yield urlunsplit(urlsplit(serveur)._replace(path=f"/{nom}"))
        connexion.execute(f"DROP DATABASE {nom} WITH (FORCE)")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def installation(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Installation]:
    bases = iter([""]) if request.param == "sqlite" else _postgres("maillage_sauvegarde")
    for base in bases:
        installee = Installation(tmp_path / "donnees", base)
        installee.do(_PREPARER)
        yield installee


def test_what_was_saved_comes_back(installation: Installation) -> None:
    installation.do(_REMPLIR)
    piece = installation.donnees / "fichiers" / "pieces" / "note.txt"
    piece.parent.mkdir(parents=True)
    piece.write_text("avant", encoding="utf-8")
    dit = installation.do(_COMMANDE, "sauvegarder")
    assert "relus et justes" in dit
    assert "1\u00a0fichier," in dit
    piece.write_text("après", encoding="utf-8")
    installation.do(_CHANGER)
    refus = installation.run(_COMMANDE, "restaurer", str(installation.archives[0]))
    assert "MLG-ADM-015" in refus.stderr
    assert installation.do(_LIRE) == "Réseau changé|1|1"
    installation.do(_COMMANDE, "restaurer", str(installation.archives[0]), "--remplacer")
    assert installation.do(_LIRE) == "Réseau sauvegardé|1|1"
    assert piece.read_text(encoding="utf-8") == "avant"


def test_a_copy_on_another_machine_answers_the_same(tmp_path: Path) -> None:
    installation = Installation(tmp_path / "ici", "")
    installation.do(_PREPARER)
    installation.do(_REMPLIR)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MAILLAGE_DONNEES", str(installation.donnees))
        import_both(tmp_path)
        extraits = list_extraits()
        en_cours = extraits_dir() / ".en-cours-essai"
    en_cours.mkdir()
    (en_cours / "moitie").write_text("à moitié", encoding="utf-8")
    installation.do(_COMMANDE, "sauvegarder")
    ailleurs = Installation(tmp_path / "ailleurs", "")
    ailleurs.do(_COMMANDE, "restaurer", str(installation.archives[0]))
    assert ailleurs.do(_LIRE) == installation.do(_LIRE) == "Réseau sauvegardé|1|1"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MAILLAGE_DONNEES", str(ailleurs.donnees))
        assert [e.identifiant for e in list_extraits()] == [e.identifiant for e in extraits]
        assert not (extraits_dir() / en_cours.name).exists()
        assert list_structures(_load_by_id.__wrapped__(extraits[0].identifiant), 2025)
    refus = ailleurs.run(
        _CHANGER.replace("Organisation.objects", "Evenement.objects")
        .replace("network.models import Organisation", "journal.models import Evenement")
        .replace("nom=", "objet_nom=")
    )
    assert "ne peut que grandir" in refus.stderr


def test_a_damaged_archive_changes_nothing(installation: Installation, tmp_path: Path) -> None:
    installation.do(_REMPLIR)
    installation.do(_COMMANDE, "sauvegarder")
    abimee = tmp_path / "abimee.tar"
    octets = bytearray(installation.archives[0].read_bytes())
    with tarfile.open(installation.archives[0]) as tar:
        base = next(m for m in tar.getmembers() if m.name.startswith("base."))
    octets[base.offset_data + base.size // 2] ^= 0xFF
    abimee.write_bytes(octets)
    for archive, code in (
        (abimee, "MLG-ADM-012"),
        (tmp_path / "absente.tar", "MLG-ADM-013"),
        (Path(__file__), "MLG-ADM-012"),
    ):
        refus = installation.run(_COMMANDE, "restaurer", str(archive), "--remplacer")
        assert code in refus.stderr
        assert refus.returncode != 0
    assert installation.do(_LIRE) == "Réseau sauvegardé|1|1"


def test_a_backup_that_cannot_be_written_says_so(installation: Installation) -> None:
    obstacle = installation.donnees / "obstacle"
    obstacle.write_text("", encoding="utf-8")
    refus = installation.run(_COMMANDE, "sauvegarder", "--vers", str(obstacle))
    assert "MLG-ADM-010" in refus.stderr
