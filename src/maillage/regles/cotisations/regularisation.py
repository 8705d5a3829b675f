"""The reduction over a year: month after month in cumul, or once at its end.

The code computes the reduction for the year (« SMIC calculé pour un an », « rémunération annuelle
brute »); the employer applies it ahead, each month, and puts it right either progressively or with
the contributions of the last month. Both ways add up to the reduction of the year.

Source:
    Code de la sécurité sociale, D241-7 (read) and D241-8 to D241-9; the latter two were not read
    themselves. Their two methods were read in the text that applies the same reduction to Mayotte
    (LEGIARTI000038025253), in OpenFisca-France and in Liaisons sociales: confidence B. The division
    of a year whose maximal coefficient changes is that of the BOSS (allègements généraux, § 460), as
    a payroll site reports it: confidence B. Its tolerance for 2025 (one average coefficient) was not
    read and is not modelled.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from maillage.kernel.errors import Anomalie, SaisieInvalide
from maillage.kernel.francais import join_fr, pluriel
from maillage.regles.engine.calcul import compute

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    from maillage.regles.cotisations.lecture import LectureCongesPayes
    from maillage.regles.engine.legislation import Legislation

    Euros = NDArray[np.float64]

_COEFFICIENTS = ("coefficient_maximal", "t_delta")
"""Formulas whose value, when it changes, divides the year: until 2025, then from 2026."""
_PREMIERE_ANNEE_RGDU = 2026


class Methode(StrEnum):
    """How what is applied ahead is brought to the reduction of the year."""

    PROGRESSIVE = "progressive"
    FIN_D_ANNEE = "fin_d_annee"

    @property
    def libelle(self) -> str:
        """The method, in one French sentence."""
        return _LIBELLES[self]


_LIBELLES = {
    Methode.PROGRESSIVE: (
        "À chaque échéance, la réduction se calcule sur les rémunérations et le SMIC cumulés depuis "
        "le début de l’année ou l’embauche, moins ce qui a déjà été appliqué."
    ),
    Methode.FIN_D_ANNEE: (
        "Chaque mois se calcule seul ; le dernier mois de l’année ou du contrat porte l’écart avec "
        "la réduction de l’année."
    ),
}


@dataclass(frozen=True, slots=True, eq=False)
class Paie:
    """Months of pay of n persons, in the same year.

    Attributes:
        jours: A day of each month, in order, all of one year. Shape `(m,)`, datetime64[D].
        remuneration: Gross pay of each month, euros; 0 outside the contract. Shape `(n, m)`.
        nombre_heures: Paid hours of each month. Shape `(n, m)`.
        effectif: Employees of the employer, in the meaning of L130-1 CSS. Shape `(n,)`.
        lecture: Reading of the SMIC under the paid-leave indemnity.

    Raises:
        ValueError: shapes differ, or the days are not in order in one year.
        SaisieInvalide: MLG-COT-002, a pay or a number of hours is negative or unknown.
    """

    jours: NDArray[np.datetime64]
    remuneration: Euros
    nombre_heures: Euros
    effectif: NDArray[np.float64]
    lecture: LectureCongesPayes

    def __post_init__(self) -> None:
        forme = (len(self.effectif), len(self.jours))
        if self.remuneration.shape != forme or self.nombre_heures.shape != forme:
            msg = f"pay and hours of shape {forme} expected"
            raise ValueError(msg)
        mois = self.jours.astype("datetime64[M]").astype(int)
        annees = set(self.jours.astype("datetime64[Y]").astype(int).tolist())
        if len(annees) != 1 or (np.diff(mois) <= 0).any():
            msg = "the months of one year, each once, in order"
            raise ValueError(msg)
        fautives = ~((self.remuneration >= 0) & (self.nombre_heures >= 0))
        if fautives.any():
            lignes = (np.flatnonzero(fautives.any(axis=1)) + 1).tolist()
            raise SaisieInvalide(
                Anomalie(
                    "MLG-COT-002",
                    "Une rémunération ou un nombre d’heures est négatif ou inconnu.",
                    "Corrigez ces mois : une année ne se régularise pas avec un mois inconnu.",
                    f"{pluriel(len(lignes), 'ligne', 'lignes')} {join_fr(map(str, lignes))}",
                )
            )


@dataclass(frozen=True, slots=True, eq=False)
class ReductionAnnuelle:
    """What is applied each month, and the reduction of the year.

    Attributes:
        appliquee: Reduction of each month, negative for what is taken back. Euros, not rounded.
            Shape `(n, m)`.
        annuelle: Reduction of the year; the months add up to it. Shape `(n,)`.
        isolee: What each month alone would give, without any regularisation. Shape `(n, m)`.
    """

    appliquee: Euros
    annuelle: Euros
    isolee: Euros

    @property
    def ecart(self) -> Euros:
        """Reduction of the year less the sum of the months taken alone. Shape `(n,)`."""
        ecart: Euros = self.annuelle - self.isolee.sum(axis=1)
        return ecart


def regulariser(paie: Paie, methode: Methode, legislation: Legislation) -> ReductionAnnuelle:
    """Reduction of each month so that the year is right.

    Where the maximal coefficient changes during the year, each part is a year of its own: what was
    applied before the change is not put right after it.

    Args:
        paie: Months of pay.
        methode: When what was applied ahead is put right.
        legislation: The law.

    Raises:
        PeriodeNonModelisee: a parameter is not known in a month.
        SaisieInvalide: the reading of the paid leave does not exist (MLG-COT-001).

    Source:
        Code de la sécurité sociale, L241-13, III, D241-7, D241-8 and D241-9; see the module.
    """
    isolee = _compute(paie, legislation)
    appliquee = np.empty_like(isolee)
    annuelle = np.zeros(len(paie.effectif))
    smic = _smic(paie, legislation)
    for debut, fin in _parts(paie, legislation):
        tranche = slice(debut, fin)
        cumul = np.cumsum(paie.remuneration[:, tranche], axis=1)
        cumul_smic = np.cumsum(smic[:, tranche], axis=1)
        total = _reduce(paie, tranche, (cumul, cumul_smic), legislation)
        annuelle += total[:, -1]
        appliquee[:, tranche] = (
            np.diff(total, axis=1, prepend=0)
            if methode is Methode.PROGRESSIVE
            else _settle_at_end(paie.remuneration[:, tranche], total[:, -1], isolee[:, tranche])
        )
    return ReductionAnnuelle(appliquee, annuelle, isolee)


def _settle_at_end(remuneration: Euros, annuelle: Euros, isolee: Euros) -> Euros:
    """Months alone, the last paid one carries the difference with the year."""
    payes = remuneration > 0
    mois = payes.shape[1]
    dernier = np.where(payes.any(axis=1), mois - 1 - payes[:, ::-1].argmax(axis=1), mois - 1)
    appliquee = isolee.copy()
    appliquee[np.arange(len(appliquee)), dernier] += annuelle - isolee.sum(axis=1)
    return appliquee


def _parts(paie: Paie, legislation: Legislation) -> list[tuple[int, int]]:
    """Bounds of the parts of the year within which the maximal coefficient stays the same."""
    maxima = _maxima(paie, legislation)
    coupures = np.flatnonzero((np.diff(maxima, axis=1) != 0).any(axis=0)) + 1
    bornes = [0, *coupures.tolist(), len(paie.jours)]
    return list(pairwise(bornes))


def _maxima(paie: Paie, legislation: Legislation) -> Euros:
    """Maximal coefficient, or Tdelta, of each month. Shape `(n, m)`."""
    premier: date = paie.jours[0].item()
    cible = _COEFFICIENTS[premier.year >= _PREMIERE_ANNEE_RGDU]
    resultat = compute([cible], _columns(paie), legislation, _days(paie))
    return np.asarray(resultat[cible]).reshape(paie.remuneration.shape)


def _smic(paie: Paie, legislation: Legislation) -> Euros:
    """SMIC of the formula for the hours of each month: a year's is the sum of its months'."""
    resultat = compute(["smic_retenu"], _columns(paie), legislation, _days(paie))
    return np.asarray(resultat["smic_retenu"]).reshape(paie.remuneration.shape)


def _compute(paie: Paie, legislation: Legislation) -> Euros:
    """Reduction of each month taken alone."""
    resultat = compute(["reduction_cotisations"], _columns(paie), legislation, _days(paie))
    return np.asarray(resultat["reduction_cotisations"]).reshape(paie.remuneration.shape)


def _reduce(
    paie: Paie, tranche: slice, cumuls: tuple[Euros, Euros], legislation: Legislation
) -> Euros:
    """Reduction of the cumulated pay, against the cumulated SMIC, at each month of a part."""
    remuneration, smic = cumuls
    jours = np.broadcast_to(paie.jours[tranche], remuneration.shape).ravel()
    colonnes = {
        "remuneration": remuneration.ravel(),
        "smic_retenu": smic.ravel(),
        "effectif": np.broadcast_to(paie.effectif[:, None], remuneration.shape).ravel(),
    }
    resultat = compute(["reduction_cotisations"], colonnes, legislation, jours)
    return np.asarray(resultat["reduction_cotisations"]).reshape(remuneration.shape)


def _columns(paie: Paie) -> dict[str, NDArray[np.generic]]:
    forme = paie.remuneration.shape
    return {
        "remuneration": paie.remuneration.ravel(),
        "nombre_heures_remunerees": paie.nombre_heures.ravel(),
        "effectif": np.broadcast_to(paie.effectif[:, None], forme).ravel(),
        "lecture_conges_payes": np.full(forme[0] * forme[1], paie.lecture.value),
    }


def _days(paie: Paie) -> NDArray[np.datetime64]:
    return np.broadcast_to(paie.jours, paie.remuneration.shape).ravel()
