"""Months of regularisation of each text."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from maillage.kernel.errors import SaisieInvalide
from maillage.regles.engine.erreurs import PeriodeNonModelisee
from maillage.regles.versement.regimes import (
    REGIME_2014,
    REGIME_2017,
    Regime,
    load_regime,
    read_regime,
)


def months(regime: Regime, duree: int) -> list[int]:
    (masque,) = regime.find_mois(np.array([duree]))
    rangs: list[int] = (np.flatnonzero(masque) + 1).tolist()
    return rangs


@pytest.mark.parametrize(
    ("duree", "attendus"),
    [(12, [5, 8, 11]), (11, [5, 8, 11]), (10, [5, 8]), (8, [5, 8]), (7, [5]), (5, [5]), (4, [])],
)
def test_since_2017_months_5_8_and_11_of_the_annexe(duree: int, attendus: list[int]) -> None:
    assert months(REGIME_2017, duree) == attendus


@pytest.mark.parametrize(
    ("duree", "attendus"), [(12, [11, 12]), (6, [5, 6]), (2, [1, 2]), (1, [1])]
)
def test_before_2017_the_two_last_months(duree: int, attendus: list[int]) -> None:
    assert months(REGIME_2014, duree) == attendus


@pytest.mark.parametrize(
    ("le", "regime"),
    [
        (date(2014, 1, 1), REGIME_2014),
        (date(2016, 12, 31), REGIME_2014),
        (date(2017, 1, 1), REGIME_2017),
        (date(2017, 1, 2), REGIME_2017),
        (date(2022, 7, 31), REGIME_2017),
        (date(2022, 8, 1), REGIME_2017),
        (date(2025, 1, 1), REGIME_2017),
    ],
)
def test_the_legal_value_gives_the_regime(le: date, regime: Regime) -> None:
    assert load_regime(le) == regime


def test_no_regime_is_known_before_2014_nor_after_the_last_check() -> None:
    for le in (date(2013, 12, 31), date(2027, 1, 1)):
        with pytest.raises(PeriodeNonModelisee):
            load_regime(le)


def test_a_reform_can_give_other_months() -> None:
    regime = read_regime([3, 6, 9])

    assert months(regime, 12) == [3, 6, 9]
    assert regime.solde_apres_fin
    assert "3, 6 et 9" in regime.texte


@pytest.mark.parametrize("valeur", ["chaque trimestre", [0], [13], ["5"], 5, None])
def test_what_is_not_a_list_of_months_is_refused(valeur: object) -> None:
    with pytest.raises(SaisieInvalide, match="MLG-REG-225"):
        read_regime(valeur)


@pytest.mark.parametrize(("mois", "derniers"), [((0,), 0), ((13,), 0), ((), 13), ((), -1)])
def test_a_regime_has_real_months(mois: tuple[int, ...], derniers: int) -> None:
    with pytest.raises(ValueError, match="between 1 and 12"):
        Regime(mois=mois, derniers_mois=derniers, solde_apres_fin=True, texte="essai")
