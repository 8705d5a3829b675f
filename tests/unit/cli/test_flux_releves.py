"""Downloads of structures from the command line, in the process of the test."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest
from factories.flux_iae import releve, write_extrait
from factories.releves import MENSUEL, mois, write_csv, write_xlsx

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


def test_without_an_extract_what_was_read_is_told(
    tmp_path: Path, commande: Callable[..., tuple[int, str, str]]
) -> None:
    chemin = write_csv(tmp_path, [*mois(6), "P1", "?"], entete=(*MENSUEL, "emi_pph_id", "Maison"))
    code, dit, _ = commande("flux", "releves", str(chemin))
    assert code == 0
    assert "rien à comparer" in dit
    assert "pas lus : emi_pph_id" in dit
    assert "Maison" in dit


def test_the_extract_stands_beside_in_every_format(
    tmp_path: Path, commande: Callable[..., tuple[int, str, str]]
) -> None:
    dossier = write_extrait(
        tmp_path / "extrait", {"EtatMensuelIndiv": [releve(1), releve(2, "91")]}
    )
    assert commande("flux", "importer", str(dossier))[0] == 0
    un = write_csv(tmp_path, *(mois(rang) for rang in (1, 2)), nom="un.csv")
    brouillon = mois(6, "8", emi_esm_etat_code="BROUILLON")
    deux = write_xlsx(tmp_path, {"a": [list(MENSUEL), mois(6), brouillon]}, nom="deux.xlsx")
    mots = ("flux", "releves", str(un), str(deux))
    code, dit, _ = commande(*mots)
    assert code == 0
    for attendu in (
        "un.csv : 2 lignes",
        "deux.xlsx",
        "2025-02",
        "plus récent",
        "brouillon, pas comptées",
    ):
        assert attendu in dit
    lu = json.loads(commande(*mots, "--format", "json")[1])
    assert lu["extraction"] == "2025-07-05"
    assert lu["chiffres"][0] == {
        "annexe": "ACI035250010",
        "denomination": "ASSOCIATION D ESSAI 1",
        "annee": 2025,
        "mois": 2,
        "chiffre": "heures",
        "releve": 182.0,
        "extrait": 91.0,
        "ecart": 91.0,
        "situation": "differe",
        "statut_extrait": "fait",
        "heures_en_brouillon": None,
        "fichiers": ["un.csv"],
    }
    rangees = list(csv.DictReader(io.StringIO(commande(*mots, "--format", "csv")[1])))
    assert {r["situation"] for r in rangees} == {"differe", "plus_recent", "egal"}
    assert {r["fichiers"] for r in rangees} == {"un.csv", "deux.xlsx", "un.csv|deux.xlsx"}


def test_nothing_is_kept_and_a_second_reading_says_the_same(
    tmp_path: Path, commande: Callable[..., tuple[int, str, str]]
) -> None:
    commande("flux", "importer", str(write_extrait(tmp_path / "extrait")))
    chemin = str(write_csv(tmp_path, mois(6)))
    avant = sorted(tmp_path.rglob("*"))
    premier = commande("flux", "releves", chemin)
    derives = sorted(tmp_path.rglob("*"))
    assert not [p for p in set(derives) - set(avant) if "faits" not in p.parts]
    assert commande("flux", "releves", chemin) == premier
    assert sorted(tmp_path.rglob("*")) == derives


def test_many_differences_are_shown_for_a_part_and_counted(
    tmp_path: Path, commande: Callable[..., tuple[int, str, str]]
) -> None:
    commande("flux", "importer", str(write_extrait(tmp_path / "extrait")))
    rangees = [
        mois(1 + i % 12, id_annexe_financiere=100 + i, af_numero_annexe_financiere="")
        for i in range(40)
    ]
    dit = commande("flux", "releves", str(write_csv(tmp_path, *rangees)))[1]
    assert "120 chiffres en tout" in dit


def test_a_fault_stops_everything_and_nothing_is_written(
    tmp_path: Path, commande: Callable[..., tuple[int, str, str]]
) -> None:
    bon = write_csv(tmp_path, mois(6), nom="bon.csv")
    mauvais = write_csv(tmp_path, mois(6, "cent"), nom="mauvais.csv")
    cible = tmp_path / "ecarts.csv"
    code, dit, erreur = commande("flux", "releves", str(bon), str(mauvais), "--sortie", str(cible))
    assert (code, dit, cible.exists()) == (3, "", False)
    assert "MLG-RLV-007" in erreur
    assert commande("flux", "releves", str(bon), "--sortie", str(cible))[0] == 0
    assert cible.read_text("utf-8-sig").startswith("annexe,denomination,")
