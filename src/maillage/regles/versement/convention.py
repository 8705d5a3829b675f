"""What n annexes agree, period by period, and what it gives month after month, in whole cents.

An annexe whose terms change has several periods; the others have one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from maillage.regles.aide_au_poste.arrondi import prorata
from maillage.regles.aide_au_poste.lignes import MOIS_PAR_AN
from maillage.regles.versement.hypotheses import Compensation, Mensualite, Plafond

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from maillage.regles.aide_au_poste.arrondi import Entiers
    from maillage.regles.versement.hypotheses import HypothesesVersement

_RANGS = np.arange(1, MOIS_PAR_AN + 1)


@dataclass(frozen=True, slots=True, eq=False)
class Convention:
    """Terms of n annexes, by period. A row with fewer periods than another repeats its last month.

    Attributes:
        dernier_mois: Last month of each period, counted from 1; that of the last period is the
            length of the annexe. Shape `(n, s)`.
        montant: Agreed amount of each period, in cents; 0 for an empty period. Shape `(n, s)`.
        occupation_convenue: Agreed occupation of one month of the period, in the unit of the
            occupation. Shape `(n, s)`.

    Raises:
        ValueError: shapes differ, periods are not in order, a figure is negative, or an empty
            period has an amount.
    """

    dernier_mois: Entiers
    montant: Entiers
    occupation_convenue: Entiers

    def __post_init__(self) -> None:
        formes = {self.dernier_mois.shape, self.montant.shape, self.occupation_convenue.shape}
        if len(formes) != 1 or self.dernier_mois.ndim != 2:  # noqa: PLR2004 — rows and periods
            msg = f"one shape (n, s) expected, found {sorted(formes)}"
            raise ValueError(msg)
        longueurs = np.diff(self.dernier_mois, axis=1, prepend=0)
        if (
            (longueurs < 0).any()
            or (self.montant < 0).any()
            or (self.occupation_convenue < 0).any()
        ):
            msg = "periods are in order, and no figure is negative"
            raise ValueError(msg)
        if self.montant[longueurs == 0].any():
            msg = "an empty period has no amount"
            raise ValueError(msg)

    @property
    def montant_total(self) -> Entiers:
        """Agreed amount of the annexe, in cents. Shape `(n,)`."""
        total: Entiers = self.montant.sum(axis=1)
        return total


def _list_periodes(convention: Convention) -> Iterator[tuple[Entiers, Entiers, Entiers, Entiers]]:
    """Months before each period, its length, its amount, its agreed occupation. `(n, 1)` each."""
    avant = np.zeros((len(convention.montant), 1), dtype=np.int64)
    for rang in range(convention.montant.shape[1]):
        fin = convention.dernier_mois[:, rang, None]
        yield (
            avant,
            fin - avant,
            convention.montant[:, rang, None],
            convention.occupation_convenue[:, rang, None],
        )
        avant = fin


def cumulate_avances(convention: Convention, mensualite: Mensualite) -> Entiers:
    """Advances since the start if these terms had always been known.

    Args:
        convention: Terms of the n annexes.
        mensualite: What the twelfth is a twelfth of.

    Returns:
        Cents, rounded in cumul so that a period adds up to its amount. Shape `(n, 12)`.
    """
    if mensualite is Mensualite.DOUZIEME_DU_TOTAL:
        ecoules = np.minimum(_RANGS, convention.dernier_mois[:, -1:])
        return prorata(convention.montant_total[:, None], ecoules, np.array([MOIS_PAR_AN]))
    cumul = np.zeros((len(convention.montant), MOIS_PAR_AN), dtype=np.int64)
    for avant, longueur, montant, _convenue in _list_periodes(convention):
        faits = np.clip(_RANGS - avant, 0, longueur)
        cumul += prorata(montant, faits, np.maximum(longueur, 1))
    return cumul


def cumulate_droits(
    convention: Convention, occupation: Entiers, hypotheses: HypothesesVersement
) -> Entiers:
    """Right acquired since the start, each period capped at its agreed posts.

    Args:
        convention: Terms of the n annexes.
        occupation: Occupation of each month; months after the end are ignored. Shape `(n, 12)`.
        hypotheses: The readings of the cap.

    Returns:
        Cents. Shape `(n, 12)`.
    """
    propres, exces = _keep_in_period(convention, occupation, hypotheses.plafond)
    traverse = hypotheses.compensation is Compensation.ANNEXE
    droits = np.zeros_like(occupation)
    for rang, (avant, longueur, montant, convenue) in enumerate(_list_periodes(convention)):
        retenue = propres[rang]
        if traverse:
            manque = convenue * np.clip(_RANGS - avant, 0, longueur) - retenue
            venue = np.minimum(manque, exces)
            exces = exces - venue
            retenue = retenue + venue
        # Where nothing is agreed the amount and the occupation kept are zero: any divisor will do.
        droits += prorata(montant, retenue, np.maximum(convenue * longueur, 1))
    return droits


def _keep_in_period(
    convention: Convention, occupation: Entiers, plafond: Plafond
) -> tuple[list[Entiers], Entiers]:
    """Occupation under the cap of its own period, by period, and what is above, cumulated."""
    propres: list[Entiers] = []
    exces = np.zeros_like(occupation)
    for avant, longueur, _montant, convenue in _list_periodes(convention):
        dedans: NDArray[np.bool_] = (avant < _RANGS) & (avant + longueur >= _RANGS)
        faite = np.where(dedans, occupation, 0)
        if plafond is Plafond.MENSUEL:
            propres.append(np.cumsum(np.minimum(faite, convenue), axis=1))
            continue
        cumul = np.cumsum(faite, axis=1)
        convenus = convenue * np.clip(_RANGS - avant, 0, longueur)
        propres.append(np.minimum(cumul, convenus))
        exces += np.maximum(cumul - convenus, 0)
    return propres, exces
