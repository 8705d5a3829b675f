"""The values of the cap and of its waiver, as the parameters give them."""

from __future__ import annotations

from datetime import date

from maillage.regles.mise_a_disposition.parametrage import get_plafond


def test_values_of_the_law() -> None:
    plafond = get_plafond(date(2026, 11, 23))
    assert (plafond.nombre_heures, plafond.duree_mois) == (480, 24)
    assert (plafond.derogation_depuis, plafond.derogation_duree_max_ans) == (date(2021, 9, 1), 3)


def test_before_september_2021_no_waiver_is_known() -> None:
    assert get_plafond(date(2021, 8, 31)).derogation_depuis is None
    assert get_plafond(date(2021, 9, 1)).derogation_depuis == date(2021, 9, 1)
