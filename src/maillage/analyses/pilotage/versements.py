"""When the aide of an annexe is set against what was really done, by the texts in force at its start."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from maillage.regles.engine.erreurs import PeriodeNonModelisee
from maillage.regles.versement.regimes import load_regime

if TYPE_CHECKING:
    from collections.abc import Iterator

MOIS_PAR_AN = 12


@dataclass(frozen=True, slots=True)
class Echeance:
    """A month in which the ASP corrects the twelfths paid.

    Attributes:
        mois: First day of the month.
        is_solde: Whether it is the settlement in the month after the end.
        texte: Where it comes from.
    """

    mois: date
    is_solde: bool
    texte: str


def list_echeances(debut: date, fin: date) -> tuple[Echeance, ...]:
    """Months of regularisation of an annexe; empty when no text is known for its first day.

    Args:
        debut: First day of the annexe.
        fin: Last day.
    """
    duree = (fin.year - debut.year) * MOIS_PAR_AN + fin.month - debut.month + 1
    if not 1 <= duree <= MOIS_PAR_AN:
        return ()
    try:
        regime = load_regime(debut)
    except PeriodeNonModelisee:
        return ()
    return tuple(_list(regime.find_mois(np.array([duree]))[0].tolist(), debut, regime.texte)) + (
        (Echeance(_shift(fin, 1), True, regime.texte),) if regime.solde_apres_fin else ()  # noqa: FBT003
    )


def next_echeance(debut: date, fin: date, apres: date) -> Echeance | None:
    """The first regularisation that follows a day, None when all are past or none is known."""
    mois = apres.replace(day=1)
    return next((e for e in list_echeances(debut, fin) if e.mois > mois), None)


def _list(choisis: list[bool], debut: date, texte: str) -> Iterator[Echeance]:
    for rang, choisi in enumerate(choisis):
        if choisi:
            yield Echeance(_shift(debut, rang), False, texte)  # noqa: FBT003


def _shift(jour: date, mois: int) -> date:
    """First day of the month that comes so many months later."""
    total = jour.year * MOIS_PAR_AN + jour.month - 1 + mois
    return date(total // MOIS_PAR_AN, total % MOIS_PAR_AN + 1, 1)
