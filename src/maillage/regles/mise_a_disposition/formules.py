"""The cap of 480 hours on columns: one worker per row, totals already counted.

`decompte.py` does the counting itself, placement by placement.
"""

from datetime import date
from typing import Annotated

import numpy as np

from maillage.regles.engine.formule import Parametre, formule
from maillage.regles.engine.unites import Heures

_TEXTE = "Code du travail, articles L5132-9, 2° et R5132-18"


@formule(
    texte=_TEXTE,
    depuis=date(2014, 1, 1),
    explication="Le plafond − les heures déjà comptées, sans descendre sous zéro.",
)
def heures_restantes_en_entreprise(
    heures_comptees_en_entreprise: Heures,
    plafond_heures_entreprise: Annotated[
        Heures, Parametre("mise_a_disposition.plafond_heures_secteur_marchand")
    ],
) -> Heures:
    """Hours that a worker may still do under the cap.

    Args:
        heures_comptees_en_entreprise: Hours counted within the 24 months. Shape `(n,)`.
        plafond_heures_entreprise: 480. Shape `(n,)`.

    Returns:
        Hours, never negative. Shape `(n,)`.

    Source:
        Code du travail, L5132-9, 2° and R5132-18.
    """
    return np.maximum(plafond_heures_entreprise - heures_comptees_en_entreprise, 0)


@formule(
    texte=_TEXTE,
    depuis=date(2014, 1, 1),
    explication=(
        "Les heures comptées − le plafond, sans descendre sous zéro, qu’une dérogation les "
        "couvre ou non."
    ),
)
def heures_au_dela_du_plafond(
    heures_comptees_en_entreprise: Heures,
    plafond_heures_entreprise: Annotated[
        Heures, Parametre("mise_a_disposition.plafond_heures_secteur_marchand")
    ],
) -> Heures:
    """Hours over the cap, whether or not a waiver covers them.

    Args:
        heures_comptees_en_entreprise: Hours counted within the 24 months. Shape `(n,)`.
        plafond_heures_entreprise: 480. Shape `(n,)`.

    Returns:
        Hours, never negative. Shape `(n,)`.

    Source:
        Code du travail, L5132-9, 2° and R5132-18.
    """
    return np.maximum(heures_comptees_en_entreprise - plafond_heures_entreprise, 0)
