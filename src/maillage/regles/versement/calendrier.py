"""Payment of one annexe, month by month, each regularisation explained in French."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING

import numpy as np

from maillage.kernel.money import Centimes
from maillage.kernel.valeur import Absence
from maillage.regles.aide_au_poste.lignes import MOIS_PAR_AN
from maillage.regles.versement.annexe import check_etp_realises
from maillage.regles.versement.echeancier import Annexes, compute_echeancier
from maillage.regles.versement.explication import Constat, explain
from maillage.regles.versement.hypotheses import HYPOTHESES, HypothesesVersement, Plafond
from maillage.regles.versement.regimes import Regime, load_regime

if TYPE_CHECKING:
    from collections.abc import Sequence

    from maillage.kernel.period import Mois
    from maillage.regles.aide_au_poste.arrondi import Entiers
    from maillage.regles.versement.annexe import Annexe, EtpRealises
    from maillage.regles.versement.echeancier import Echeancier


@dataclass(frozen=True, slots=True)
class LigneVersement:
    """One month of the schedule. Amounts that need an occupation not yet known are an `Absence`.

    Attributes:
        rang: Month of the annexe, from 1; its length + 1 for the month after the end.
        mois: Calendar month.
        avance: Twelfth of the month, zero after the end.
        etp_realises: Occupation of the month; « sans objet » after the end.
        droit_a_date: Right acquired since the start, this month included, capped at the convention.
        regularisation: Added to the advance; negative for a recovery.
        verse: Paid in the month: the advance and the regularisation, less what is recovered.
        cumul: Paid since the start.
        reste_a_reprendre: Recovery that the advances have not yet covered.
        explication: The month in a French sentence or two.
    """

    rang: int
    mois: Mois
    avance: Centimes
    etp_realises: EtpRealises
    droit_a_date: Centimes | Absence
    regularisation: Centimes | Absence
    verse: Centimes | Absence
    cumul: Centimes | Absence
    reste_a_reprendre: Centimes | Absence
    explication: str


def calendrier(
    annexe: Annexe,
    etp_realises: Sequence[EtpRealises],
    *,
    regime: Regime | None = None,
    hypotheses: HypothesesVersement = HYPOTHESES,
) -> tuple[LigneVersement, ...]:
    """Schedule of one annexe: one line per month, and the settlement after the end.

    Args:
        annexe: What is agreed.
        etp_realises: Monthly ETP of each month, in order. A month that is not given is not known:
            it is never taken for zero.
        regime: Months of regularisation. None: those of the text in force on the first day of the
            annexe.
        hypotheses: The readings of what the texts leave open.

    Raises:
        SaisieInvalide: MLG-REG-223 more months than the annexe has; MLG-REG-221 negative ETP.
        PeriodeNonModelisee: no regime is given, and none is known for the first day.

    Source:
        Same texts as `compute_echeancier`.
    """
    check_etp_realises(annexe, etp_realises)
    regime = load_regime(annexe.date_debut_effet) if regime is None else regime
    absents = [Absence.INCONNUE] * (annexe.duree_mois - len(etp_realises))
    etp = (*etp_realises, *absents)
    tableau = _Tableau(annexe, etp, _compute(annexe, etp, regime, hypotheses), regime, hypotheses)
    return tuple(map(tableau.write_ligne, range(1, tableau.nombre_lignes + 1)))


def _compute(
    annexe: Annexe,
    etp: tuple[EtpRealises, ...],
    regime: Regime,
    hypotheses: HypothesesVersement,
) -> Echeancier:
    """Schedule in whole numbers: a common divisor makes every ETP exact. Unknown months count 0."""
    exacts = [Fraction(0) if isinstance(e, Absence) else Fraction(e) for e in etp]
    convenus = Fraction(annexe.etp_conventionnes)
    commun = lcm(*(exact.denominator for exact in (*exacts, convenus)))
    occupation = np.zeros((1, MOIS_PAR_AN), dtype=np.int64)
    occupation[0, : len(exacts)] = [int(exact * commun) for exact in exacts]
    duree = np.array([annexe.duree_mois])
    return compute_echeancier(
        Annexes(
            montant_total=np.array([annexe.montant_total.nombre]),
            duree_mois=duree,
            occupation_convenue=np.array([int(convenus * commun)]),
            occupation=occupation,
            est_regularise=regime.find_mois(duree),
            solde_apres_fin=np.array([regime.solde_apres_fin]),
        ),
        hypotheses,
    )


@dataclass(frozen=True, slots=True)
class _Tableau:
    """Whole numbers of one schedule, and what is needed to tell them."""

    annexe: Annexe
    etp: tuple[EtpRealises, ...]
    echeancier: Echeancier
    regime: Regime
    hypotheses: HypothesesVersement

    @property
    def nombre_lignes(self) -> int:
        return len(self.etp) + self.regime.solde_apres_fin

    @property
    def mois_connus(self) -> int:
        """How many months, from the first, are known without a gap."""
        absents = (i for i, etp in enumerate(self.etp) if isinstance(etp, Absence))
        return next(absents, len(self.etp))

    def write_ligne(self, rang: int) -> LigneVersement:
        apres_fin = rang > len(self.etp)
        colonne = MOIS_PAR_AN if apres_fin else rang - 1
        observes = int(self.echeancier.mois_observes[0, :rang].max(initial=0))
        if apres_fin:
            observes = len(self.etp)
        sait_payer = observes <= self.mois_connus
        sait_droit = min(rang, len(self.etp)) <= self.mois_connus
        constat = self._constat(rang, colonne, sait_payer=sait_payer)
        return LigneVersement(
            rang=rang,
            mois=self.annexe.mois(rang),
            avance=constat.avance,
            etp_realises=Absence.SANS_OBJET if apres_fin else self.etp[colonne],
            droit_a_date=_known(self.echeancier.droit_a_date, colonne, connu=sait_droit),
            regularisation=_known(self.echeancier.regularisation, colonne, connu=sait_payer),
            verse=_known(self.echeancier.verse, colonne, connu=sait_payer),
            cumul=_known(self.echeancier.cumul, colonne, connu=sait_payer),
            reste_a_reprendre=constat.reste_a_reprendre if sait_payer else Absence.INCONNUE,
            explication=explain(constat),
        )

    def _constat(self, rang: int, colonne: int, *, sait_payer: bool) -> Constat:
        observes = int(self.echeancier.mois_observes[0, colonne])
        cumul_du = np.cumsum(self.echeancier.avance + self.echeancier.regularisation, axis=1)
        droit = self.echeancier.droit_a_date[0, observes - 1] if observes else 0
        return Constat(
            rang=rang,
            apres_fin=rang > len(self.etp),
            observes=observes,
            inconnus=None if sait_payer else self.annexe.mois(self.mois_connus + 1),
            etp_moyens=self._mean_etp(observes) if sait_payer else Fraction(0),
            etp_conventionnes=Fraction(self.annexe.etp_conventionnes),
            est_plafonne=sait_payer and self._is_capped(observes),
            plafond=self.hypotheses.plafond,
            avance=_centimes(self.echeancier.avance, colonne),
            droit=Centimes(int(droit)),
            regularisation=_centimes(self.echeancier.regularisation, colonne),
            verse=_centimes(self.echeancier.verse, colonne),
            reste_a_reprendre=_centimes(self.echeancier.cumul - cumul_du, colonne),
        )

    def _mean_etp(self, observes: int) -> Fraction:
        return sum(self._known_etp(observes), Fraction(0)) / max(observes, 1)

    def _is_capped(self, observes: int) -> bool:
        convenus = Fraction(self.annexe.etp_conventionnes)
        if self.hypotheses.plafond is Plafond.MENSUEL:
            return any(etp > convenus for etp in self._known_etp(observes))
        return self._mean_etp(observes) > convenus

    def _known_etp(self, observes: int) -> list[Fraction]:
        return [Fraction(e) for e in self.etp[:observes] if not isinstance(e, Absence)]


def _centimes(montants: Entiers, colonne: int) -> Centimes:
    return Centimes(int(montants[0, colonne]))


def _known(montants: Entiers, colonne: int, *, connu: bool) -> Centimes | Absence:
    return _centimes(montants, colonne) if connu else Absence.INCONNUE
