"""`maillage emploi` as typed: pages, CSV, JSON, refusals."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest

from maillage.cli.app import run

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def emploi(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Run a command of the group; its exit code and both streams, spaces plain."""

    def call(*mots: str) -> tuple[int, str, str]:
        code = run(["emploi", *mots])
        sorties = capsys.readouterr()
        plain = str.maketrans("\u00a0\u202f", "  ")
        return code, sorties.out.translate(plain), sorties.err.translate(plain)

    return call


POSTE = ("calculer", "--foyer", "seul_rsa", "--heures", "24", "--type", "AI")


def test_a_job_as_a_page(emploi: Callable[..., tuple[int, str, str]]) -> None:
    code, page, erreur = emploi(*POSTE, "--revaloriser", "0,50")
    assert (code, erreur) == (0, "")
    for phrase in (
        "24 heures par semaine à 11,88 € brut de l’heure, AI, droit de novembre 2025",
        "il en garde 47 %. Taux marginal effectif sur le brut : 62 %",
        "Solde public : entre −92,51 € et 705 € par mois",
        "de 0 % à 100 % des personnes auraient eu",
        "REVALORISER DE 0,50 € DE L’HEURE",
        "Arrêté du 4 décembre 2024",
        "TVA et autres impôts indirects : non comptés",
        "OpenFisca-France 176.",
    ):
        assert phrase in page


def test_one_share_is_one_column(emploi: Callable[..., tuple[int, str, str]]) -> None:
    page = emploi(*POSTE, "--sinon-en-emploi", "20")[1]
    assert "Sans ce poste, 20 % en emploi" in page
    assert "100 %" not in page
    assert "Solde public : 545," in page


def test_a_job_as_csv(emploi: Callable[..., tuple[int, str, str]], tmp_path: Path) -> None:
    fichier = tmp_path / "poste.csv"
    assert emploi(*POSTE, "--revaloriser", "0,5", "--sortie", str(fichier))[0] == 0
    rangees = list(csv.DictReader(io.StringIO(fichier.read_text(encoding="utf-8-sig"))))
    par_code = {(r["partie"], r["code"]): r for r in rangees}
    assert par_code["personne", "rsa"]["minimum"] == "-568.94"
    assert par_code["employeur", "cout"]["minimum"] == "1168.92"
    assert par_code["employeur", "aide_au_poste"]["minimum"] == "-92.51"
    assert par_code["employeur", "aide_au_poste"]["source"].startswith("Arrêté du 4 décembre 2024")
    assert "D241-7" in par_code["employeur", "reduction"]["source"]
    assert par_code["employeur", "cotisations"]["source"].startswith("OpenFisca-France 176.")
    solde = par_code["public", "solde"]
    assert (solde["minimum"], solde["maximum"]) == ("-92.51", "705.00")
    bornes = [(par_code["public", code]) for code in ("prime_activite", "rsa", "aide_au_poste")]
    assert [(r["minimum"], r["maximum"]) for r in bornes] == [
        ("-233.83", "0.00"),
        ("0.00", "568.94"),
        ("-92.51", "-92.51"),
    ]
    assert par_code["hausse_public", "solde"]["minimum"] == "78.24"
    assert emploi(*POSTE, "--sortie", str(fichier))[0] == 2
    assert emploi(*POSTE, "--sortie", str(fichier), "--remplacer")[0] == 0


def test_a_job_as_json(emploi: Callable[..., tuple[int, str, str]]) -> None:
    donnees = json.loads(emploi(*POSTE, "--format", "json")[1])
    assert donnees["marge"]["part_gardee"] == 0.4743
    assert donnees["marge_de_la_hausse"] is None
    assert donnees["sinon_en_emploi"] == ["0", "1"]
    assert donnees["refus"] is None
    assert donnees["calcul"]["commande"].startswith("python3 tools/openfisca.py emploi")
    lignes = [ligne for ligne in donnees["lignes"] if ligne["partie"] == "public"]
    assert all(ligne["source"] for ligne in lignes if ligne["code"] != "solde")


def test_what_is_not_known_is_refused_after_what_is(
    emploi: Callable[..., tuple[int, str, str]],
) -> None:
    code, page, erreur = emploi(*POSTE, "--le", "2026-09-15")
    assert code != 0
    assert "MLG-REG-005" in erreur
    assert "COMPTES REFUSÉS" in page
    assert "Revenu disponible" in page
    assert "POUR LES COMPTES PUBLICS" not in page
    code, sortie, _ = emploi(*POSTE, "--le", "2026-09-15", "--format", "json")
    donnees = json.loads(sortie)
    assert code != 0
    assert donnees["refus"][0].startswith("[MLG-REG-005]")
    assert {ligne["partie"] for ligne in donnees["lignes"]} == {"personne"}
    code, page, _ = emploi(*POSTE, "--le", "2026-09-15", "--projection")
    assert code == 0
    assert "rojection" in page


def test_every_wrong_option_is_named_as_typed(
    emploi: Callable[..., tuple[int, str, str]],
) -> None:
    code, page, erreur = emploi(
        *("calculer", "--foyer", "seul", "--heures", "7", "--type", "AI"),
        *("--au-dela-du-smic", "9", "--sinon-en-emploi", "200"),
    )
    assert (code, page) == (2, "")
    for option in ("--foyer", "--heures", "--au-dela-du-smic", "--sinon-en-emploi"):
        assert f"Où : {option}" in erreur
    code, _, erreur = emploi("calculer")
    assert code == 2
    assert all(f"« --{nom} »" in erreur for nom in ("foyer", "heures", "type"))


def test_the_steps_of_hours(emploi: Callable[..., tuple[int, str, str]]) -> None:
    page = emploi("revenus", "--foyer", "seul_rsa")[1]
    assert "droit de novembre 2025" in page
    [ligne] = [li for li in page.splitlines() if li.strip().startswith("24 ")]
    assert ligne.split("  ")[-1].strip() == "60 %"
    rangees = list(
        csv.DictReader(io.StringIO(emploi("revenus", "--foyer", "seul_rsa", "--format", "csv")[1]))
    )
    assert [r["heures"] for r in rangees] == ["0", "5", "10", "15", "20", "24", "26", "30", "35"]
    assert (rangees[0]["part_gardee"], rangees[0]["revenu_disponible"]) == ("", "872.94")
    donnees = json.loads(emploi("revenus", "--foyer", "seul_rsa", "--format", "json")[1])
    assert donnees["paliers"][5]["rsa"] == "0.00"
    assert emploi("revenus", "--foyer", "rien")[0] == 2
    assert "--foyer" in emploi("revenus")[2]


def test_the_households(emploi: Callable[..., tuple[int, str, str]]) -> None:
    page = emploi("foyers")[1]
    assert "seul_57_proprietaire" in page
    assert "Droit de : novembre 2025, septembre 2026." in page
    donnees = json.loads(emploi("foyers", "--format", "json")[1])
    assert {foyer["avant"] for foyer in donnees["foyers"]} == {"rsa", "ass", "rien"}
    assert "6|9" in emploi("foyers", "--format", "csv")[1]


def test_a_folder_that_is_not_one_is_refused(
    emploi: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    code, _, erreur = emploi("foyers", "--hypotheses", str(tmp_path))
    assert code == 4
    assert "MLG-EMP-001" in erreur
