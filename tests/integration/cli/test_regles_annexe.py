"""`maillage regles expliquer` and `lacunes` as typed: complements, avenants, readings, refusals."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import pytest
from factories.extraits import write_csv

from maillage.cli.app import run
from maillage.regles.engine.legislation import load_legislation
from maillage.regles.engine.valeur_legale import AVERTISSEMENT_C

if TYPE_CHECKING:
    from pathlib import Path

Capture = pytest.CaptureFixture[str]
ACI = ("--type", "ACI", "--etp", "8", "--du", "2022-10-01", "--au", "2022-12-31")
AI = ("--type", "AI", "--etp", "10", "--du", "2022-01-01", "--au", "2022-12-31")
DOUTEUSES = sorted(
    {
        (feuille.chemin, valeur.date_effet.isoformat())
        for feuille in load_legislation().feuilles.values()
        for valeur in feuille.valeurs
        if valeur.confiance == "C"
    }
)


def regles(*words: str | Path) -> int:
    return run(["regles", *map(str, words)])


def read_json(capsys: Capture, *words: str | Path) -> dict[str, Any]:
    assert regles("expliquer", *words, "--format", "json") == 0
    [annexe] = json.loads(capsys.readouterr().out)["annexes"]
    assert isinstance(annexe, dict)
    return annexe


def plain(texte: str) -> str:
    return texte.replace("\u202f", " ").replace("\u00a0", " ")


def test_complements_are_computed_and_added_up(capsys: Capture) -> None:
    words = [
        *("--poids", "40,30,30", "--notes", "80,60,70", "--passerelle", "2,5:3"),
        *("--cdi", "1:2021-10-01", "--beneficiaires-rsa", "5"),
    ]
    annexe = read_json(capsys, *ACI, *words)
    assert [un["montant"] for un in annexe["complements"]] == ["3165.04", "2767.50", "3900.58"]
    assert annexe["total"] == "54411.11"
    assert annexe["partage"]["departement"] == "7900.73"
    assert annexe["part_etat"] == "46510.38"
    assert [un["rsa"] for un in annexe["partage"]["mois"]] == ["598.54"] * 3
    assert all(
        parametre["confiance"] for un in annexe["complements"] for parametre in un["parametres"]
    )
    assert regles("expliquer", *ACI, *words) == 0
    page = plain(capsys.readouterr().out)
    for extrait in ("Part modulée : 3 165,04 €", "54 411,11 €", "46 510,38 € pour l’État"):
        assert extrait in page


def test_a_refusal_leaves_the_rest(capsys: Capture) -> None:
    words = ["--passerelle", "1:6", "--poids", "100,0,0", "--notes", "50,0,0"]
    typed = ["--type", "AI", "--etp", "10", "--du", "2022-09-01", "--au", "2022-12-31", *words]
    typed += ["--departement", "976", "--beneficiaires-rsa", "3"]
    annexe = read_json(capsys, *typed)
    assert [un["montant"] is None for un in annexe["complements"]] == [False, True]
    assert annexe["complements"][1]["refus"][0]["code"] == "MLG-REG-213"
    assert annexe["partage"]["refus"][0]["code"] == "MLG-REG-227"
    assert annexe["total"] is None
    assert regles("expliquer", *typed) == 0
    page = plain(capsys.readouterr().out)
    assert "Contrat passerelle : inconnu." in page
    assert "Part du département : inconnue." in page
    assert read_json(capsys, *typed, "--rsa", "300")["partage"]["departement"] == "3168.00"


def test_avenants_and_arretes_change_the_schedule(capsys: Capture) -> None:
    words = ["--avenant", "2022-07:etp=12", "--avenant", "2022-10:montant=1600:signature=2022-12"]
    occupation = ["--occupation", "10 10 10 10 10 10 12 12 12 12 12 12"]
    annexe = read_json(capsys, *AI, *words, *occupation)
    # 6 × 10 × 1 441 / 12 + 3 × 12 × 1 441 / 12 + 3 × 12 × 1 600 / 12
    assert annexe["montant_final"] == "16328.00"
    assert annexe["versements"][-1]["cumul"] == "16328.00"
    assert [un["nombre_mois"] for un in annexe["periodes"]] == [6, 3, 3]
    assert "par_periode" in annexe["lectures"]
    assert regles("expliquer", *AI, *words, *occupation) == 0
    page = plain(capsys.readouterr().out)
    assert "Juillet 2022 : À partir de juillet 2022, l’avenant porte" in page
    assert "l’avenant, signé en décembre 2022, porte" in page
    suivie = read_json(capsys, *AI, "--hypothese", "revalorisation=date_effet")
    assert suivie["montant_final"] == "14788.33"
    assert suivie["montant_total_annuel"] == "14410.00"


def test_readings_are_listed_and_chosen(capsys: Capture) -> None:
    assert regles("expliquer", "--hypotheses") == 0
    assert "plafond=mensuel" in capsys.readouterr().out
    assert regles("expliquer", "--hypotheses", "--format", "csv") == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert sum(row["defaut"] == "oui" for row in rows) == len({row["hypothese"] for row in rows})
    assert regles("expliquer", "--hypotheses", "--format", "json") == 0
    assert json.loads(capsys.readouterr().out)["hypotheses"][0]["lecture"] == "mois_de_l_annexe"
    typed = [*AI, "--occupation", "5 15 5 15 5 15 5 15 5 15 5 15"]
    assert read_json(capsys, *typed)["versements"][-1]["cumul"] == "14410.00"
    mensuel = read_json(capsys, *typed, "--hypothese", "plafond=mensuel")
    assert mensuel["versements"][-1]["cumul"] == "10807.50"
    assert any("mois par mois" in phrase for phrase in mensuel["hypotheses"])


def test_an_annexe_of_a_file_takes_the_same_options(tmp_path: Path, capsys: Capture) -> None:
    fichier = tmp_path / "a.csv"
    fichier.write_text(write_csv(), encoding="utf-8")
    annexe = read_json(capsys, fichier, "--avenant", "2018-07:etp=5")
    assert annexe["montant_final"] == "5388.00"  # 6 × 3 + 6 × 5 ETP at 1 347 / 12


def test_everything_wrong_is_told_at_once_with_its_option(capsys: Capture) -> None:
    words = [
        *("--type", "XX", "--etp", "-1", "--du", "2022-12-31", "--au", "2031-01-01"),
        *("--avenant", "2022-07", "--avenant", "2022-08:salaire=3", "--avenant", "x:etp"),
        *("--hypothese", "plafond", "--poids", "40,30,20", "--notes", "1,2", "--cdi", "1:hier"),
        *(
            "--occupation",
            "1,x",
            "--beneficiaires-rsa",
            "trois",
            "--rsa",
            "-1",
            "--passerelle",
            "x:9",
        ),
    ]
    assert regles("expliquer", *words) == 2
    told = plain(capsys.readouterr().err)
    for extrait in (
        *("MLG-REG-205", "MLG-REG-207", "MLG-REG-209", "MLG-REG-230", "MLG-CAL-001"),
        *("MLG-CAL-004", "--type", "--etp", "--au", "--avenant 2022-07", "« salaire »"),
        *("--hypothese", "--notes", "--cdi", "--occupation", "--beneficiaires-rsa", "--rsa"),
        "--passerelle",
    ):
        assert extrait in told


@pytest.mark.parametrize(
    ("words", "code", "extract"),
    [
        (["--hypothese", "plafond=annuel"], 2, "MLG-REG-229"),
        (["--hypothese", "plafonds=mensuel"], 2, "MLG-REG-228"),
        (["--avenant", "2023-07:etp=3"], 2, "MLG-REG-231"),
        (["--poids", "40,30,20", "--notes", "1,2,3"], 2, "MLG-REG-211"),
        (["--poids", "40,30,30"], 2, "MLG-CAL-002"),
    ],
)
def test_what_cannot_be_computed_says_why(
    capsys: Capture, words: list[str], code: int, extract: str
) -> None:
    assert regles("expliquer", *AI, *words) == code
    assert extract in capsys.readouterr().err


# lacunes


def test_what_is_not_known_is_listed_for_all_and_for_one(capsys: Capture) -> None:
    assert regles("lacunes") == 0
    page = capsys.readouterr().out
    assert "VERSEMENT" in page
    assert "aucun arrêté trouvé après le 4 décembre 2024" in plain(page)
    assert "En attendant" in page
    assert regles("lacunes", "versement", "--format", "csv") == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert {row["mecanisme"] for row in rows} == {"versement"}
    assert regles("lacunes", "--format", "json") == 0
    assert len(json.loads(capsys.readouterr().out)["lacunes"]) > 60
    assert regles("lacunes", "zzz") == 4
    assert "MLG-REG-001" in capsys.readouterr().err


# a value not verified is never shown without its warning


@pytest.mark.parametrize(("chemin", "le"), DOUTEUSES)
def test_a_value_not_verified_has_its_warning_on_every_face_of_the_command(
    capsys: Capture, chemin: str, le: str
) -> None:
    words = ["parametres", chemin, "--le", le]
    assert regles(*words) == 0
    assert AVERTISSEMENT_C in plain(capsys.readouterr().out).replace("\n    ", " ")
    assert regles(*words, "--format", "json") == 0
    [lu] = json.loads(capsys.readouterr().out)["parametres"]
    assert lu["parametre"]["avertissement"] == AVERTISSEMENT_C
    assert regles(*words, "--format", "csv") == 0
    [row] = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert row["avertissement"] == AVERTISSEMENT_C


def test_a_projection_is_marked_on_every_face_of_an_annexe(capsys: Capture) -> None:
    words = ["--type", "AI", "--etp", "1", "--du", "2026-01-01", "--au", "2026-06-30"]
    annexe = read_json(capsys, *words, "--projection")
    assert any("pas le droit" in phrase for phrase in annexe["avertissements"])
    assert annexe["bareme"]["parametre"]["confiance"] == "C"
    assert "pas le droit" in annexe["bareme"]["parametre"]["avertissement"]
    assert regles("expliquer", *words, "--projection") == 0
    assert "pas le droit" in plain(capsys.readouterr().out)
