"""`maillage fec soldes` and `maillage fec plan`, in the process of the test."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest
from factories.exercices import ANNEE, postpone, write_exercice

from maillage.cli.app import run

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Commande = Callable[..., tuple[int, str, str]]

RATTACHEMENT = '[[version]]\ndepuis = 2024-01-01\naide_au_poste = ["7411"]\n'


@pytest.fixture
def commande(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Commande:
    """Run a command; its exit code and what it wrote on both streams, spaces plain."""
    monkeypatch.setenv("MAILLAGE_DONNEES", str(tmp_path / "donnees"))

    def call(*mots: str) -> tuple[int, str, str]:
        code = run(mots)
        sorties = capsys.readouterr()
        plain = str.maketrans("\u00a0\u202f", "  ")
        return code, sorties.out.translate(plain), sorties.err.translate(plain)

    return call


def row(page: str, debut: str) -> list[str]:
    """Amounts of the first row that starts so."""
    ligne = next(ligne for ligne in page.splitlines() if ligne.strip().startswith(debut))
    cellules = ligne.strip().removeprefix(debut).split("  ")
    return [cellule.strip() for cellule in cellules if cellule.strip()]


def test_the_answer_comes_first_then_the_tables(commande: Commande, tmp_path: Path) -> None:
    code, page, _ = commande("fec", "soldes", str(write_exercice(tmp_path)))
    assert code == 0
    titre, _, phrase, *_ = page.splitlines()
    assert titre == "Soldes de gestion, SIREN 732829320"
    assert phrase == (
        "Du 1er janvier 2024 au 31 décembre 2024 : résultat net 14 100 €, capacité "
        "d’autofinancement 16 800 €, trésorerie 13 800 € à la fin, soit 1,3 mois de charges "
        "d’exploitation décaissables."
    )
    assert row(page, "= Excédent brut d’exploitation") == ["17 000"]
    assert row(page, "= Fonds de roulement") == ["48 300"]
    assert row(page, "= Besoin en fonds de roulement") == ["34 500"]
    # 32 000 + 120 000 − 15 000 − 110 000 − 4 000; 132 000 − 18 000 − 25 000 − 90 000 − 4 000
    assert row(page, "avril 2024") == ["23 000", "−5 000", "28 000", "2,6", "0,9"]
    assert "L’aide au poste n’est pas distinguée" in page
    assert "641100" not in page
    assert "HORS RÉSULTAT" in page


def test_the_detail_opens_every_line(commande: Commande, tmp_path: Path) -> None:
    fichier = str(write_exercice(tmp_path))
    _, page, _ = commande("fec", "soldes", fichier, "--detail")
    assert row(page, "641100") == ["−90 000,00"]
    assert row(page, "= Résultat net") == ["14 100,00"]
    courte = commande("fec", "soldes", fichier, "--format", "csv")[1]
    longue = commande("fec", "soldes", fichier, "--format", "csv", "--detail")[1]
    lignes = list(csv.DictReader(io.StringIO(longue)))
    assert {ligne["valeur"] for ligne in lignes if ligne["compte"] == "641100"} >= {"-90000"}
    assert "641100" not in courte


def test_years_side_by_side(commande: Commande, tmp_path: Path) -> None:
    avant = write_exercice(tmp_path, postpone(ANNEE, -1), "732829320FEC20231231.txt")
    double = [
        *ANNEE,
        ("VE", "20241130", {"411000": 500, "706000": -500}),
        ("OD", "20241130", {"623000": 20, "467000": -20}),
    ]
    fichiers = (str(write_exercice(tmp_path, double)), str(avant))
    code, page, _ = commande("fec", "soldes", *fichiers)
    assert code == 0
    assert row(page, "= Résultat net") == ["14 100", "14 580", "480"]
    assert "MOIS PAR MOIS, EXERCICE 2023" in page
    assert "À SAVOIR" in page
    document = json.loads(commande("fec", "soldes", *fichiers, "--format", "json")[1])
    assert [e["premier_jour"] for e in document["exercices"]] == ["2023-01-01", "2024-01-01"]


def test_an_unknown_balance_sheet_is_no_zero(commande: Commande, tmp_path: Path) -> None:
    sans = write_exercice(tmp_path, ANNEE[1:])
    code, page, _ = commande("fec", "soldes", str(sans))
    assert code == 0
    assert "trésorerie inconnue, faute de soldes d’ouverture" in page
    assert "= Fonds de roulement" not in page
    assert row(page, "avril 2024") == ["inconnue"] * 5
    # beside a year that has one, its column says « inconnue »
    suivante = write_exercice(tmp_path, postpone(ANNEE, 1), "732829320FEC20251231.txt")
    _, page, _ = commande("fec", "soldes", str(sans), str(suivante), "--detail")
    assert row(page, "= Fonds de roulement") == ["inconnue", "48 300,00", "inconnue"]
    assert row(page, "Emprunts et dettes assimilées") == ["inconnue", "8 000,00", "inconnue"]
    assert row(page, "164000") == ["inconnue", "8 000,00", "inconnue"]


def test_an_exercice_of_another_length_is_named_by_its_months(
    commande: Commande, tmp_path: Path
) -> None:
    _, page, _ = commande("fec", "soldes", str(write_exercice(tmp_path, ANNEE[:3])))
    assert "MOIS PAR MOIS, EXERCICE 01/2024-02/2024" in page
    assert "Les écritures couvrent 2 mois" in page
    assert ", soit" not in page.splitlines()[2]
    # nothing in class 8, nothing that is neither cashed nor paid: no empty part
    assert "HORS RÉSULTAT" not in page
    assert "ni encaissé ni payé" not in page


def test_the_choices_of_the_structure(commande: Commande, tmp_path: Path) -> None:
    fichier, choix = write_exercice(tmp_path), tmp_path / "r.toml"
    choix.write_text(RATTACHEMENT, encoding="utf-8")
    _, page, _ = commande("fec", "soldes", str(fichier), "--rattachement", str(choix))
    assert row(page, "Aide au poste") == ["18 000"]
    assert row(page, "= Excédent brut d’exploitation") == ["17 000"]
    # a year without choices, beside one that has some: unknown, and never 0
    avant = write_exercice(tmp_path, postpone(ANNEE, -1), "732829320FEC20231231.txt")
    _, page, _ = commande("fec", "soldes", str(avant), str(fichier), "--rattachement", str(choix))
    assert row(page, "Aide au poste") == ["inconnue", "18 000", "inconnue"]
    assert row(page, "Subventions d’exploitation") == ["18 000", "0", "−18 000"]
    assert "n’est distinguée que dans une partie des exercices" in page
    choix.write_text("[[version]]\n", encoding="utf-8")
    code, _, erreurs = commande("fec", "soldes", str(fichier), "--rattachement", str(choix))
    assert code == 3
    assert "MLG-SOL-013" in erreurs
    assert "r.toml, ligne 1" in erreurs


def test_what_is_refused(commande: Commande, tmp_path: Path) -> None:
    fichier = str(write_exercice(tmp_path))
    code, _, erreurs = commande("fec", "soldes", fichier, fichier)
    assert (code, "MLG-SOL-003" in erreurs) == (3, True)
    assert commande("fec", "soldes", str(tmp_path / "absent.txt"))[0] == 4
    code, _, erreurs = commande("fec", "soldes", fichier, "--plan", "1999")
    assert (code, "MLG-CLI-004" in erreurs) == (2, True)
    assert commande("fec", "soldes")[0] == 2


def test_a_file_is_written_whole(commande: Commande, tmp_path: Path) -> None:
    fichier, cible = str(write_exercice(tmp_path)), tmp_path / "soldes.json"
    assert commande("fec", "soldes", fichier, "--sortie", str(cible))[0] == 0
    assert json.loads(cible.read_text(encoding="utf-8"))["siren"] == "732829320"
    assert commande("fec", "soldes", fichier, "--sortie", str(cible))[0] == 2
    assert commande("fec", "soldes", fichier, "--sortie", str(cible), "--remplacer")[0] == 0


def test_the_mapping_is_shown(commande: Commande) -> None:
    code, page, _ = commande("fec", "plan")
    assert code == 0
    assert "plan de 2025" in page
    assert "COMPTES SIGNALÉS" in page
    lignes = list(
        csv.DictReader(io.StringIO(commande("fec", "plan", "--plan", "2018", "--format", "csv")[1]))
    )
    assert {"prefixe": "7084", "poste": "mises_a_disposition"}.items() <= next(
        ligne for ligne in lignes if ligne["prefixe"] == "7084"
    ).items()
    assert commande("fec", "plan", "--plan", "1999")[0] == 2
