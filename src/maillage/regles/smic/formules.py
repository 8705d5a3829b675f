"""SMIC of a month, of a year and of a number of paid hours, from the hourly SMIC of the day.

The month is 35 × 52/12 hours, a fraction. The rounded 151.67 h adds four cents to a salary of
2024 (1 801.84 € instead of 1 801.80 €), so it appears nowhere here.
"""

from typing import Annotated

from maillage.regles.engine.formule import Parametre, formule
from maillage.regles.engine.unites import (
    Euros,
    EurosParAn,
    EurosParHeure,
    EurosParMois,
    Heures,
    HeuresParAn,
)

_MOIS_PAR_AN = 12


@formule(
    texte="Code du travail, articles L3231-2 et suivants et L3121-27",
    explication=(
        "Le SMIC horaire × les heures d’une année ÷ 12. Les heures du mois ne sont pas "
        "arrondies à 151,67."
    ),
)
def smic_mensuel(
    smic_horaire_brut: Annotated[EurosParHeure, Parametre("smic.horaire_brut")],
    heures_annuelles_smic: Annotated[HeuresParAn, Parametre("smic.heures_annuelles")],
) -> EurosParMois:
    """Gross SMIC of a full-time month: hourly SMIC × 35 × 52/12, not rounded.

    Args:
        smic_horaire_brut: In force on the day of the row. Shape `(n,)`.
        heures_annuelles_smic: 35 × 52 = 1 820. Shape `(n,)`.

    Returns:
        Euros a month. Shape `(n,)`.

    Source:
        Code du travail, L3231-2 s. and L3121-27.
    """
    # Multiply first: 11.88 × 1820 is exact where 11.88 × 151.666… is not.
    return smic_horaire_brut * heures_annuelles_smic / _MOIS_PAR_AN


@formule(
    texte="Code du travail, articles L3231-2 et suivants et L3121-27",
    explication="Le SMIC horaire × les heures d’une année, comme s’il ne bougeait pas.",
)
def smic_annuel(
    smic_horaire_brut: Annotated[EurosParHeure, Parametre("smic.horaire_brut")],
    heures_annuelles_smic: Annotated[HeuresParAn, Parametre("smic.heures_annuelles")],
) -> EurosParAn:
    """Gross SMIC of a full-time year of 1 820 hours, if the hourly SMIC did not move.

    Args:
        smic_horaire_brut: In force on the day of the row. Shape `(n,)`.
        heures_annuelles_smic: 35 × 52 = 1 820. Shape `(n,)`.

    Returns:
        Euros a year. Shape `(n,)`.

    Source:
        Code du travail, L3231-2 s. and L3121-27.
    """
    return smic_horaire_brut * heures_annuelles_smic


@formule(
    texte="Code de la sécurité sociale, article D241-7 (SMIC des heures rémunérées)",
    explication="Le SMIC horaire × les heures payées de la période.",
)
def smic_periode(
    smic_horaire_brut: Annotated[EurosParHeure, Parametre("smic.horaire_brut")],
    nombre_heures_remunerees: Heures,
) -> Euros:
    """Gross SMIC of the hours that were paid: the yardstick of the employer's reductions.

    Args:
        smic_horaire_brut: In force on the day of the row. Shape `(n,)`.
        nombre_heures_remunerees: Paid hours of the period, overtime included. Shape `(n,)`.

    Returns:
        Euros for the period. Shape `(n,)`.

    Source:
        Code de la sécurité sociale, D241-7: the SMIC follows the hours of the contract.
    """
    return smic_horaire_brut * nombre_heures_remunerees
