"""Payment of an annexe in one row: the monthly advance and the final right.

The month-by-month schedule is in `calendrier` (one annexe, explained) and `echeancier` (many).
"""

import numpy as np

from maillage.regles.aide_au_poste.arrondi import prorata
from maillage.regles.aide_au_poste.etp import EtpCentiemes
from maillage.regles.engine.formule import formule
from maillage.regles.engine.unites import Centimes, Mois


@formule(
    texte="Arrêtés fixant les montants, un douzième chaque mois, versé par l’ASP",
    explication="Le montant de l’annexe, divisé par son nombre de mois, arrondi au centime.",
)
def avance_mensuelle_centimes(
    montant_total_annuel_centimes: Centimes, duree_mois: Mois
) -> Centimes:
    """Advance of one month: the amount of the annexe, divided by its number of months.

    Args:
        montant_total_annuel_centimes: Agreed amount. Shape `(n,)`.
        duree_mois: Length of the annexe. Shape `(n,)`.

    Returns:
        Cents, rounded, halves up. Shape `(n,)`. The schedule rounds in cumul, so that one of its
        months can differ by a cent.

    Raises:
        ValueError: a length is zero or negative.
        OverflowError: an amount does not fit in int64.

    Source:
        Arrêtés fixing the amounts: one twelfth of the total. For an annexe under a year, reading
        `Mensualite.MOIS_DE_L_ANNEXE`, an assumption.
    """
    return prorata(montant_total_annuel_centimes, np.ones_like(duree_mois), duree_mois)


@formule(
    texte="Code du travail, articles R5132-10-14 et R5132-23, arrêté du 5 décembre 2022",
    explication="Le montant de l’annexe × les ETP réalisés depuis le début / les ETP conventionnés "
    "sur la même durée, sans dépasser les postes de l’annexe, arrondi une fois au centime.",
)
def droit_final_centimes(
    montant_total_annuel_centimes: Centimes,
    etp_centiemes: EtpCentiemes,
    duree_mois: Mois,
    etp_realises_cumules_centiemes: EtpCentiemes,
) -> Centimes:
    """What the real occupation of the whole annexe gives right to, capped at the agreed posts.

    Args:
        montant_total_annuel_centimes: Agreed amount. Shape `(n,)`.
        etp_centiemes: Monthly ETP agreed, hundredths. Shape `(n,)`.
        duree_mois: Length of the annexe. Shape `(n,)`.
        etp_realises_cumules_centiemes: Sum of the monthly ETP of the annexe, hundredths.
            Shape `(n,)`.

    Returns:
        Cents, rounded once, halves up. Shape `(n,)`.

    Raises:
        OverflowError: an amount does not fit in int64.

    Source:
        Code du travail, R5132-23 (AI) and R5132-10-14 (ETTI): aide in proportion of occupation,
        within the number of posts agreed. Reading `Plafond.CUMULE`, an assumption.
    """
    convenus = etp_centiemes * duree_mois
    retenus = np.minimum(etp_realises_cumules_centiemes, convenus)
    # Where nothing is agreed the amount is zero too: any divisor will do.
    return prorata(montant_total_annuel_centimes, retenus, np.maximum(convenus, 1))
