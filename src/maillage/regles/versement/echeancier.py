"""Payment of many annexes at once, month by month, in whole cents.

Rows are annexes, columns are months of the annexe. All the schedules of a country are a handful of
array operations: cumulated advances, cumulated right, then which of the two rules each month.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from maillage.regles.aide_au_poste.arrondi import prorata
from maillage.regles.aide_au_poste.lignes import MOIS_PAR_AN
from maillage.regles.versement.convention import Convention, cumulate_avances, cumulate_droits
from maillage.regles.versement.hypotheses import (
    HYPOTHESES,
    HypothesesVersement,
    Mensualite,
    MoisObserves,
    Plafond,
    Rattrapage,
    Reprise,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from maillage.regles.aide_au_poste.arrondi import Entiers

# Twelve months of these still add up in int64.
_MAXIMA = {"montant_total": 2**62, "occupation_convenue": 2**58, "occupation": 2**58}


@dataclass(frozen=True, slots=True, eq=False)
class Avenants:
    """How the terms of n annexes change, and when each change is known to the one who pays.

    Attributes:
        conventions: Terms after each change, the whole annexe every time; the terms first agreed
            are those of `Annexes`. A row that changes less than another repeats its last terms.
        rang_connu: Which terms are known in each month: 0 those first agreed, 1 the first of
            `conventions`… never less than in the month before. What becomes known after the end
            comes with the settlement. Shape `(n, 12)`.

    Raises:
        ValueError: there is no change, a rank is not one of the terms, or a rank goes back.
    """

    conventions: tuple[Convention, ...]
    rang_connu: Entiers

    def __post_init__(self) -> None:
        if not self.conventions:
            msg = "at least one change is expected"
            raise ValueError(msg)
        rangs = self.rang_connu
        if (
            not ((rangs >= 0) & (rangs <= len(self.conventions))).all()
            or (np.diff(rangs, axis=1) < 0).any()
        ):
            msg = f"rang_connu goes up, from 0 to {len(self.conventions)} at most"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True, eq=False)
class Annexes:
    """What the schedules of n annexes depend on, row by row.

    Attributes:
        montant_total: Agreed amount, in cents. Shape `(n,)`.
        duree_mois: Length in months, 1 to 12. Shape `(n,)`.
        occupation_convenue: Agreed occupation of one month. Shape `(n,)`. Any whole unit, the same
            as `occupation`: hundredths of an ETP, for instance.
        occupation: Occupation of each month. Shape `(n, 12)`; months after the end are ignored.
        est_regularise: Whether the month is one of regularisation. Shape `(n, 12)`.
        solde_apres_fin: Whether a last regularisation comes in the month after the end. Where it is
            false, the last month of the annexe settles everything. Shape `(n,)`.
        avenants: How the terms change during the annexes; None where none changes.

    Raises:
        ValueError: shapes differ, a length is not between 1 and 12, or a figure is negative or too
            large to be added up exactly.
    """

    montant_total: Entiers
    duree_mois: Entiers
    occupation_convenue: Entiers
    occupation: Entiers
    est_regularise: NDArray[np.bool_]
    solde_apres_fin: NDArray[np.bool_]
    avenants: Avenants | None = None

    def __post_init__(self) -> None:
        lignes = len(self.montant_total)
        for nom in ("montant_total", "duree_mois", "occupation_convenue", "solde_apres_fin"):
            _check_shape(nom, getattr(self, nom).shape, (lignes,))
        for nom in ("occupation", "est_regularise"):
            _check_shape(nom, getattr(self, nom).shape, (lignes, MOIS_PAR_AN))
        for nom, maximum in _MAXIMA.items():
            _check_bornes(nom, getattr(self, nom), maximum)
        if not ((self.duree_mois >= 1) & (self.duree_mois <= MOIS_PAR_AN)).all():
            msg = f"duree_mois holds a length that is not between 1 and {MOIS_PAR_AN}"
            raise ValueError(msg)
        if self.avenants is not None:
            _check_avenants(self.avenants, self.duree_mois)


@dataclass(frozen=True, slots=True, eq=False)
class Echeancier:
    """The schedules: twelve months and the month after the end, in cents.

    Columns 0 to 11 are the months of the annexe; column 12 is the final settlement, which falls in
    the month after the end whatever the length. Months after the end are all zero. Each property is
    computed when it is read: whoever only wants the payments does not wait for the rest.

    Attributes:
        annexes: What is paid.
        avances: Advances since the start. Shape `(n, 12)`.
        droits: Right acquired since the start, capped. Shape `(n, 12)`.
        dus: Due since the start. Shape `(n, 12)`.
        payes: Paid since the start, the settlement left out. Shape `(n, 12)`.
        final: What the occupation of the whole annexe gives right to. Shape `(n,)`.
        observes: Months that each regularisation looks at, 0 where there is none. Shape `(n, 12)`.
    """

    annexes: Annexes
    avances: Entiers
    droits: Entiers
    dus: Entiers
    payes: Entiers
    final: Entiers
    observes: Entiers

    @property
    def avance(self) -> Entiers:
        """Twelfth paid in the month, column 12 zero. Shape `(n, 13)`."""
        return _steps(self.avances, self.avances[:, -1])

    @property
    def droit_a_date(self) -> Entiers:
        """Right acquired since the start, this month included, capped. Shape `(n, 13)`."""
        pendant = np.arange(MOIS_PAR_AN) < self.annexes.duree_mois[:, None]
        return _with_solde(self.droits * pendant, self.final)

    @property
    def regularisation(self) -> Entiers:
        """Added to the advance, negative for a recovery. Shape `(n, 13)`."""
        return _steps(self.dus, self.final) - self.avance

    @property
    def verse(self) -> Entiers:
        """Really paid in the month; negative only for a sum given back. Shape `(n, 13)`."""
        return _steps(self.payes, self.final)

    @property
    def mois_observes(self) -> Entiers:
        """Months of occupation that the regularisation looked at, 0 for none. Shape `(n, 13)`."""
        solde = self.annexes.duree_mois * self.annexes.solde_apres_fin
        return _with_solde(self.observes, solde)

    @property
    def cumul(self) -> Entiers:
        """Paid since the start. Shape `(n, 13)`."""
        return np.cumsum(self.verse, axis=1)

    @property
    def droit_final(self) -> Entiers:
        """What the occupation of the whole annexe gives right to, in cents. Shape `(n,)`."""
        return self.final


def compute_echeancier(
    annexes: Annexes, hypotheses: HypothesesVersement = HYPOTHESES
) -> Echeancier:
    """Schedules of n annexes: twelfths, regularisations, cap, recoveries.

    The amount due since the start, at the end of a month, is the right acquired over the months
    observed at the last regularisation, plus the advances of the months since. A regularisation is
    what makes the due jump from the advances to the right. Where the terms change, each month reads
    the terms that are known then, and the settlement reads the last ones.

    Args:
        annexes: The n annexes, in any order: rows do not look at one another.
        hypotheses: The readings of what the texts leave open.

    Returns:
        The schedules. Their sum over the months is exactly the final right.

    Raises:
        OverflowError: an amount does not fit in int64.

    Source:
        Arrêtés fixing the amounts of the aide (2014, 2017, 5 December 2022) for the twelfths and
        the months of regularisation; code du travail, article R5132-23, for the cap.
    """
    rangs = np.arange(1, MOIS_PAR_AN + 1)
    observes = _count_observes(annexes, rangs, hypotheses.mois_observes)
    if annexes.avenants is None:
        ecoules = np.minimum(rangs, annexes.duree_mois[:, None])
        avances = _cumulate_avances(annexes, ecoules, hypotheses.mensualite)
        droits = _cumulate_droits(annexes, ecoules, hypotheses.plafond)
        dus = _cumulate_dus(avances, droits, observes)
        final = droits[:, -1]
    else:
        suivi = _follow(annexes, annexes.avenants, observes, hypotheses)
        avances, droits, dus, final = suivi.avances, suivi.droits, suivi.dus, suivi.final
    payes = dus if hypotheses.reprise is Reprise.REVERSEMENT else np.maximum.accumulate(dus, axis=1)
    return Echeancier(annexes, avances, droits, dus, payes, final, observes)


def _check_avenants(avenants: Avenants, duree_mois: Entiers) -> None:
    _check_shape("rang_connu", avenants.rang_connu.shape, (len(duree_mois), MOIS_PAR_AN))
    for convention in avenants.conventions:
        if not np.array_equal(convention.dernier_mois[:, -1], duree_mois):
            msg = "the last period of a convention ends with the annexe"
            raise ValueError(msg)
        _check_bornes("montant", convention.montant_total, _MAXIMA["montant_total"])
        _check_bornes(
            "occupation_convenue",
            convention.occupation_convenue,
            _MAXIMA["occupation_convenue"],
        )


def _check_shape(nom: str, trouvee: tuple[int, ...], attendue: tuple[int, ...]) -> None:
    if trouvee != attendue:
        msg = f"{nom} has shape {trouvee}, not {attendue}"
        raise ValueError(msg)


def _check_bornes(nom: str, nombres: Entiers, maximum: int) -> None:
    if not ((nombres >= 0) & (nombres < maximum)).all():
        msg = f"{nom} holds a figure that is negative, or not under {maximum}"
        raise ValueError(msg)


def _cumulate_avances(annexes: Annexes, ecoules: Entiers, mensualite: Mensualite) -> Entiers:
    """Advances since the start, rounded in cumul so that a full year adds up to the total."""
    base = (
        annexes.duree_mois
        if mensualite is Mensualite.MOIS_DE_L_ANNEXE
        else np.full_like(annexes.duree_mois, MOIS_PAR_AN)
    )
    return prorata(annexes.montant_total[:, None], ecoules, base[:, None])


def _cumulate_droits(annexes: Annexes, ecoules: Entiers, plafond: Plafond) -> Entiers:
    """Right acquired since the start: the total, in due proportion of the capped occupation."""
    convenue = annexes.occupation_convenue[:, None]
    pendant = np.arange(MOIS_PAR_AN) < annexes.duree_mois[:, None]
    occupation = np.where(pendant, annexes.occupation, 0)
    if plafond is Plafond.MENSUEL:
        retenue = np.cumsum(np.minimum(occupation, convenue), axis=1)
    else:
        retenue = np.minimum(np.cumsum(occupation, axis=1), convenue * ecoules)
    # Where nothing is agreed the total and the occupation kept are zero: any divisor will do.
    sur = np.maximum(annexes.occupation_convenue * annexes.duree_mois, 1)[:, None]
    return prorata(annexes.montant_total[:, None], retenue, sur)


def _count_observes(annexes: Annexes, rangs: Entiers, lecture: MoisObserves) -> Entiers:
    """Months that the regularisation of each month looks at, 0 where there is none."""
    duree = annexes.duree_mois[:, None]
    vus = rangs - 1 if lecture is MoisObserves.PRECEDENTS else rangs
    solde_dans_annexe = (rangs == duree) & ~annexes.solde_apres_fin[:, None]
    regularise = annexes.est_regularise & (rangs <= duree)
    return np.where(solde_dans_annexe, duree, np.where(regularise, vus, 0))


def _cumulate_dus(avances: Entiers, droits: Entiers, observes: Entiers) -> Entiers:
    """Due since the start: the right at the last regularisation, then the advances since."""
    ecart = np.zeros((len(avances), MOIS_PAR_AN + 1), dtype=np.int64)
    ecart[:, 1:] = droits - avances
    derniers = np.maximum.accumulate(observes, axis=1)
    return avances + np.take_along_axis(ecart, derniers, axis=1)


@dataclass(frozen=True, slots=True, eq=False)
class _Suivi:
    """Cumulated amounts of annexes whose terms change. Shape `(n, 12)`, `final` `(n,)`."""

    avances: Entiers
    droits: Entiers
    dus: Entiers
    final: Entiers


def _follow(
    annexes: Annexes, avenants: Avenants, observes: Entiers, hypotheses: HypothesesVersement
) -> _Suivi:
    """The same amounts where each month reads the terms that are known then."""
    initiale = Convention(
        annexes.duree_mois[:, None],
        annexes.montant_total[:, None],
        annexes.occupation_convenue[:, None],
    )
    conventions = (initiale, *avenants.conventions)
    avances = [cumulate_avances(un, hypotheses.mensualite) for un in conventions]
    droits = [cumulate_droits(un, annexes.occupation, hypotheses) for un in conventions]
    refaits = [_cumulate_dus(a, d, observes) for a, d in zip(avances, droits, strict=True)]
    # A change that becomes known after the end waits for the settlement.
    rangs = np.arange(MOIS_PAR_AN)
    vus = np.minimum(rangs, annexes.duree_mois[:, None] - 1)
    connus = np.take_along_axis(avenants.rang_connu, vus, axis=1)
    pas = [np.diff(cumul, axis=1, prepend=0) for cumul in avances]
    versees = np.cumsum(_pick(pas, connus), axis=1)
    dus = _pick(refaits, connus)
    if hypotheses.rattrapage is Rattrapage.REGULARISATION:
        dus = _hold_until_regularisation(versees, dus, observes)
    return _Suivi(versees, _pick(droits, connus), dus, droits[-1][:, -1])


def _pick(choix: Sequence[Entiers], rangs: Entiers) -> Entiers:
    """Of several arrays of shape `(n, 12)`, the one that each month of each row reads."""
    lus: Entiers = np.take_along_axis(np.stack(choix), rangs[None], axis=0)[0]
    return lus


def _hold_until_regularisation(versees: Entiers, refaits: Entiers, observes: Entiers) -> Entiers:
    """Due since the start when what the new terms change in the past waits to be regularised."""
    ecart = np.zeros((len(versees), MOIS_PAR_AN + 1), dtype=np.int64)
    ecart[:, 1:] = refaits - versees
    rangs = np.where(observes > 0, np.arange(1, MOIS_PAR_AN + 1), 0)
    return versees + np.take_along_axis(ecart, np.maximum.accumulate(rangs, axis=1), axis=1)


def _with_solde(mois: Entiers, solde: Entiers) -> Entiers:
    """Twelve months, and the column of the settlement."""
    colonnes = np.empty((len(mois), MOIS_PAR_AN + 1), dtype=np.int64)
    colonnes[:, :-1] = mois
    colonnes[:, -1] = solde
    return colonnes


def _steps(cumul: Entiers, final: Entiers) -> Entiers:
    """What each month, then the settlement, adds to a cumulated amount."""
    pas = _with_solde(cumul, final)
    pas[:, 1:-1] -= cumul[:, :-1]
    pas[:, -1] -= cumul[:, -1]
    return pas
