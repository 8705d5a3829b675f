"""When the ASP sets an annexe right by what was realised: the months of this very annexe."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from maillage.analyses.pilotage.dialogue_de_gestion_modele import Echeance
from maillage.indicators.pilotage.etp import MOIS_PAR_AN
from maillage.kernel.francais import format_ordinal
from maillage.kernel.period import Mois
from maillage.regles.engine.erreurs import PeriodeNonModelisee
from maillage.regles.versement.hypotheses import HYPOTHESES
from maillage.regles.versement.regimes import load_regime

if TYPE_CHECKING:
    from datetime import date

JOUR_INCONNU = "Les textes lus donnent le mois, pas le jour."
LECTURE_DES_MOIS = HYPOTHESES.mois_observes.value
"""Which months a regularisation looks at: a reading of Maillage, the texts leave it open."""


def list_echeances(
    numero: str, debut: date | None, fin: date | None
) -> tuple[tuple[Echeance, ...], str]:
    """Months of regularisation of an annexe, and why there are none when there are none.

    Args:
        numero: Of the annexe.
        debut: First day.
        fin: Last day.
    """
    if debut is None or fin is None:
        return (), f"Les dates de l’annexe {numero} ne sont pas dans l’extrait."
    duree = (fin.year - debut.year) * MOIS_PAR_AN + fin.month - debut.month + 1
    if not 1 <= duree <= MOIS_PAR_AN:
        return (), (
            f"L’annexe {numero} dure {duree} mois : son calendrier de régularisation n’est pas connu "
            "au-delà de douze."
        )
    try:
        regime = load_regime(debut)
    except PeriodeNonModelisee:
        return (), (
            f"Aucun texte connu de Maillage ne dit quand l’annexe {numero}, qui commence en "
            f"{debut.year}, est régularisée."
        )
    rangs = [int(rang) + 1 for rang in np.flatnonzero(regime.find_mois(np.array([duree]))[0])]
    if regime.solde_apres_fin:
        rangs.append(duree + 1)
    return tuple(
        Echeance(numero, rang, _month(debut, rang), rang > duree, regime.texte) for rang in rangs
    ), ""


def find_prochaine(echeances: tuple[Echeance, ...], jour: date) -> Echeance | None:
    """The first that is not before the month of a day; None when all are past."""
    ce_mois = Mois(jour.year, jour.month)
    return next((echeance for echeance in echeances if echeance.mois >= ce_mois), None)


def show_echeance(echeance: Echeance) -> str:
    """« août 2025 (8e mois de l’annexe) »."""
    quoi = (
        "mois qui suit la fin de l’annexe"
        if echeance.apres_fin
        else f"{format_ordinal(echeance.rang)} mois de l’annexe"
    )
    return f"{echeance.mois.libelle} ({quoi})"


def _month(debut: date, rang: int) -> Mois:
    annee, mois = divmod(debut.year * MOIS_PAR_AN + debut.month - 1 + rang - 1, MOIS_PAR_AN)
    return Mois(annee, mois + 1)
