"""The table and its households: what is read, and every way in which a folder of one's own is refused."""

from __future__ import annotations

import shutil
from datetime import date
from typing import TYPE_CHECKING

import pytest

from maillage.analyses.emploi.foyers import DOSSIER, read_hypotheses
from maillage.analyses.emploi.table import read_table
from maillage.kernel.errors import FichierInvalide, Introuvable, UserError
from maillage.kernel.money import Centimes

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    for nom in ("foyers.toml", "table.csv"):
        shutil.copy(DOSSIER / nom, tmp_path / nom)
    return tmp_path


def change(fichier: Path, avant: str, apres: str) -> None:
    texte = fichier.read_text(encoding="utf-8")
    assert avant in texte
    fichier.write_text(texte.replace(avant, apres, 1), encoding="utf-8")


def refuse(dossier: Path, genre: type[UserError] = FichierInvalide) -> list[tuple[str, str, str]]:
    with pytest.raises(genre) as refus:
        read_table(dossier)
    return [(a.code, a.quoi, a.ou) for a in refus.value.anomalies]


def test_the_table_says_what_made_it() -> None:
    table = read_table()
    assert table.version.startswith("176.")
    assert table.commande == "python3 tools/openfisca.py emploi AAAA-MM-JJ"
    assert "# Licence : " in (DOSSIER / "table.csv").read_text(encoding="utf-8")
    assert table.fait_le >= date(2026, 11, 27)
    assert len(table.hypotheses.foyers) * len(table.hypotheses.mois) * 57 == len(table.points)
    assert (DOSSIER / "table.csv").stat().st_size < 300_000


def test_the_same_person_without_work_whatever_the_pay() -> None:
    table = read_table()
    assert table.get("2025-11", "seul_rsa", 0, Centimes(50)) is table.get(
        "2025-11", "seul_rsa", 0, Centimes(0)
    )


def test_a_folder_of_ones_own_is_read(dossier: Path) -> None:
    assert read_table(dossier) == read_table()


def test_a_missing_file_is_told(dossier: Path) -> None:
    (dossier / "table.csv").unlink()
    [(code, quoi, _)] = refuse(dossier, Introuvable)
    assert code == "MLG-EMP-001"
    assert "table.csv" in quoi
    [(code, quoi, _)] = refuse(dossier / "absent", Introuvable)
    assert code == "MLG-EMP-001"
    assert "foyers.toml" in quoi


def test_a_table_made_from_other_assumptions_is_refused(dossier: Path) -> None:
    change(dossier / "foyers.toml", "loyer = 450", "loyer = 451")
    assert [code for code, _, _ in refuse(dossier)] == ["MLG-EMP-004"]


@pytest.mark.parametrize("octets", [b"mois = [", b'mois = "\xe9"'])
def test_a_file_that_is_not_toml_is_refused(dossier: Path, octets: bytes) -> None:
    (dossier / "foyers.toml").write_bytes(octets)
    assert [code for code, _, _ in refuse(dossier)] == ["MLG-EMP-002"]


def test_every_mistake_of_the_assumptions_is_told_at_once(dossier: Path) -> None:
    (dossier / "foyers.toml").write_text(
        """
mois = ["2025-12", "2025-13", 3]
heures = [0, 36, "x"]
majorations = ["0.00", "0.005", 1, "-1", "x", "21"]
effectif = 0
taux_accident_travail = 0.7
inconnu = 1

[foyers.un]
libelle = ""
avant = "aah"
age = 15
logement = "locataire"
loyer = 0
zone = 4
conjoint_heures = 20
enfants = [20]
[foyers.Deux]
[foyers.trois]
libelle = "Trois"
avant = "rien"
age = true
logement = "tente"
enfants = 2
""",
        encoding="utf-8",
    )
    fautes = refuse(dossier)
    assert {code for code, _, _ in fautes} == {"MLG-EMP-003"}
    lieux = [ou.removeprefix("foyers.toml, ") for _, _, ou in fautes]
    assert lieux.count("mois") == 3
    assert lieux.count("heures") == 2
    assert lieux.count("majorations") == 5
    assert {
        "effectif",
        "taux_accident_travail",
        "inconnu",
        "foyers.Deux",
        "foyers.Deux.libelle",
        "foyers.Deux.age",
    } <= {*lieux}
    for nom in ("libelle", "avant", "age", "loyer", "zone", "conjoint_heures", "enfants"):
        assert f"foyers.un.{nom}" in lieux
    assert {"foyers.trois.age", "foyers.trois.logement", "foyers.trois.enfants"} <= {*lieux}


@pytest.mark.parametrize(
    ("avant", "apres", "quoi"),
    [
        ("heures = [0, 5,", "heures = [5,", "0 heure"),
        ('majorations = ["0.00", ', "majorations = [", "0 euro"),
        ("effectif = 30", "", "manque"),
        ('taux_accident_travail = "0.70"', "", "manque"),
        ('mois = ["2025-11", "2026-09"]', "mois = []", "une liste"),
    ],
)
def test_what_everything_rests_on_must_be_there(
    dossier: Path, avant: str, apres: str, quoi: str
) -> None:
    change(dossier / "foyers.toml", avant, apres)
    [(code, phrase, _)] = refuse(dossier)
    assert code == "MLG-EMP-003"
    assert quoi in phrase


@pytest.mark.parametrize("texte", ["foyers = 1\n", "[foyers]\n", ""])
def test_a_file_without_household_is_refused(dossier: Path, texte: str) -> None:
    entete = (DOSSIER / "foyers.toml").read_text(encoding="utf-8").split("[foyers.")[0]
    (dossier / "foyers.toml").write_text(entete + texte, encoding="utf-8")
    assert [ou for _, _, ou in refuse(dossier)] == ["foyers.toml, foyers"]


def test_a_person_without_children_may_say_so(dossier: Path) -> None:
    change(dossier / "foyers.toml", "age = 35", "age = 35\nenfants = []")
    assert read_hypotheses(dossier).foyers["seul_rsa"].enfants == ()


@pytest.mark.parametrize(
    ("avant", "apres", "quoi"),
    [
        ("# Fait le ", "# ", "l’en-tête ne dit pas Fait le"),
        ("# OpenFisca-France ", "# ", "les versions"),
        ("mois,foyer,", "foyer,mois,", "les colonnes"),
        ("2025-11,seul_rsa,5,0.00,", "2025-11,seul_rsa,5,0.0x,", "ligne 9 illisible"),
        ("2025-11,seul_rsa,5,0.00,", "2025-11,seul_rsa,cinq,0.00,", "ligne 9 illisible"),
        ("2025-11,seul_rsa,5,0.00,", "2025-11,seul_rsa,6,0.00,", "des lignes manquent"),
    ],
)
def test_a_damaged_table_is_refused(dossier: Path, avant: str, apres: str, quoi: str) -> None:
    change(dossier / "table.csv", avant, apres)
    [(code, phrase, _)] = refuse(dossier)
    assert code == "MLG-EMP-005"
    assert quoi in phrase
