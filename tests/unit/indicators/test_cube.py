"""The cube: one figure, one series, and what it answers when it holds none."""

from __future__ import annotations

import numpy as np
import pytest

from maillage.indicators.cube import Cube, Releve
from maillage.indicators.gap_figures import key_agreement
from maillage.kernel.niveau import Niveau
from maillage.kernel.valeur import Absence, Colonne

CODES: dict[Niveau, tuple[str, ...]] = {Niveau.DEPARTEMENT: ("35", "56")}


@pytest.fixture
def cube() -> Cube:
    colonnes = {
        "2020": Colonne.from_valeurs([1, Absence.SECRETE]),
        "2021": Colonne.from_valeurs([2, 4]),
    }
    releve = Releve("population", Niveau.DEPARTEMENT, colonnes, {"2020": ("a",), "2021": ("b",)})
    return Cube("v", CODES, {("population", Niveau.DEPARTEMENT): releve})


def test_latest_period_unless_one_is_named(cube: Cube) -> None:
    assert cube.valeur("population", Niveau.DEPARTEMENT, "56") == 4
    assert cube.valeur("population", Niveau.DEPARTEMENT, "56", "2020") is Absence.SECRETE


def test_what_does_not_exist_has_no_object(cube: Cube) -> None:
    assert cube.valeur("inconnu", Niveau.DEPARTEMENT, "35") is Absence.SANS_OBJET
    assert cube.valeur("population", Niveau.DEPARTEMENT, "35", "1999") is Absence.SANS_OBJET


def test_series_is_in_order_and_empty_without_figures(cube: Cube) -> None:
    assert cube.serie("population", Niveau.DEPARTEMENT, "35") == [("2020", 1), ("2021", 2)]
    assert cube.serie("inconnu", Niveau.DEPARTEMENT, "35") == []


def test_unknown_territory_is_a_programming_error(cube: Cube) -> None:
    with pytest.raises(KeyError):
        cube.valeur("population", Niveau.DEPARTEMENT, "99")


def test_keys_do_not_agree_where_there_is_no_gap(cube: Cube) -> None:
    assert np.isnan(key_agreement(cube, Niveau.DEPARTEMENT)).all()
