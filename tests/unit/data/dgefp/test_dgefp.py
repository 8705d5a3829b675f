"""The weekly file of the DGEFP: read as it is published, every fault at once, set beside the extract."""

from __future__ import annotations

import json
import random
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from factories.flux_iae import annexe, releve, structure, write_extrait
from hypothesis import given
from hypothesis import strategies as st

from maillage.analyses.pilotage.dgefp import set_beside, strip_amendments, sum_by_funder
from maillage.analyses.pilotage.imports import importer
from maillage.cli.app import run
from maillage.data.sources.dgefp import OCTETS_MAX, read_dgefp
from maillage.indicators.pilotage.lecture import load_faits
from maillage.kernel.errors import FichierInvalide, Introuvable
from maillage.kernel.valeur import Absence

if TYPE_CHECKING:
    from pathlib import Path

COLONNES = (
    "Année d'analyse",
    "SIRET actualisé",
    "Num Annexe",
    "Type Aide",
    "Financeur",
    "ETP conventionnés",
    "Montant conventionné",
    "ETP déclarés",
    "ETP réalisé plafonné au max des ETP conv",
    "Réalisation en ETP en deçà ou au-delà du conventionnement",
)
ETAT = (
    "2025",
    "73282932000074",
    "ACI035250010",
    "Aide au poste",
    "Etat",
    "10,5",
    "210000",
    "6",
    "5,25",
    "-5,25",
)
CD = (
    "2025",
    "73282932000074",
    "ACI035250010",
    "Aide au poste",
    "CD 35",
    "1,5",
    "",
    "1",
    "0,75",
    "",
)


def write(dossier: Path, *rangees: Any, colonnes: Any = COLONNES, encodage: str = "latin1") -> Path:
    chemin = dossier / "iae_v1_0_suivi_hebdomadaire_20250707.csv"
    lignes = [";".join(colonnes), *(";".join(rangee) for rangee in rangees)]
    chemin.write_bytes(("\r\n".join(lignes) + "\r\n").encode(encodage))
    return chemin


def codes(chemin: Path) -> list[str]:
    with pytest.raises(FichierInvalide) as refus:
        read_dgefp(chemin)
    return [anomalie.code for anomalie in refus.value.anomalies]


@pytest.mark.parametrize("encodage", ["latin1", "utf-8", "utf-8-sig", "cp1252"])
def test_it_is_read_whatever_its_encoding(tmp_path: Path, encodage: str) -> None:
    lu = read_dgefp(write(tmp_path, ETAT, CD, encodage=encodage))
    assert [ligne.financeur for ligne in lu.lignes] == ["Etat", "CD 35"]
    etat, cd = sum_by_funder(lu)[::-1]
    assert (etat.plafonnes, etat.conventionnes, etat.montant) == (5.25, 10.5, 210000)
    assert (cd.plafonnes, cd.montant) == (0.75, Absence.INCONNUE)


def test_columns_that_are_not_public_are_named_and_left_out(tmp_path: Path) -> None:
    lu = read_dgefp(write(tmp_path, (*ETAT, "x"), colonnes=(*COLONNES, "Colonne secrète")))
    assert lu.ignorees == ("Colonne secrète",)
    sans = [nom for nom in COLONNES if nom not in {"SIRET actualisé", "ETP déclarés"}]
    gardees = [ETAT[COLONNES.index(nom)] for nom in sans]
    lu = read_dgefp(write(tmp_path, gardees, colonnes=sans))
    assert lu.absentes == ("SIRET actualisé", "ETP déclarés")
    assert sum_by_funder(lu)[0].declares is Absence.INCONNUE


def test_every_fault_is_told_at_once_with_its_lines(tmp_path: Path) -> None:
    mauvaise = ("20x5", *ETAT[1:5], "dix", *ETAT[6:])
    chemin = write(tmp_path, ETAT, ETAT, mauvaise, ("trop", "court"), (*ETAT[:2], "", *ETAT[3:]))
    with pytest.raises(FichierInvalide) as refus:
        read_dgefp(chemin)
    dites = {(a.code, a.ou) for a in refus.value.anomalies}
    assert {code for code, _ in dites} == {"MLG-DGE-005", "MLG-DGE-006", "MLG-DGE-007"}
    assert any("lignes 4" in ou for _, ou in dites)
    assert any("lignes 5" in ou for _, ou in dites)


