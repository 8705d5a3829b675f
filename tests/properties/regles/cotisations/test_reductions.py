"""What the text implies for any pay: bounds, direction, nothing out of nothing, rows apart."""

from __future__ import annotations

from datetime import date

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

import maillage.regles.cotisations.formules as cotisations
import maillage.regles.smic.formules as smic
from maillage.regles.engine.calcul import compute
from maillage.regles.engine.formules import Regles
from maillage.regles.engine.legislation import load_legislation

REGLES = Regles.from_modules(smic, cotisations)
LAW = load_legislation()
PAYS = st.lists(st.floats(0, 200_000, allow_subnormal=False), min_size=1, max_size=8)
DAYS = st.dates(date(2014, 1, 1), date(2026, 11, 23))
SIZES = st.integers(0, 200)


def coefficients(pays: list[float], jour: date, effectif: int) -> np.ndarray[tuple[int], np.dtype[np.float64]]:  # fmt: skip
    n = len(pays)
    colonnes = {
        "remuneration": np.array(pays, dtype=np.float64),
        "nombre_heures_remunerees": np.full(n, 1820.0),
        "effectif": np.full(n, float(effectif)),
        "lecture_conges_payes": np.full(n, "sans_objet"),
    }
    resultat = compute(["coefficient_reduction"], colonnes, LAW, jour, REGLES)
    return np.asarray(resultat["coefficient_reduction"])


@given(PAYS, DAYS, SIZES)
def test_between_zero_and_what_the_employer_pays(pays: list[float], jour: date, n: int) -> None:
    obtenus = coefficients(pays, jour, n)
    assert ((obtenus >= 0) & (obtenus <= 0.4021)).all()


@given(PAYS, DAYS, SIZES)
def test_never_rises_with_the_pay(pays: list[float], jour: date, n: int) -> None:
    ordonnees = sorted(pay for pay in pays if pay > 0)
    if ordonnees:
        assert (np.diff(coefficients(ordonnees, jour, n)) <= 0).all()


@given(PAYS, DAYS, SIZES)
def test_four_decimals(pays: list[float], jour: date, n: int) -> None:
    obtenus = coefficients(pays, jour, n)
    assert np.allclose(obtenus * 10_000, np.round(obtenus * 10_000), atol=1e-8)


@given(DAYS, SIZES)
def test_nothing_out_of_nothing(jour: date, n: int) -> None:
    assert coefficients([0.0], jour, n) == [0.0]


@given(PAYS, DAYS, SIZES)
def test_one_row_is_many_rows_in_any_order(pays: list[float], jour: date, n: int) -> None:
    ensemble = coefficients(pays, jour, n)
    assert ensemble.tolist() == [coefficients([pay], jour, n)[0] for pay in pays]
    assert ensemble.tolist()[::-1] == coefficients(pays[::-1], jour, n).tolist()


@given(st.floats(0, 2000), st.floats(0, 400))
def test_exempted_hours_never_pass_750(cumul: float, heures: float) -> None:
    exonerees = cotisations.heures_exonerees_ai(
        np.array([cumul]), np.array([heures]), np.array([750.0])
    )[0]
    assert 0 <= exonerees <= heures
    assert cumul >= 750 or cumul + exonerees <= 750 + 1e-9
