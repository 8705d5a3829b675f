"""Full-time equivalents: hundredths, as annexes print them, and hours by the annexe's own divisor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypeAlias

import numpy as np
from numpy.typing import NDArray

from maillage.regles.aide_au_poste.lignes import MOIS_PAR_AN, refuse_lignes
from maillage.regles.engine.unites import Unite

if TYPE_CHECKING:
    from maillage.regles.aide_au_poste.arrondi import Entiers
    from maillage.regles.engine.unites import Etp, Heures, HeuresParEtp

EtpCentiemes: TypeAlias = Annotated[
    NDArray[np.int64], Unite("centiemes ETP", "i", "centièmes d’équivalent temps plein")
]
"""Monthly ETP in whole hundredths: the two decimals of an annexe, exactly."""


def etp_realises_annuels(nombre_heures: Heures, heures_par_etp: HeuresParEtp) -> Etp:
    """Full-time equivalents realised over the year by one statement row.

    Args:
        nombre_heures: Hours worked; NaN where unknown. Shape `(n,)`, one per monthly statement.
        heures_par_etp: Divisor printed on the row's own annexe, never a constant by kind.
            Shape `(n,)`.

    Returns:
        ETP over the year, NaN where the hours are unknown. Shape `(n,)`.

    Raises:
        SaisieInvalide: MLG-REG-210 a divisor is not positive, or is unknown.

    Source:
        ASP monthly individual statement; public formula of the national steering dashboards.
    """
    _check_diviseur(heures_par_etp)
    return nombre_heures / heures_par_etp


def etp_realises_mensuels(nombre_heures: Heures, heures_par_etp: HeuresParEtp) -> Etp:
    """Full-time equivalents realised in the month by one statement row: twelve times the annual.

    Args:
        nombre_heures: Hours worked in the month; NaN where unknown. Shape `(n,)`.
        heures_par_etp: Divisor printed on the row's own annexe. Shape `(n,)`.

    Returns:
        Monthly ETP, to compare with the ETP of the annexe. Shape `(n,)`.

    Raises:
        SaisieInvalide: MLG-REG-210 a divisor is not positive, or is unknown.

    Source:
        Same as `etp_realises_annuels`.
    """
    return etp_realises_annuels(nombre_heures, heures_par_etp) * MOIS_PAR_AN


def heures_from_etp_annuels(etp_annuels: Etp, heures_par_etp: HeuresParEtp) -> Heures:
    """Hours that so many ETP over the year stand for.

    Args:
        etp_annuels: ETP over the year. Shape `(n,)`.
        heures_par_etp: Divisor printed on the row's own annexe. Shape `(n,)`.

    Raises:
        SaisieInvalide: MLG-REG-210 a divisor is not positive, or is unknown.

    Source:
        Same as `etp_realises_annuels`, the other way.
    """
    _check_diviseur(heures_par_etp)
    return etp_annuels * heures_par_etp


def heures_from_etp_mensuels(etp_mensuels: Etp, heures_par_etp: HeuresParEtp) -> Heures:
    """Hours to work in one month for so many monthly ETP.

    Args:
        etp_mensuels: ETP of the month. Shape `(n,)`.
        heures_par_etp: Divisor printed on the row's own annexe. Shape `(n,)`.

    Raises:
        SaisieInvalide: MLG-REG-210 a divisor is not positive, or is unknown.

    Source:
        Same as `etp_realises_annuels`, the other way.
    """
    return heures_from_etp_annuels(etp_mensuels, heures_par_etp) / MOIS_PAR_AN


def etp_conventionnes_annuels(etp_centiemes: Entiers, duree_mois: Entiers) -> Etp:
    """Agreed ETP over the year: those of one month, for the share of the year that is covered.

    Args:
        etp_centiemes: Monthly ETP of the annexe, in hundredths. Shape `(n,)`.
        duree_mois: Length of the annexe. Shape `(n,)`.

    Source:
        Public formula of the national steering dashboards (ETP × length / 12).
    """
    return etp_centiemes * duree_mois / (100 * MOIS_PAR_AN)


def _check_diviseur(heures_par_etp: HeuresParEtp) -> None:
    refuse_lignes(
        ~(heures_par_etp > 0),
        "MLG-REG-210",
        "La durée annuelle d’un ETP est absente, nulle ou négative.",
        "Reprenez celle que l’annexe imprime (af_duree_heure_annuel_etp_valeur)\u00a0; "
        "elle ne se devine pas par le type de structure.",
    )
