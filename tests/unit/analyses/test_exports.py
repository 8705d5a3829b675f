"""Plain forms of results: the columns that people reuse, and cells that no spreadsheet runs."""

from __future__ import annotations

import csv
import io
import json

import pytest
from factories.cli import make_chiffre, make_cibles, make_diagnostic

from maillage.analyses.exports import (
    Rangee,
    chiffre_to_dict,
    cibles_rows,
    cibles_to_dict,
    diagnostic_rows,
    diagnostic_to_dict,
    neutralise,
    rows_to_csv,
    tableau_rows,
)
from maillage.kernel.valeur import Absence


@pytest.mark.parametrize(
    ("cellule", "texte"),
    [
        ("=1+1", "'=1+1"),
        ("+cmd", "'+cmd"),
        ("-cmd|' /C calc'!A0", "'-cmd|' /C calc'!A0"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("-12.5", "-12.5"),
        ("+3", "+3"),
        ("Rennes", "Rennes"),
        ("01", "01"),
        (-3.0, "-3"),
        (0.1, "0.1"),
        (1e20, "100000000000000000000"),
        (12, "12"),
        (None, ""),
        ("", ""),
    ],
)
def test_cells(cellule: str | float | None, texte: str) -> None:
    assert neutralise(cellule) == texte


def test_csv_is_read_back_with_its_header_and_quotes() -> None:
    rows: list[Rangee] = [
        {"nom": 'Le "Havre", ville', "valeur": 1.5},
        {"nom": "=A1", "valeur": None},
    ]

    texte = rows_to_csv(rows)

    assert list(csv.reader(io.StringIO(texte))) == [
        ["nom", "valeur"],
        ['Le "Havre", ville', "1.5"],
        ["'=A1", ""],
    ]
    assert rows_to_csv(rows, bom=True) == "\ufeff" + texte
    assert rows_to_csv([]) == ""
    assert rows_to_csv([], bom=True) == "\ufeff"


def test_rows_with_other_columns_are_a_programming_error() -> None:
    with pytest.raises(ValueError, match="differ"):
        rows_to_csv([{"a": 1}, {"b": 1}])


def test_a_figure_carries_value_unit_state_and_pedigree() -> None:
    plain = chiffre_to_dict(make_chiffre(12.5))

    assert list(plain) == [
        "indicateur",
        "nom",
        "niveau",
        "code",
        "territoire",
        "periode",
        "valeur",
        "etat",
        "motif",
        "unite",
        "reperes",
        "rang",
        "pedigree",
    ]
    assert (plain["valeur"], plain["etat"]) == (12.5, "connue")
    assert plain["pedigree"]["sources"]


@pytest.mark.parametrize("absence", list(Absence))
def test_an_absent_figure_is_null_and_says_its_state(absence: Absence) -> None:
    plain = chiffre_to_dict(make_chiffre(absence))
    row = tableau_rows([make_chiffre(absence)])[0]

    assert (plain["valeur"], plain["etat"]) == (None, absence.code)
    assert (row["valeur"], row["etat"]) == (None, absence.code)


def test_a_diagnosis_is_plain_and_its_rows_have_one_shape() -> None:
    diagnostic = make_diagnostic()

    plain = json.loads(json.dumps(diagnostic_to_dict(diagnostic), allow_nan=False))

    assert list(plain) == [
        "territoire",
        "phrases",
        "avertissements",
        "cles",
        "sections",
        "courbes",
        "ecarts",
        "comparables",
        "communes",
        "structures",
    ]
    rows = diagnostic_rows(diagnostic)
    assert rows
    assert len({tuple(row) for row in rows}) == 1


def test_targets_are_plain_and_name_the_state_of_their_empty_cells() -> None:
    cibles = make_cibles()

    plain = json.loads(json.dumps(cibles_to_dict(cibles), allow_nan=False))

    assert {"phrases", "limites", "totaux", "correlations", "departements"} < set(plain)
    rows = cibles_rows(cibles)
    assert len(rows) == len(cibles.departements)
    for row in rows:
        empty = {name for name, cell in row.items() if cell is None}
        assert {part.split("=")[0] for part in str(row["absences"]).split("|") if part} == empty