def test_a_file_of_something_else_is_refused(tmp_path: Path) -> None:
    assert codes(write(tmp_path, colonnes=("a", "b"))) == ["MLG-DGE-003"]
    assert codes(write(tmp_path, colonnes=(*COLONNES, "Financeur"))) == ["MLG-DGE-003"]
    vide = tmp_path / "vide.csv"
    vide.write_bytes(b"")
    assert codes(vide) == ["MLG-DGE-003"]
    with pytest.raises(Introuvable, match="MLG-DGE-001"):
        read_dgefp(tmp_path / "absent.csv")
    gros = tmp_path / "gros.csv"
    with gros.open("wb") as flux:
        flux.truncate(OCTETS_MAX + 1)
    assert codes(gros) == ["MLG-DGE-002"]


@pytest.mark.parametrize(
    ("colonne", "cellule"),
    [("Contact", "une.personne@example.org"), ("Courriel", "x"), ("Téléphone", "01 02 03 04 05")],
)
def test_columns_about_persons_are_refused(tmp_path: Path, colonne: str, cellule: str) -> None:
    chemin = write(tmp_path, (*ETAT, cellule), colonnes=(*COLONNES, colonne))
    with pytest.raises(FichierInvalide, match="MLG-DGE-004") as refus:
        read_dgefp(chemin)
    assert cellule not in str(refus.value) or cellule == "x"


def test_it_stands_beside_the_extract_and_is_never_merged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAILLAGE_DONNEES", str(tmp_path / "donnees"))
    vues = {
        "Structure": [structure(1)],
        "AnnexeFinanciere": [annexe(10)],
        "EtatMensuelIndiv": [releve(mois) for mois in range(1, 7)],
    }
    importer([write_extrait(tmp_path / "extrait", vues)], datetime(2025, 7, 7, tzinfo=UTC))
    inconnue = ("2025", "", "EI099250001", *ETAT[3:])
    autre_aide = (*ETAT[:3], "Modulation", *ETAT[4:])
    lu = read_dgefp(write(tmp_path, ETAT, CD, inconnue, autre_aide))
    premiere, seconde = set_beside(lu, load_faits())
    # twelve posts, six months entered in full: six ETP of the year so far; the file says 5.25 + 0.75
    assert (premiere.plafonnes, premiere.plafonnes_extrait, premiere.ecart) == (6, 6, 0)
    assert premiere.denomination == "ASSOCIATION D ESSAI 1"
    assert (seconde.annexe, seconde.plafonnes_extrait) == ("EI099250001", Absence.INCONNUE)


def test_numbers_lose_their_amendments_alone() -> None:
    assert strip_amendments("ACI035250010A0M1") == "ACI035250010"
    assert strip_amendments("ACI035250010") == "ACI035250010"


def test_the_command_gives_the_same_in_each_format(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MAILLAGE_DONNEES", str(tmp_path / "donnees"))
    chemin = str(write(tmp_path, ETAT, CD))

    def ask(*mots: str) -> str:
        assert run(["flux", "dgefp", chemin, *mots]) == 0
        return capsys.readouterr().out

    assert "rien à comparer" in ask().replace("\u00a0", " ")
    assert json.loads(ask("--format", "json"))["sommes"][0]["plafonnes"] == 0.75
    assert "Aide au poste" in ask("--format", "csv")


@given(graine=st.integers(0, 10**6), nombre=st.integers(1, 30))
def test_a_damaged_file_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, graine: int, nombre: int
) -> None:
    hasard = random.Random(graine)  # noqa: S311 — a drawing, not a secret
    chemin = write(tmp_path_factory.mktemp("abime"), ETAT, CD)
    octets = bytearray(chemin.read_bytes())
    for _ in range(nombre):
        place = hasard.randrange(len(octets))
        match hasard.randrange(3):
            case 0:
                octets[place] = hasard.randrange(256)
            case 1:
                del octets[place]
            case _:
                octets[place:place] = hasard.randbytes(3)
    chemin.write_bytes(octets)
    try:
        lu = read_dgefp(chemin)
    except FichierInvalide:
        return
    assert sum_by_funder(lu) is not None
