"""What an annexe is paid month by month: the schedule of Maillage, one calendar month at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import numpy as np
from openfisca_core.periods import DateUnit, Instant, Period

from maillage.kernel.errors import UserError
from maillage.regles.aide_au_poste.lignes import MOIS_PAR_AN, count_mois
from maillage.regles.versement.echeancier import Annexes, Echeancier, compute_echeancier
from maillage.regles.versement.regimes import read_regime
from openfisca_maillage.lecture import find_parametre, refuse_absents
from openfisca_maillage.refus import Refus
from openfisca_maillage.valeurs import NON_RENSEIGNE, find_absents, to_maillage, to_openfisca

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from numpy.typing import NDArray
    from openfisca_core.populations import Population
    from openfisca_core.simulations import Simulation

    Entiers = NDArray[np.int64]

ETP_REALISES = "etp_realises_centiemes"
_MOIS_REGULARISATION = "versement.mois_regularisation"
_CHAMPS = tuple(Annexes.__dataclass_fields__)
_ANNEE_ZERO = 1970

# The twelve months of a simulation are one schedule: it is computed again only if an input moved.
_DERNIERS: WeakKeyDictionary[Simulation, tuple[Annexes, Echeancier]] = WeakKeyDictionary()


def _build_formule(champ: str) -> Callable[..., Any]:
    def formula(annexe: Population, period: Period, parameters: Any) -> NDArray[Any]:
        """Un mois de l’échéancier de Maillage (`maillage.regles.versement.echeancier`)."""
        debut = count_mois(_read(annexe, "date_debut_effet", period))
        duree = _read(annexe, "duree_mois", period)
        rang = (period.start.year - _ANNEE_ZERO) * MOIS_PAR_AN + period.start.month - 1 - debut
        annexes, connus = _read_annexes(annexe, period, parameters, debut, duree)
        echeancier = _compute(annexe.simulation, annexes)
        solde = (rang == duree) & annexes.solde_apres_fin
        pendant = (rang >= 0) & (rang < duree)
        _check_connus(annexe, echeancier, np.where(pendant, rang, -1), connus)
        _check_connus(annexe, echeancier, np.where(solde, duree - 1, -1), connus, duree * solde)
        colonne = np.where(solde, MOIS_PAR_AN, np.clip(rang, 0, MOIS_PAR_AN - 1))
        montants = getattr(echeancier, champ)[np.arange(annexe.count), colonne]
        return to_openfisca(champ, np.where(pendant | solde, montants, 0))

    return formula


VARIABLES_VERSEMENT: dict[str, Callable[..., Any] | None] = {
    ETP_REALISES: None,
    "avance_centimes": _build_formule("avance"),
    "regularisation_centimes": _build_formule("regularisation"),
    "verse_centimes": _build_formule("verse"),
}
"""Formula of each monthly variable of an annexe; none for what is given."""


def _read(annexe: Population, nom: str, period: Period) -> Any:
    colonne = annexe(nom, period)
    absents = find_absents(colonne)
    if absents.any():
        raise Refus(refuse_absents(nom, annexe, absents))
    return to_maillage(colonne)


def _read_annexes(
    annexe: Population, period: Period, parameters: Any, debut: Entiers, duree: Entiers
) -> tuple[Annexes, Entiers]:
    """What the schedules depend on, and how many first months of occupation are known.

    Raises:
        Refus: a value is not given, or is refused by Maillage.
    """
    occupation = np.full((annexe.count, MOIS_PAR_AN), NON_RENSEIGNE, dtype=np.int64)
    for mois in range(int(debut.min()), int((debut + duree).max())):
        donnees = annexe.get_holder(ETP_REALISES).get_array(_to_period(mois))
        lignes = np.flatnonzero((debut <= mois) & (mois < debut + duree))
        if donnees is not None:
            occupation[lignes, mois - debut[lignes]] = donnees[lignes]
    absents = occupation == NON_RENSEIGNE
    connus = np.where(absents.any(axis=1), absents.argmax(axis=1), MOIS_PAR_AN)
    est_regularise, solde = _read_regimes(annexe, period, parameters, duree)
    try:
        annexes = Annexes(
            montant_total=_read(annexe, "montant_total_annuel_centimes", period),
            duree_mois=duree,
            occupation_convenue=_read(annexe, "etp_centiemes", period),
            occupation=np.where(absents, 0, occupation),
            est_regularise=est_regularise,
            solde_apres_fin=solde,
        )
    except UserError as refus:
        raise Refus(*refus.anomalies) from refus
    return annexes, connus


def _read_regimes(
    annexe: Population, period: Period, parameters: Any, duree: Entiers
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Months of regularisation and settlement, by the law of the first day of each annexe."""
    jours = _read(annexe, "date_debut_effet", period)
    est_regularise = np.zeros((annexe.count, MOIS_PAR_AN), dtype=bool)
    solde = np.zeros(annexe.count, dtype=bool)
    for jour in np.unique(jours):
        regime = read_regime(_get_mois(annexe, parameters, jour.item()))
        lignes = jours == jour
        est_regularise[lignes] = regime.find_mois(duree[lignes])
        solde[lignes] = regime.solde_apres_fin
    return est_regularise, solde


def _get_mois(annexe: Population, parameters: Any, le: date) -> object:
    valeur = find_parametre(parameters, _MOIS_REGULARISATION, le)
    if valeur is None:
        try:
            annexe.simulation.tax_benefit_system.legislation.resolve(_MOIS_REGULARISATION, le)
        except UserError as refus:
            raise Refus(*refus.anomalies) from refus
    return valeur


def _compute(simulation: Simulation, annexes: Annexes) -> Echeancier:
    dernier = _DERNIERS.get(simulation)
    if dernier is None or not all(
        np.array_equal(getattr(dernier[0], champ), getattr(annexes, champ)) for champ in _CHAMPS
    ):
        dernier = (annexes, compute_echeancier(annexes))
        _DERNIERS[simulation] = dernier
    return dernier[1]


def _check_connus(
    annexe: Population,
    echeancier: Echeancier,
    rang: Entiers,
    connus: Entiers,
    requis: Entiers | None = None,
) -> None:
    """Refuse a payment that rests on a month that is not given: it is never taken for zero.

    Raises:
        Refus: MLG-OPF-001, such a month.
    """
    jusque = np.maximum.accumulate(echeancier.mois_observes, axis=1)
    observes = jusque[np.arange(annexe.count), rang] if requis is None else requis
    absents = (rang >= 0) & (observes > connus)
    if absents.any():
        raise Refus(refuse_absents(ETP_REALISES, annexe, absents))


def _to_period(mois: int) -> Period:
    annee, reste = divmod(mois, MOIS_PAR_AN)
    return Period((DateUnit.MONTH, Instant((_ANNEE_ZERO + annee, reste + 1, 1)), 1))
