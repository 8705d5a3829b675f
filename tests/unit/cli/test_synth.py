"""Synthetic networks from the command line, in the process of the test."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from maillage.cli.app import run

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def commande(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    """Run a command; its exit code and what it wrote on both streams, spaces plain."""
    monkeypatch.setenv("MAILLAGE_DONNEES", str(tmp_path / "donnees"))

    def call(*mots: str) -> tuple[int, str, str]:
        code = run(mots)
        sorties = capsys.readouterr()
        plain = str.maketrans("\u00a0\u202f", "  ")
        return code, sorties.out.translate(plain), sorties.err.translate(plain)

    return call


def test_a_network_is_written_then_imported(
    commande: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    vers = str(tmp_path / "extrait")
    ordre = ("synth", "reseau", "--structures", "5", "--annees", "2025", "--vers", vers)
    code, page, _ = commande(*ordre)
    assert code == 0
    assert "elles ne décrivent aucune structure réelle" in page
    assert "fluxIAE_SYNTHETIQUE_15072025_063004.tar.gz" in page
    code, _, erreur = commande(*ordre)
    assert (code, "MLG-SYN-001" in erreur) == (3, True)
    assert commande("flux", "importer", vers)[0] == 0
    lus = json.loads(commande("flux", "lister", "--format", "json")[1])
    assert [(extrait["is_synthetic"], extrait["extraction"]) for extrait in lus] == [
        (True, "2025-07-15")
    ]
    page = commande("pilotage", "structures")[1]
    assert "5 structures" in page


def test_options_that_mean_nothing_are_told_together(
    commande: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    vers = tmp_path / "rien"
    mots = ("synth", "reseau", "--vers", str(vers))
    options = (
        *("--structures", "0", "--annees", "2025-2012", "--defauts", "sans-fin,truc"),
        *("--format", "zip"),
    )
    code, _, erreur = commande(*mots, *options)
    assert (code, erreur.count("MLG-CLI-004")) == (2, 4)
    for option in (("--au", "2025-13-01"), ("--au", "2030-01-01"), ("--au", "2020-01-01")):
        code, _, erreur = commande(*mots, *option)
        assert (code, erreur.count("MLG-CLI-004")) == (2, 1)
    code, _, erreur = commande(*mots, "--national", "--structures", "3")
    assert (code, "Retirez --structures" in erreur) == (2, True)
    assert not vers.exists()


def test_loose_files_and_the_day_can_be_chosen(
    commande: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    mots = ("--structures", "2", "--annees", "2025", "--au", "2025-05-02", "--format", "fichiers")
    assert commande("synth", "reseau", "--vers", str(tmp_path / "f"), *mots)[0] == 0
    noms = [fichier.name for fichier in (tmp_path / "f").iterdir()]
    assert len(noms) == 12
    assert all("_02052025_" in nom for nom in noms)
