"""When the aide of an annexe is set against what was really done, by the texts in force at its start."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from maillage.kernel.francais import format_mois, format_ordinal
from maillage.regles.engine.erreurs import PeriodeNonModelisee
from maillage.regles.versement.hypotheses import HYPOTHESES
from maillage.regles.versement.regimes import load_regime

if TYPE_CHECKING:
    from maillage.regles.versement.regimes import Regime

MOIS_PAR_AN = 12


@dataclass(frozen=True, slots=True)
class Echeance:
    """A month in which the ASP corrects the twelfths paid.

    Attributes:
        mois: First day of the month.
        is_solde: Whether it is the settlement in the month after the end.
        rang: Month of the annexe, from 1; its length + 1 for the settlement.
        texte: Where it comes from.
    """

    mois: date
    is_solde: bool
    rang: int
    texte: str

    @property
    def libelle(self) -> str:
        """« août 2025 (8e mois de l’annexe) »."""
        quoi = (
            "mois qui suit la fin de l’annexe"
            if self.is_solde
            else f"{format_ordinal(self.rang)} mois de l’annexe"
        )
        return f"{format_mois(self.mois.year, self.mois.month)} ({quoi})"


LECTURE_DES_MOIS = HYPOTHESES.mois_observes.value
"""Which months a regularisation looks at: a reading of Maillage, the texts leave it open."""


def list_echeances(debut: date, fin: date) -> tuple[Echeance, ...]:
    """Months of regularisation of an annexe; empty when no text is known for its first day.

    Args:
        debut: First day of the annexe.
        fin: Last day.
    """
    duree = _count_months(debut, fin)
    regime = _find_regime(debut) if 1 <= duree <= MOIS_PAR_AN else None
    if regime is None:
        return ()
    rangs = [int(rang) + 1 for rang in np.flatnonzero(regime.find_mois(np.array([duree]))[0])]
    if regime.solde_apres_fin:
        rangs.append(duree + 1)
    return tuple(
        Echeance(_shift(debut, rang - 1), rang > duree, rang, regime.texte) for rang in rangs
    )


def explain_absence(debut: date, fin: date) -> str:
    """Why an annexe has no calendar; empty when it has one."""
    duree = _count_months(debut, fin)
    if not 1 <= duree <= MOIS_PAR_AN:
        return f"elle dure {duree} mois, et le calendrier n’est connu que d’un à douze."
    if _find_regime(debut) is None:
        return f"aucun texte connu de Maillage ne le donne pour une annexe qui commence en {debut.year}."
    return ""


def next_echeance(debut: date, fin: date, apres: date) -> Echeance | None:
    """The first regularisation that follows a day, None when all are past or none is known."""
    mois = apres.replace(day=1)
    return next((e for e in list_echeances(debut, fin) if e.mois > mois), None)


def _count_months(debut: date, fin: date) -> int:
    return (fin.year - debut.year) * MOIS_PAR_AN + fin.month - debut.month + 1


def _find_regime(debut: date) -> Regime | None:
    try:
        return load_regime(debut)
    except PeriodeNonModelisee:
        return None


def _shift(jour: date, mois: int) -> date:
    """First day of the month that comes so many months later."""
    total = jour.year * MOIS_PAR_AN + jour.month - 1 + mois
    return date(total // MOIS_PAR_AN, total % MOIS_PAR_AN + 1, 1)
