"""A figure is a number, or says why it is not one."""

from __future__ import annotations

import math

import numpy as np
import pytest

from maillage.kernel.valeur import CONNUE, Absence, Colonne, Valeur, absence_from_code, code_etat

CODES = {
    Absence.INCONNUE: 1,
    Absence.SECRETE: 2,
    Absence.EN_RETARD: 3,
    Absence.PAS_ENCORE_PUBLIEE: 4,
    Absence.SANS_OBJET: 5,
}


def test_state_codes_are_those_of_stored_files() -> None:
    """Stored in Parquet: a renumbering would silently change what old files say."""
    assert {absence: code_etat(absence) for absence in Absence} == CODES
    assert code_etat(0.0) == CONNUE == 0


@pytest.mark.parametrize("absence", list(Absence))
def test_codes_come_back(absence: Absence) -> None:
    assert absence_from_code(code_etat(absence)) is absence
    assert absence.code.isascii()
    assert absence.code == absence.name.lower()


@pytest.mark.parametrize("code", [0, 6, -1])
def test_an_unknown_code_is_refused(code: int) -> None:
    with pytest.raises(ValueError, match=rf"state code {code} is not one of \[1, 2, 3, 4, 5\]"):
        absence_from_code(code)


@pytest.mark.parametrize("absence", list(Absence))
def test_no_arithmetic_turns_an_absence_into_a_number(absence: Absence) -> None:
    with pytest.raises(TypeError):
        absence + 1  # type: ignore[operator]
    with pytest.raises(TypeError):
        float(absence)  # type: ignore[arg-type]


def test_a_column_gives_its_figures_back() -> None:
    valeurs: list[Valeur] = [0.0, Absence.SECRETE, -1.5, Absence.SANS_OBJET]
    colonne = Colonne.from_valeurs(valeurs)
    assert list(colonne) == valeurs
    assert [colonne[position] for position in range(4)] == valeurs
    assert len(colonne) == 4
    assert colonne.connues.tolist() == [True, False, True, False]
    assert math.isnan(colonne.nombres[1])
    assert type(colonne[0]) is float


def test_a_column_of_numbers_says_why_some_are_missing() -> None:
    colonne = Colonne.from_nombres(np.array([1.0, np.nan]), Absence.EN_RETARD)
    assert list(colonne) == [1.0, Absence.EN_RETARD]
    assert (colonne.nombres.dtype.name, colonne.etats.dtype.name) == ("float64", "uint8")


def test_an_empty_column() -> None:
    assert list(Colonne.from_valeurs([])) == []


def test_shapes_must_agree() -> None:
    with pytest.raises(ValueError, match="shapes differ"):
        Colonne(np.array([1.0]), np.array([0, 0], dtype=np.uint8))


@pytest.mark.parametrize(("nombre", "etat"), [(np.nan, 0), (1.0, 2)])
def test_a_figure_is_missing_exactly_where_its_state_says_so(nombre: float, etat: int) -> None:
    with pytest.raises(ValueError, match="NaN exactly where"):
        Colonne(np.array([nombre]), np.array([etat], dtype=np.uint8))
