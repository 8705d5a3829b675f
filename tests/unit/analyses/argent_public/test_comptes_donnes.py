"""Accounts that are given: whose they are, what becomes of each; every fault of every file at once."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
from factories.argent_public import write_argent
from factories.exercices import ANNEE, postpone, write_exercice

from maillage.analyses.argent_public.assemblage import list_unites
from maillage.analyses.argent_public.comptes_donnes import (
    Sort,
    give_comptes,
    is_civile,
    list_sorts,
    read_soldes,
)
from maillage.analyses.argent_public.correspondance import read_correspondance
from maillage.analyses.argent_public.lecture_fec import parse_mot, read_donnes
from maillage.analyses.argent_public.unites import Demande
from maillage.analyses.pilotage.imports import importer
from maillage.indicators.pilotage.filtre import Filtre
from maillage.indicators.pilotage.lecture import Faits, load_faits
from maillage.kernel.errors import FichierInvalide, Introuvable, SaisieInvalide

if TYPE_CHECKING:
    from pathlib import Path

UN = "111111111"


@pytest.fixture
def faits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Faits:
    """Four ACI, of SIREN 111111111 to 444444444."""
    monkeypatch.setenv("MAILLAGE_DONNEES", str(tmp_path / "donnees"))
    importer([write_argent(tmp_path / "extrait")], datetime(2025, 7, 7, tzinfo=UTC))
    return load_faits()


def codes(
    erreur: pytest.ExceptionInfo[FichierInvalide] | pytest.ExceptionInfo[SaisieInvalide],
) -> list[str]:
    return [anomalie.code for anomalie in erreur.value.anomalies]


def test_income_of_the_year_with_credit_above_zero(tmp_path: Path) -> None:
    """Of `factories.exercices`: sales of 100 000 and 20 000, grants of 18 000 and 5 000."""
    (lu,) = read_donnes([("", write_exercice(tmp_path))])
    soldes = read_soldes(lu.mouvements)
    assert soldes["708400"] == 10_000_000
    assert soldes["741100"] + soldes["730000"] == 2_300_000
    assert all(compte.startswith("7") for compte in soldes)
    assert lu.siren == "732829320"


def test_accounts_go_to_the_structure_of_their_siren(faits: Faits, tmp_path: Path) -> None:
    lus = read_donnes([("", write_exercice(tmp_path, nom=f"{UN}FEC20241231.txt"))])
    comptes = give_comptes(faits, 2024, lus)
    assert list(comptes) == [1]
    unites = list_unites(faits, Demande(2024, comptes=comptes, correspondance={"7411": "etat"}))
    (une,) = [unite for unite in unites if unite.comptes is not None]
    assert une.organisme == "1"
    assert (une.comptes or {})["etat"] == 1_800_000
    assert list_sorts(faits, 2024, lus, unites) == [(f"{UN}FEC20241231.txt", Sort.COMPTE)]


def test_each_file_that_is_not_counted_says_why(faits: Faits, tmp_path: Path) -> None:
    ailleurs = write_exercice(tmp_path, postpone(ANNEE, 1), "222222222FEC20251231.txt")
    lus = read_donnes([("", write_exercice(tmp_path, nom=f"{UN}FEC20241231.txt")), ("", ailleurs)])
    seule = Demande(2024, Filtre(structures=frozenset({(3, "ACI")})))
    sorts = [sort for _, sort in list_sorts(faits, 2024, lus, list_unites(faits, seule))]
    assert sorts == [Sort.ABSENT, Sort.AUTRE_EXERCICE]
    # units that took no accounts: those of a filter, or of structures that declare different ones
    sorts = [sort for _, sort in list_sorts(faits, 2024, lus, list_unites(faits, Demande(2024)))]
    assert sorts == [Sort.PARTAGE, Sort.AUTRE_EXERCICE]


def test_a_negative_line_is_told(faits: Faits, tmp_path: Path) -> None:
    rendu = [*ANNEE, ("OD", "20241231", {"741100": 60_000, "512000": -60_000})]
    lus = read_donnes([("", write_exercice(tmp_path, rendu, f"{UN}FEC20241231.txt"))])
    unites = list_unites(faits, Demande(2024, comptes=give_comptes(faits, 2024, lus)))
    assert [sort for _, sort in list_sorts(faits, 2024, lus, unites)] == [Sort.NEGATIF]


def test_several_identifiers_under_one_siren_are_not_cut(
    faits: Faits, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lus = read_donnes([("", write_exercice(tmp_path, nom=f"{UN}FEC20241231.txt"))])
    monkeypatch.setattr(
        "maillage.analyses.argent_public.comptes_donnes.index_sirens",
        lambda _faits: {UN: frozenset({1, 2})},
    )
    assert give_comptes(faits, 2024, lus) == {}
    assert [sort for _, sort in list_sorts(faits, 2024, lus, [])] == [Sort.PLUSIEURS]


def test_unknown_and_doubled_files_are_refused_together(faits: Faits, tmp_path: Path) -> None:
    (tmp_path / "bis").mkdir()
    lus = read_donnes(
        [
            ("", write_exercice(tmp_path)),
            ("", write_exercice(tmp_path, nom=f"{UN}FEC20241231.txt")),
            ("", write_exercice(tmp_path / "bis", nom=f"{UN}FEC20241231_2.txt")),
        ]
    )
    with pytest.raises(SaisieInvalide) as erreur:
        give_comptes(faits, 2024, lus)
    assert codes(erreur) == ["MLG-ARG-003", "MLG-ARG-004"]
    with pytest.raises(SaisieInvalide) as erreur:  # the same file, given twice
        give_comptes(faits, 2024, read_donnes([("", tmp_path / f"{UN}FEC20241231.txt")] * 2))
    assert codes(erreur) == ["MLG-ARG-004"]


def test_the_siren_is_that_of_the_name_or_the_one_given(tmp_path: Path) -> None:
    assert parse_mot("732 829 320=a=b.txt") == ("732829320", "a=b.txt")
    assert parse_mot("a.txt") == ("", "a.txt")
    sans_nom = write_exercice(tmp_path, nom="export.txt")
    (lu,) = read_donnes([("732829320", sans_nom)])
    assert lu.siren == "732829320"
    nomme = write_exercice(tmp_path)
    casse = tmp_path / "casse.txt"
    casse.write_text("rien", encoding="utf-8")
    rangs: list[int] = []
    with pytest.raises(FichierInvalide) as erreur:
        read_donnes(
            [
                ("", sans_nom),
                ("732829321", sans_nom),
                ("552100554", nomme),
                ("732829320", casse),
                ("732829320", sans_nom),
            ],
            rangs.append,
        )
    assert codes(erreur)[:3] == ["MLG-ARG-001", "MLG-ARG-002", "MLG-ARG-002"]
    assert codes(erreur)[3].startswith("MLG-FEC-")
    assert rangs == [1, 2, 3, 4, 5]


def test_a_calendar_year_begins_in_january_and_ends_in_december() -> None:
    assert is_civile(date(2024, 1, 1), date(2024, 12, 28), 2024)
    assert not is_civile(date(2023, 9, 1), date(2024, 8, 31), 2024)
    assert not is_civile(date(2024, 1, 1), date(2024, 11, 30), 2024)
    assert not is_civile(date(2024, 1, 1), date(2024, 12, 31), 2023)


def test_a_mapping_is_read(tmp_path: Path) -> None:
    fichier = tmp_path / "comptes.toml"
    fichier.write_text('[comptes]\n"7411" = "etat"\n7412 = "departement"\n', encoding="utf-8-sig")
    assert read_correspondance(fichier) == {"7411": "etat", "7412": "departement"}


def test_all_faults_of_a_mapping_are_told_with_their_lines(tmp_path: Path) -> None:
    fichier = tmp_path / "comptes.toml"
    with pytest.raises(Introuvable) as absent:
        read_correspondance(fichier)
    assert absent.value.anomalies[0].code == "MLG-ARG-010"
    fichier.write_text('[comptes]\n"641" = "etat"\n"7411" = "etats"\n"742" = 3\n', encoding="utf-8")
    with pytest.raises(FichierInvalide) as erreur:
        read_correspondance(fichier)
    assert codes(erreur) == ["MLG-ARG-012", "MLG-ARG-013", "MLG-ARG-013"]
    assert [a.ou.rpartition(" ")[2] for a in erreur.value.anomalies] == ["2", "3", "4"]
    assert "« etat »" in erreur.value.anomalies[1].que_faire.replace("\u00a0", " ").replace(
        "\u202f", " "
    )


@pytest.mark.parametrize(
    "octets",
    [
        b"[comptes\n",
        b"",
        b"[autre]\n",
        b"comptes = 3\n",
        b'[comptes]\n"74" = "etat"\n[x]\n',
        b"\xff\xfe",
        b"#" * (1 << 20) + b"##",
    ],
)
def test_what_is_not_a_mapping_is_refused(tmp_path: Path, octets: bytes) -> None:
    fichier = tmp_path / "comptes.toml"
    fichier.write_bytes(octets)
    with pytest.raises(FichierInvalide) as erreur:
        read_correspondance(fichier)
    assert codes(erreur) == ["MLG-ARG-011"]
