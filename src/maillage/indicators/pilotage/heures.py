"""Hours and gross pay that some structures entered over some months: what their accounts are divided by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from maillage.indicators.pilotage.etp import PERIMETRES, PILOTAGE
from maillage.indicators.pilotage.faits import FAIT
from maillage.indicators.pilotage.structures import index_structures
from maillage.kernel.valeur import Absence, Valeur

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import date

    from numpy.typing import NDArray

    from maillage.indicators.pilotage.lecture import Faits
    from maillage.indicators.pilotage.structures import Cle

_CENT = 100


@dataclass(frozen=True, slots=True)
class Heures:
    """What was entered over some months; an absence as soon as one month lacks.

    Attributes:
        travaillees: Hours worked.
        facturees: Hours billed; unknown when nobody wrote them.
        salaire_brut: Gross pay of the people in insertion, euros; unknown when nobody wrote it.
        manquants: First day of each month without a whole entry: late, to come, or without an annexe.
    """

    travaillees: Valeur
    facturees: Valeur
    salaire_brut: Valeur
    manquants: tuple[date, ...]


def sum_heures(faits: Faits, cles: Collection[Cle], mois: Sequence[date]) -> Heures:
    """Hours and pay of some structures over some months, all their annexes together.

    Args:
        faits: Of an extract.
        cles: (asp_id, type) of each structure.
        mois: First day of each month, each once.
    """
    index = index_structures(faits)
    connues = np.array([cle in cles for cle in index.cles], dtype=bool)
    choisies = connues[index.rangs] & faits.annexe(PERIMETRES[PILOTAGE])
    numeros = faits.month("annee").astype(np.int64) * 12 + faits.month("mois") - 1
    voulus = np.array([jour.year * 12 + jour.month - 1 for jour in mois], dtype=np.int64)
    garde = choisies[faits.rangs] & faits.month("dans_la_periode") & np.isin(numeros, voulus)
    faites = garde & (faits.month("statut") == FAIT)
    incomplets = set(numeros[garde & ~faites].tolist())
    entiers = set(numeros[faites].tolist()) - incomplets
    manquants = tuple(
        jour for jour, numero in zip(mois, voulus.tolist(), strict=True) if numero not in entiers
    )
    if manquants or not faits.has_saisies:
        return make_unknown(manquants)
    return Heures(
        travaillees=_add(faits, faites, "heures_centiemes"),
        facturees=_add(faits, faites, "heures_facturees_centiemes"),
        salaire_brut=_add(faits, faites, "salaire_brut_centimes"),
        manquants=(),
    )


def make_unknown(manquants: Iterable[date]) -> Heures:
    """No figure, and the months for which it lacks."""
    inconnue = Absence.INCONNUE
    return Heures(inconnue, inconnue, inconnue, tuple(manquants))


def _add(faits: Faits, lignes: NDArray[np.bool_], nom: str) -> Valeur:
    if not faits.knows_month(nom)[lignes].any():
        return Absence.INCONNUE
    return int(faits.month(nom)[lignes].sum()) / _CENT
