"""The key of an installation, and which database is opened."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from maillage.kernel.errors import EnvironnementInvalide
from maillage.web.config.base import describe_base
from maillage.web.config.cle import FICHIER, load_cle


def test_the_key_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    dossier = tmp_path / "donnees"
    cle = load_cle(dossier)
    assert len(cle) >= 50
    assert load_cle(dossier) == cle
    assert stat.S_IMODE((dossier / FICHIER).stat().st_mode) == 0o600
    assert [f.name for f in dossier.iterdir()] == [FICHIER]
    assert load_cle(tmp_path / "ailleurs") != cle


def test_a_key_left_empty_by_a_crash_is_made_again(tmp_path: Path) -> None:
    (tmp_path / FICHIER).touch()
    cle = load_cle(tmp_path)
    assert len(cle) >= 50
    assert load_cle(tmp_path) == cle


def test_a_directory_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    obstacle = tmp_path / "fichier"
    obstacle.write_text("")
    with pytest.raises(EnvironnementInvalide, match="MLG-ENV-001"):
        load_cle(obstacle)


def test_without_an_address_the_base_is_a_file_of_the_data() -> None:
    base = describe_base("", Path("/donnees"), demonstration=False)
    assert base["ENGINE"] == "django.db.backends.sqlite3"
    assert base["NAME"] == Path("/donnees/maillage.sqlite3")
    assert base["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    demonstration = describe_base("", Path("/donnees"), demonstration=True)
    assert demonstration["NAME"] == Path("/donnees/demonstration.sqlite3")


def test_an_address_is_read_whole() -> None:
    base = describe_base(
        "postgresql://u%40x:m%2Fp@base.example.org:5433/mon%20reseau", Path(), demonstration=False
    )
    assert base["ENGINE"] == "django.db.backends.postgresql"
    assert (base["USER"], base["PASSWORD"]) == ("u@x", "m/p")
    assert (base["HOST"], base["PORT"], base["NAME"]) == ("base.example.org", 5433, "mon reseau")
    simple = describe_base("postgresql://machine/base", Path(), demonstration=False)
    assert (simple["USER"], simple["PASSWORD"], simple["PORT"]) == ("", "", "")
