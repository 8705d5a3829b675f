"""ETP and hours, by the divisor of the row's own annexe."""

from __future__ import annotations

import numpy as np
import pytest

from maillage.kernel.errors import SaisieInvalide
from maillage.regles.aide_au_poste.etp import (
    etp_conventionnes_annuels,
    etp_realises_annuels,
    etp_realises_mensuels,
    heures_from_etp_annuels,
    heures_from_etp_mensuels,
)

HEURES = np.array([1820.0, 151.67, 0.0])
DIVISEURS = np.array([1820.0, 1607.0, 1505.0])


def test_hours_become_etp_with_the_divisor_of_the_row() -> None:
    annuels = etp_realises_annuels(HEURES, DIVISEURS)

    assert annuels.tolist() == [1.0, 151.67 / 1607, 0.0]
    assert etp_realises_mensuels(HEURES, DIVISEURS).tolist() == [12.0, 151.67 / 1607 * 12, 0.0]


def test_etp_become_hours_again() -> None:
    annuels = etp_realises_annuels(HEURES, DIVISEURS)
    mensuels = etp_realises_mensuels(HEURES, DIVISEURS)

    np.testing.assert_allclose(heures_from_etp_annuels(annuels, DIVISEURS), HEURES, rtol=1e-12)
    np.testing.assert_allclose(heures_from_etp_mensuels(mensuels, DIVISEURS), HEURES, rtol=1e-12)


def test_two_annexes_of_one_kind_may_have_two_divisors() -> None:
    """An ETTI: 1 600 hours in one source, 1 607 in the other; the annexe decides."""
    annuels = etp_realises_annuels(np.array([1600.0, 1600.0]), np.array([1600.0, 1607.0]))

    assert annuels.tolist() == [1.0, 1600 / 1607]


def test_unknown_hours_stay_unknown() -> None:
    assert np.isnan(etp_realises_mensuels(np.array([np.nan]), np.array([1820.0]))).all()


@pytest.mark.parametrize("diviseur", [0.0, -1820.0, np.nan])
def test_every_row_without_a_divisor_is_named(diviseur: float) -> None:
    with pytest.raises(SaisieInvalide, match="MLG-REG-210") as erreur:
        etp_realises_annuels(np.ones(3), np.array([diviseur, 1820.0, diviseur]))
    assert erreur.value.anomalies[0].ou == "lignes 1 et 3"


def test_one_row_without_a_divisor_is_named_in_the_singular() -> None:
    with pytest.raises(SaisieInvalide) as erreur:
        heures_from_etp_annuels(np.ones(2), np.array([1820.0, 0.0]))
    assert erreur.value.anomalies[0].ou == "ligne 2"


def test_agreed_etp_over_the_year() -> None:
    annuels = etp_conventionnes_annuels(np.array([743, 2000]), np.array([8, 12]))

    np.testing.assert_allclose(annuels, [7.43 * 8 / 12, 20.0])
