"""Payment of one annexe, month by month, each regularisation explained in French."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from math import lcm
from typing import TYPE_CHECKING

import numpy as np

from maillage.kernel.money import Centimes
from maillage.kernel.valeur import Absence
from maillage.regles.aide_au_poste.lignes import MOIS_PAR_AN
from maillage.regles.versement.annexe import check_etp_realises
from maillage.regles.versement.convention import Convention, cumulate_droits
from maillage.regles.versement.echeancier import Annexes, Avenants, compute_echeancier
from maillage.regles.versement.explication import Constat, explain
from maillage.regles.versement.explication_avenant import explain_version
from maillage.regles.versement.hypotheses import (
    HYPOTHESES,
    Compensation,
    HypothesesVersement,
    Plafond,
)
from maillage.regles.versement.regimes import Regime, load_regime
from maillage.regles.versement.versions import build_versions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from maillage.kernel.period import Mois
    from maillage.regles.aide_au_poste.arrondi import Entiers
    from maillage.regles.versement.annexe import Annexe, EtpRealises
    from maillage.regles.versement.echeancier import Echeancier
    from maillage.regles.versement.versions import Termes, Version


@dataclass(frozen=True, slots=True)
class LigneVersement:
    """One month of the schedule. Amounts that need an occupation not yet known are an `Absence`.

    Attributes:
        rang: Month of the annexe, from 1; its length + 1 for the month after the end.
        mois: Calendar month.
        avance: Twelfth of the month, zero after the end.
        etp_conventionnes: ETP agreed for the month, as known when it is paid; those of the last
            month after the end.
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
    etp_conventionnes: Fraction
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

    Example:
        >>> from datetime import date
        >>> from decimal import Decimal
        >>> from maillage.regles.versement.annexe import Annexe
        >>> annexe = Annexe(date(2023, 1, 1), date(2023, 12, 31), Decimal(10), Centimes(120000))
        >>> lignes = calendrier(annexe, [Decimal(10)] * 4 + [Decimal(5)] * 8)
        >>> [ligne.regularisation.nombre for ligne in lignes if ligne.rang in {5, 8, 11, 13}]
        [0, -150000, -150000, -100000]

    Source:
        Same texts as `compute_echeancier`.
    """
    check_etp_realises(annexe, etp_realises)
    regime = load_regime(annexe.date_debut_effet) if regime is None else regime
    absents = [Absence.INCONNUE] * (annexe.duree_mois - len(etp_realises))
    etp = (*etp_realises, *absents)
    versions = build_versions(annexe, hypotheses)
    colonnes = _to_columns(versions, etp, regime)
    echeancier = compute_echeancier(colonnes, hypotheses)
    tableau = _Tableau(annexe, versions, etp, colonnes, echeancier, regime, hypotheses)
    return tuple(map(tableau.write_ligne, range(1, tableau.nombre_lignes + 1)))


def _to_columns(
    versions: tuple[Version, ...], etp: tuple[EtpRealises, ...], regime: Regime
) -> Annexes:
    """One row of whole numbers: a common divisor makes every ETP exact. Unknown months count 0."""
    exacts = [Fraction(0) if isinstance(e, Absence) else Fraction(e) for e in etp]
    convenus = {termes.etp for version in versions for termes in version.termes}
    commun = lcm(*(exact.denominator for exact in (*exacts, *convenus)))
    occupation = np.zeros((1, MOIS_PAR_AN), dtype=np.int64)
    occupation[0, : len(exacts)] = [int(exact * commun) for exact in exacts]
    duree = np.array([len(etp)])
    premiere = versions[0].periodes[0]
    change = len(versions) > 1 or len(versions[0].periodes) > 1
    return Annexes(
        montant_total=np.array([versions[0].montant_total.nombre]),
        duree_mois=duree,
        occupation_convenue=np.array([int(premiere.termes.etp * commun)]),
        occupation=occupation,
        est_regularise=regime.find_mois(duree),
        solde_apres_fin=np.array([regime.solde_apres_fin]),
        avenants=_to_avenants(versions, commun) if change else None,
    )


def _to_avenants(versions: tuple[Version, ...], commun: int) -> Avenants:
    """Columns of one row: every version is given whole, so that the first may have periods too."""
    rangs = np.arange(1, MOIS_PAR_AN + 1)
    connus = sum((rangs >= version.rang_connu).astype(np.int64) for version in versions)
    return Avenants(
        conventions=tuple(
            Convention(
                dernier_mois=np.array([[p.dernier_mois for p in version.periodes]]),
                montant=np.array([[p.montant.nombre for p in version.periodes]]),
                occupation_convenue=np.array(
                    [[int(p.termes.etp * commun) for p in version.periodes]]
                ),
            )
            for version in versions
        ),
        rang_connu=np.atleast_2d(connus),
    )


@dataclass(frozen=True, slots=True)
class _Tableau:
    """Whole numbers of one schedule, and what is needed to tell them."""

    annexe: Annexe
    versions: tuple[Version, ...]
    etp: tuple[EtpRealises, ...]
    colonnes: Annexes
    echeancier: Echeancier
    regime: Regime
    hypotheses: HypothesesVersement

    @property
    def nombre_lignes(self) -> int:
        """Months of the annexe, and the month after when something is still settled in it."""
        tardive = self.versions[-1].rang_connu > len(self.etp)
        reste = self.mois_connus == len(self.etp) and self.echeancier.verse[0, -1] != 0
        return len(self.etp) + bool(self.regime.solde_apres_fin or tardive or reste)

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
            etp_conventionnes=self._termes(rang)[min(rang, len(self.etp)) - 1].etp,
            etp_realises=Absence.SANS_OBJET if apres_fin else self.etp[colonne],
            droit_a_date=_known(self.echeancier.droit_a_date, colonne, connu=sait_droit),
            regularisation=_known(self.echeancier.regularisation, colonne, connu=sait_payer),
            verse=_known(self.echeancier.verse, colonne, connu=sait_payer),
            cumul=_known(self.echeancier.cumul, colonne, connu=sait_payer),
            reste_a_reprendre=constat.reste_a_reprendre if sait_payer else Absence.INCONNUE,
            explication=" ".join([*self._explain_changes(rang), explain(constat)]),
        )

    def _version(self, rang: int) -> Version:
        """The annexe as it is known in a month."""
        return [un for un in self.versions if un.rang_connu <= rang][-1]

    def _termes(self, rang: int) -> tuple[Termes, ...]:
        return self._version(rang).termes

    def _explain_changes(self, rang: int) -> list[str]:
        """The avenants that are followed from this month on, in sentences."""
        version = self._version(rang)
        if version.rang_connu != rang or not version.nouveaux:
            return []
        avant = self.versions[max(self.versions.index(version) - 1, 0)]
        avances = self.echeancier.avance[0]
        saut = (
            (Centimes(int(avances[rang - 2])), Centimes(int(avances[rang - 1])))
            if 1 < rang <= len(self.etp)
            else None
        )
        return explain_version(self.annexe, (avant, version), saut, self.hypotheses)

    def _constat(self, rang: int, colonne: int, *, sait_payer: bool) -> Constat:
        observes = int(self.echeancier.mois_observes[0, colonne])
        apres_fin = rang > len(self.etp)
        if apres_fin:
            observes = len(self.etp)
        cumul_du = np.cumsum(self.echeancier.avance + self.echeancier.regularisation, axis=1)
        regularisation = _centimes(self.echeancier.regularisation, colonne)
        termes = self._termes(rang)[:observes]
        return Constat(
            rang=rang,
            apres_fin=apres_fin,
            observes=observes,
            inconnus=None if sait_payer else self.annexe.mois(self.mois_connus + 1),
            etp_moyens=self._mean_etp(observes) if sait_payer else Fraction(0),
            etp_conventionnes=sum((un.etp for un in termes), Fraction(0)) / max(observes, 1),
            est_variable=len({un.etp for un in termes}) > 1,
            est_plafonne=sait_payer and self._is_capped(termes),
            plafond=self.hypotheses.plafond,
            avance=_centimes(self.echeancier.avance, colonne),
            droit=self._droit(rang, observes),
            regularisation=regularisation,
            verse=_centimes(self.echeancier.verse, colonne),
            reste_a_reprendre=_centimes(self.echeancier.cumul - cumul_du, colonne),
        )

    def _droit(self, rang: int, observes: int) -> Centimes:
        """Right over the months observed, under the terms known in the month."""
        if not observes:
            return Centimes(0)
        if self.colonnes.avenants is None:
            return _centimes(self.echeancier.droit_a_date, observes - 1)
        convention = self.colonnes.avenants.conventions[self.versions.index(self._version(rang))]
        droits = cumulate_droits(convention, self.colonnes.occupation, self.hypotheses)
        return _centimes(droits, observes - 1)

    def _mean_etp(self, observes: int) -> Fraction:
        return sum(self._known_etp(observes), Fraction(0)) / max(observes, 1)

    def _is_capped(self, termes: tuple[Termes, ...]) -> bool:
        """Whether some of the occupation observed is above the posts that those months agree."""
        faits = list(zip(termes, self._known_etp(len(termes)), strict=False))
        if self.hypotheses.plafond is Plafond.MENSUEL:
            return any(etp > un.etp for un, etp in faits)
        if self.hypotheses.compensation is Compensation.ANNEXE:
            return sum(etp - un.etp for un, etp in faits) > 0
        periodes = (list(periode) for _, periode in groupby(faits, key=lambda fait: fait[0]))
        return any(sum(etp - un.etp for un, etp in periode) > 0 for periode in periodes)

    def _known_etp(self, observes: int) -> list[Fraction]:
        return [Fraction(e) for e in self.etp[:observes] if not isinstance(e, Absence)]


def _centimes(montants: Entiers, colonne: int) -> Centimes:
    return Centimes(int(montants[0, colonne]))


def _known(montants: Entiers, colonne: int, *, connu: bool) -> Centimes | Absence:
    return _centimes(montants, colonne) if connu else Absence.INCONNUE
