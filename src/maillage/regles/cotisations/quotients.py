"""Quotients of the reductions: an unknown stays unknown, and a coefficient is rounded once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from maillage.regles.cotisations.lecture import LectureCongesPayes, check_lectures

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from maillage.regles.engine.unites import Euros, Nombre, Taux, Texte

INDEMNITE_CONGES_PAYES = 0.10
"""A tenth of the pay (Code du travail, L3141-24; L1242-16 for fixed-term contracts)."""
# A product such as 0.3194 × 0.5 may fall a hair under its tie in binary; this puts it back.
_RESIDU_BINAIRE = 1e-9


def correct_smic(smic: Euros, lecture_conges_payes: Texte) -> Euros:
    """SMIC of the formula, raised by the paid-leave indemnity where the reading says so.

    Raises:
        SaisieInvalide: MLG-COT-001, a reading does not exist.
    """
    check_lectures({str(lecture) for lecture in np.unique(lecture_conges_payes)})
    corrige = lecture_conges_payes == LectureCongesPayes.SMIC_CORRIGE.value
    return np.where(corrige, smic * (1 + INDEMNITE_CONGES_PAYES), smic)


def round_half_up(coefficient: Taux, echelle: Nombre) -> Taux:
    """To the nearest unit of the scale, halves upwards (D241-7: to the nearest ten-thousandth)."""
    arrondi: Taux = np.floor(coefficient * echelle + 0.5 + _RESIDU_BINAIRE) / echelle
    return arrondi


def smic_over_pay(smic: Euros, remuneration: Euros) -> Nombre:
    """SMIC over pay, at most 1: below the SMIC the coefficient is at its maximum. 0 without pay.

    Bounded before dividing, so that a pay of a millionth of a cent does not overflow.
    """
    vide = np.zeros(remuneration.shape, dtype=np.float64)
    borne = np.maximum(remuneration, smic)
    # `not (pay ≤ 0)`, so that an unknown pay stays unknown.
    return np.divide(smic, borne, out=vide, where=~(remuneration <= 0))


def ratio(numerateur: NDArray[np.float64], denominateur: NDArray[np.float64]) -> Nombre:
    """Quotient, 0 where there is nothing to divide by; an unknown stays unknown."""
    vide = np.zeros(denominateur.shape, dtype=np.float64)
    return np.divide(numerateur, denominateur, out=vide, where=denominateur != 0)
