from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest

from maillage.kernel.errors import SaisieInvalide
from maillage.kernel.francais import guillemets
from maillage.regles.cotisations.formules import (
    coefficient_reduction_generale,
    coefficient_rgdu,
    reduction_cotisations,
    smic_retenu_2014_2025,
)
from maillage.regles.cotisations.lecture import LectureCongesPayes


def column(*valeurs: float) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.array(valeurs, dtype=np.float64)


def test_an_unknown_reading_is_refused_by_name() -> None:
    with pytest.raises(SaisieInvalide) as caught:
        smic_retenu_2014_2025(column(1, 1), np.array(["smic_corrigé", "au hasard"]))
    assert [a.code for a in caught.value.anomalies] == ["MLG-COT-001", "MLG-COT-001"]
    assert guillemets("au hasard") in caught.value.anomalies[0].quoi
    assert guillemets("smic_corrige") in caught.value.anomalies[0].que_faire


def test_readings_side_by_side() -> None:
    lectures = np.array([lecture.value for lecture in LectureCongesPayes])
    assert smic_retenu_2014_2025(column(100, 100, 100), lectures) == pytest.approx([100, 110, 100])
    assert len({lecture.libelle for lecture in LectureCongesPayes}) == 3


def test_an_unknown_pay_stays_unknown() -> None:
    pay, smic, t = column(np.nan), column(1000), column(0.3194)
    assert np.isnan(coefficient_reduction_generale(pay, smic, t, column(1.6), column(4)))
    assert np.isnan(
        coefficient_rgdu(pay, smic, column(0.3781), column(0.02), column(1.75), column(3))
    )
    assert np.isnan(reduction_cotisations(pay, t))


def test_a_tie_goes_up() -> None:
    # T × ½ = 0.15965: between two ten-thousandths, the nearest upwards is 0.1597
    pay, smic = column(1.6 / 1.3), column(1)
    assert (
        coefficient_reduction_generale(pay, smic, column(0.3193), column(1.6), column(4)) == 0.1597
    )


def test_three_smic_to_the_cent_are_three_smic_whatever_the_hours() -> None:
    """Found by the OpenFisca adapter: 119 of these 2 000 pays kept 2 %, by a bit of the last place."""
    heures = range(1, 2001)
    pay = column(*(float(Decimal("12.02") * 3 * nombre) for nombre in heures))
    smic = 12.02 * column(*heures)
    n = len(pay)
    parametres = [np.full(n, valeur) for valeur in (0.3781, 0.02, 1.75, 3.0)]
    assert not coefficient_rgdu(pay, smic, *parametres).any()
    assert (coefficient_rgdu(pay - 0.01, smic, *parametres) == 0.02).all()


def test_a_worked_month_of_an_ai() -> None:
    """Both readings of one hour at the SMIC of 2026 paid with a tenth more: 8.56 points apart."""
    parametres = (column(0.3781), column(0.02), column(1.75), column(3))
    non_corrige = coefficient_rgdu(column(13.222), column(12.02), *parametres)
    corrige = coefficient_rgdu(column(13.222), column(12.02 * 1.1), *parametres)
    assert (non_corrige[0], corrige[0]) == (0.3125, 0.3981)


def test_a_year_a_hair_under_three_smic_by_its_sums_is_at_three_smic() -> None:
    """Twelve months at three SMIC may add up one binary unit under three times their SMIC."""
    smic = column(21_876.4)
    juste = np.nextafter(3 * smic, 0)
    parametres = (column(0.3781), column(0.02), column(1.75), column(3))
    assert coefficient_rgdu(juste, smic, *parametres) == 0
    assert coefficient_rgdu(3 * smic - 0.01, smic, *parametres) == 0.02
