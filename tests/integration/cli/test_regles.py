"""`maillage regles` as typed: amounts, explanations, legal values, reforms, refusals."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import subprocess
import sys
from datetime import date
from typing import TYPE_CHECKING

import pytest
from factories.extraits import LIGNES, write_csv, write_extrait

from maillage.analyses.annexes.parametres import last_checked
from maillage.cli.app import run
from maillage.regles.engine.legislation import load_legislation

if TYPE_CHECKING:
    from pathlib import Path

Capture = pytest.CaptureFixture[str]
HEAVY = {"django", "ibis", "duckdb", "scipy", "altair", "pyarrow", "numpy", "httpx", "dags"}


@pytest.fixture
def extrait(tmp_path: Path) -> Path:
    fichier = tmp_path / "fluxIAE_AnnexeFinanciere_22022022_112211.csv.gz"
    fichier.write_bytes(gzip.compress(write_extrait(fin=len(LIGNES)).encode()))
    return fichier


def regles(*words: str | Path) -> int:
    return run(["regles", *map(str, words)])


def test_calculer_as_typed(extrait: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "maillage", "regles", "calculer", str(extrait), "--format", "csv"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env=dict(os.environ),
    )
    assert (done.returncode, done.stderr) == (0, "")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert list(rows[0]) == ["af_numero_annexe_financiere", "montant_total_annuel", "ecart"]
    assert list(rows[0].values()) == ["FDI017200067", "", ""]
    assert {row["ecart"] for row in rows[1:]} == {"0.00"}


@pytest.mark.donnees_partagees
def test_every_annexe_of_the_published_sample_comes_out_to_the_cent(
    donnees_partagees: Path, capsys: Capture
) -> None:
    [fichier] = (donnees_partagees / "fluxiae").glob("fluxIAE_AnnexeFinanciere_*")
    assert regles("calculer", fichier, "--format", "csv") == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    fdi = [row for row in rows if row["af_numero_annexe_financiere"].startswith("FDI")]
    assert {row["montant_total_annuel"] for row in fdi} == {""}
    assert {row["ecart"] for row in rows if row not in fdi} == {"0.00"}
    assert len(rows) > len(fdi) > 0


def test_the_table_and_the_json_say_whether_unit_amounts_are_those_of_the_law(
    extrait: Path, capsys: Capture
) -> None:
    assert regles("calculer", extrait) == 0
    page = capsys.readouterr().out
    assert "toutes égales au centime" in page
    assert "socle d’une autre date" in page
    assert "Extraction du 7 février 2022" in page
    assert regles("calculer", extrait, "--format", "json") == 0
    arbre = json.loads(capsys.readouterr().out)
    assert arbre["annexes"][0]["motif"].startswith("Le FDI")
    assert arbre["annexes"][1]["bareme"]["conformite"] == "égal au socle"
    assert arbre["annexes"][1]["bareme"]["parametre"]["confiance"] == "B"


def test_an_incomplete_extract_is_told_on_the_error_stream(tmp_path: Path, capsys: Capture) -> None:
    fichier = tmp_path / "a.csv"
    fichier.write_text(write_extrait(fin=99), encoding="utf-8")
    assert regles("calculer", fichier, "--format", "csv") == 0
    assert "annonce 99" in capsys.readouterr().err


def test_wrong_cells_are_all_told_and_nothing_is_written(tmp_path: Path, capsys: Capture) -> None:
    fichier, cible = tmp_path / "a.csv", tmp_path / "montants.csv"
    fichier.write_text(
        write_csv(
            {"af_etp_postes_insertion": "-1"},
            {"af_date_debut_effet": "2022-12-31", "af_date_fin_effet": "2022-01-01"},
            {"af_mesure_dispositif_code": "ZZZ"},
            {"af_date_fin_effet": "2031-12-31"},
            {"af_montant_unitaire_annuel_valeur": "beaucoup"},
        ),
        encoding="utf-8",
    )
    assert regles("calculer", fichier, "--sortie", cible) == 3
    told = capsys.readouterr()
    assert told.out == ""
    for place in (
        "ligne 2, colonne af_etp_postes_insertion",
        "ligne 3, colonnes af_date_debut_effet et af_date_fin_effet",
        "ligne 4, colonne af_mesure_dispositif_code",
        "ligne 5, colonne af_date_fin_effet",
        "ligne 6, colonne af_montant_unitaire_annuel_valeur",
    ):
        assert place in told.err
    assert told.err.startswith("5 problèmes")
    assert told.err.count("Que faire") == 5
    assert not cible.exists()


@pytest.mark.parametrize("contenu", [b"", gzip.compress(write_extrait().encode())[:60]])
def test_an_empty_or_cut_file_is_refused(tmp_path: Path, capsys: Capture, contenu: bytes) -> None:
    fichier = tmp_path / "a.csv.gz"
    fichier.write_bytes(contenu)
    assert regles("calculer", fichier) == 3
    assert "MLG-AFI-00" in capsys.readouterr().err


# expliquer


def test_an_annexe_typed_is_explained_with_its_regularisations(capsys: Capture) -> None:
    typed = ["--type", "ai", "--etp", "12,5", "--du", "2022-01-01", "--au", "31/12/2022"]
    mois = "12,1;12,5;11;13;12;10;12;12;12,5;12,5;12,5;12,5"
    assert regles("expliquer", *typed, "--occupation", mois) == 0
    page = capsys.readouterr().out.replace("\u202f", " ").replace("\u00a0", " ")
    assert "18 012,50 €" in page
    assert "168,12 € sont repris" in page
    assert "confiance B" in page
    assert "Hypothèse" in page


def test_mayotte_and_prison_have_their_own_amounts(capsys: Capture) -> None:
    """Since May 2022 prison follows the general amount: it is read in 2019."""
    cases = [
        (["--du", "2022-09-01", "--au", "2022-12-31"], "11609.00"),
        (["--du", "2022-09-01", "--au", "2022-12-31", "--departement", "976"], "8763.00"),
        (["--du", "2019-01-01", "--au", "2019-12-31"], "10520.00"),
        (["--du", "2019-01-01", "--au", "2019-12-31", "--penitentiaire"], "6312.00"),
    ]
    for options, montant in cases:
        typed = ["--type", "EI", "--etp", "1", *options, "--format", "json"]
        assert regles("expliquer", *typed) == 0
        [annexe] = json.loads(capsys.readouterr().out)["annexes"]
        assert annexe["montant_unitaire"] == montant


def test_an_amount_that_is_not_known_is_refused_and_may_be_given_or_projected(
    capsys: Capture,
) -> None:
    typed = ["expliquer", "--type", "AI", "--etp", "1", "--du", "2026-01-01", "--au", "2026-06-30"]
    assert regles(*typed) == 3
    assert "montant inconnu pour l’AI au 1er janvier 2026" in capsys.readouterr().err
    assert regles(*typed, "--montant-unitaire", "1700") == 0
    assert "1\u202f700\u202f€" in capsys.readouterr().out
    assert regles(*typed, "--projection") == 0
    assert "Projection indexée sur le SMIC" in capsys.readouterr().out


def test_an_annexe_of_a_file_is_found_by_its_number(extrait: Path, capsys: Capture) -> None:
    assert regles("expliquer", extrait, "--numero", "ACI972190115", "--format", "csv") == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert {row["ligne"] for row in rows} == {"5", "6"}
    assert regles("expliquer", extrait, "--numero", "aci972190115a2m1") == 0
    assert "51\u202f123,36" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "code", "extract"),
    [
        ([], 2, "--type"),
        (["--type", "AI", "--etp", "x", "--du", "2022-13-01", "--au", "2022-01-01"], 2, "MLG-REG"),
        (["--numero", "AI017180002"], 2, "MLG-CLI-003"),
        (["FICHIER", "--etp", "3"], 2, "MLG-CLI-005"),
        (["FICHIER"], 4, "MLG-CLI-012"),
        (["FICHIER", "--numero", "AI999"], 4, "AI999"),
        (["FICHIER", "--numero", "FDI017200067"], 4, "préfet"),
        (["FICHIER", "--numero", "AI017180002", "--occupation", "1,x"], 2, "2e mois"),
        (["FICHIER", "--numero", "AI017180002", "--connu-au", "hier"], 2, "MLG-CLI-004"),
    ],
)
def test_what_cannot_be_explained_says_why(
    extrait: Path, capsys: Capture, words: list[str], code: int, extract: str
) -> None:
    given = [str(extrait) if word == "FICHIER" else word for word in words]
    assert regles("expliquer", *given) == code
    assert extract in capsys.readouterr().err


def test_several_annexes_of_a_number_are_explained_on_one_page(
    extrait: Path, capsys: Capture
) -> None:
    assert regles("expliquer", extrait, "--numero", "ACI972190115", "--occupation", "7 7.5 ?") == 0
    page = capsys.readouterr().out.replace("\u00a0", " ")
    assert page.count("LE VERSEMENT, MOIS PAR MOIS") == 2
    assert "L’ASP publie" in page


def test_a_gap_with_the_published_amount_is_shown(tmp_path: Path, capsys: Capture) -> None:
    fichier = tmp_path / "a.csv"
    fichier.write_text(write_csv({"af_montant_total_annuel": "4000"}), encoding="utf-8")
    assert regles("calculer", fichier) == 0
    assert "1\u00a0annexe diffère du montant publié" in capsys.readouterr().out
    fichier.write_text(write_csv({"af_montant_total_annuel": ""}), encoding="utf-8")
    assert regles("calculer", fichier) == 0
    assert "aucun montant publié à comparer" in capsys.readouterr().out


def test_a_file_of_fdi_only_explains_nothing(tmp_path: Path, capsys: Capture) -> None:
    fichier = tmp_path / "a.csv"
    fichier.write_text(write_extrait(LIGNES[0]), encoding="utf-8")
    assert regles("expliquer", fichier) == 4
    assert "aucune annexe calculable" in capsys.readouterr().err
    assert regles("calculer", fichier) == 0
    assert regles("comparer", fichier, "--reforme", "ai_4000") == 0


def test_a_file_of_one_annexe_needs_no_number(tmp_path: Path, capsys: Capture) -> None:
    fichier = tmp_path / "a.csv"
    fichier.write_text(write_csv(), encoding="utf-8")
    assert regles("expliquer", fichier) == 0
    assert "AI017180002" in capsys.readouterr().out


# parametres


def test_the_ai_as_known_on_1_september_2022(capsys: Capture) -> None:
    words = ["parametres", "ai", "--le", "2022-08-15", "--connu-au", "2022-09-01"]
    assert regles(*words) == 0
    page = capsys.readouterr().out
    assert "1\u202f479" in page
    for extract in ("1er mai 2022", "21 août 2022", "MTRD2206107A", "Ce qui manque".upper()):
        assert extract in page
    assert "Attention, cotisations.tva_ai" in page
    assert "non vérifiée" in page


def test_2026_is_refused_aloud(capsys: Capture) -> None:
    assert regles("parametres", "ai", "--le", "2026-01-01") == 3
    told = capsys.readouterr()
    phrase = (
        "montant inconnu pour l’AI au 1er janvier 2026 : aucun arrêté trouvé après le "
        "4 décembre 2024"
    )
    assert phrase in told.err.replace("\u00a0", " ")
    assert phrase in told.out.replace("\u00a0", " ")
    assert regles("parametres", "aide_au_poste.montant_socle.AI", "--le", "2026-01-01") == 3
    assert capsys.readouterr().out == ""


def test_every_value_has_its_row_and_its_tree(capsys: Capture) -> None:
    assert regles("parametres", "--le", "2022-01-01", "--format", "csv") == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert all(row["reference"] or row["refus"] for row in rows)
    assert all(row["avertissement"] for row in rows if row["confiance"] == "C")
    assert regles("parametres", "smic", "--format", "json") == 0
    assert json.loads(capsys.readouterr().out)["connu_au"] is None


def test_without_a_date_the_law_is_read_on_the_last_day_it_was_checked(
    monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    """The day after the last check, every value was refused: the command was of no use."""

    class Demain(date):
        @classmethod
        def today(cls) -> Demain:
            return cls(2031, 1, 1)

    monkeypatch.setattr("maillage.cli.regles_droit.date", Demain)
    assert regles("parametres", "smic", "--format", "json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["le"] == last_checked(load_legislation()).isoformat()
    assert any(lu["parametre"] is not None for lu in told["parametres"])


# comparer, reformes


def test_a_reform_is_compared_by_annexe_and_by_kind(extrait: Path, capsys: Capture) -> None:
    assert regles("comparer", extrait, "--reforme", "ai_4000") == 0
    page = capsys.readouterr().out
    for extract in ("Ensemble", "Indéterminé", "Hypothèse montant_ai", "Source", "de FDI"):
        assert extract in page
    words = ["--hypothese", "montant_ai=3500", "--format", "json"]
    assert regles("comparer", extrait, "--reforme", "ai_4000", *words) == 0
    arbre = json.loads(capsys.readouterr().out)
    # 19 ETP × (3 500 − 1 428), the only annexe of an AI that starts after the reform
    assert arbre["totaux"][-1]["difference"] == "39368.00"
    assert regles("comparer", extrait, "--reforme", "ai_4000", "--format", "csv") == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert sum(row["touchee"] == "oui" for row in rows) == 1


def test_a_reform_that_reaches_no_annexe_says_when_it_would(extrait: Path, capsys: Capture) -> None:
    assert regles("comparer", extrait, "--reforme", "igas_2022") == 0
    page = capsys.readouterr().out
    assert "--le 2030-01-01" in page
    assert "part_modulee_max_taux" in page
    words = ["--le", "2026-01-01", "--avant", "2025-12-31"]
    assert regles("comparer", extrait, "--reforme", "lf_2026_moins_2", *words) == 0
    assert "Sans effet ici" in capsys.readouterr().out
    assert regles("comparer", extrait, "--reforme", "ai_doublee", "--le", "2026-01-01") == 0
    page = capsys.readouterr().out
    assert "dans les totaux, faute de montant connu" in page
    assert "inconnu" in page


def test_a_broken_reform_is_refused_by_its_lines(
    extrait: Path, tmp_path: Path, capsys: Capture
) -> None:
    fichier = tmp_path / "ma-reforme.yaml"
    fichier.write_text(
        'code: x\ntitre: "T"\nsource:\n  - title: "S"\nvaluable: 2\nchangements: []\n',
        encoding="utf-8",
    )
    assert regles("comparer", extrait, "--reforme", fichier) == 3
    assert "ma-reforme.yaml, ligne 5" in capsys.readouterr().err


def test_a_reform_of_ones_own_is_compared(extrait: Path, tmp_path: Path, capsys: Capture) -> None:
    fichier = tmp_path / "r.yaml"
    fichier.write_text(
        'code: la_mienne\ntitre: "La mienne"\nsource:\n  - title: "Notre bureau"\n'
        'valable_jusqu_au: 2023-12-31\nindetermine:\n  - "Rien d’autre."\nchangements:\n'
        "  - chemin: aide_au_poste.montant_socle.AI\n    values:\n      2022-01-01:\n"
        "        value: 2000\n",
        encoding="utf-8",
    )
    assert regles("comparer", extrait, "--reforme", fichier, "--format", "json") == 0
    assert json.loads(capsys.readouterr().out)["totaux"][-1]["apres"] is not None


@pytest.mark.parametrize(
    ("words", "code", "extract"),
    [
        (["--reforme", "ai_400"], 4, "ai_4000"),
        (["--reforme", "ai_4000", "--hypothese", "montant_ai"], 2, "MLG-CLI-004"),
        (["--reforme", "ai_4000", "--hypothese", "montant=1"], 4, "MLG-REG-012"),
        (["--reforme", "ai_4000", "--avant", "2020-01-01"], 2, "--le"),
        (["--reforme", "ai_4000", "--le", "2020"], 2, "2020"),
        (["--reforme", "latin.yaml"], 2, "UTF-8"),
    ],
)
def test_what_cannot_be_compared_says_why(  # noqa: PLR0913, PLR0917 — fixtures and cases
    extrait: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: Capture,
    words: list[str],
    code: int,
    extract: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "latin.yaml").write_bytes(b"titre: \xe9")
    assert regles("comparer", extrait, *words) == code
    assert extract in capsys.readouterr().err


def test_the_ready_reforms_are_listed_with_the_code_to_type(capsys: Capture) -> None:
    assert regles("reformes") == 0
    assert "Code : ai_4000" in capsys.readouterr().out.replace("\u00a0", " ")
    assert regles("reformes", "--format", "csv") == 0
    assert all(row["source"] for row in csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert regles("reformes", "--format", "json") == 0
    assert len(json.loads(capsys.readouterr().out)["reformes"]) >= 7


def test_the_help_of_regles_imports_nothing_heavy() -> None:
    code = (
        "import sys\n"
        "from maillage.cli.app import run\n"
        "code = run(['regles', 'calculer', '--help'])\n"
        f"print(sorted({HEAVY!r} & set(sys.modules)), file=sys.stderr)\n"
        "raise SystemExit(code)\n"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stderr.strip() == "[]"
