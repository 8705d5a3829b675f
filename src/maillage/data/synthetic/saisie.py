"""When the statements of a month are entered, then valid: habits of structures, months forgotten."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from maillage.data.synthetic import hypotheses
from maillage.data.synthetic.jours import JAMAIS, first_of_month

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from maillage.data.synthetic.annexes import Annexes
    from maillage.data.synthetic.tirages import Alea

ETATS = ("BROUILLON", "SAISI", "DEBLOQUE", "VALIDE")
BROUILLON, SAISI, DEBLOQUE, VALIDE = range(4)
_TROUS = (3, 4, 5)


@dataclass(frozen=True, slots=True)
class Saisies:
    """Days of each month of each annexe. Shape `(annexes, 12)`.

    Attributes:
        brouillon: First draft.
        saisie: Statements entered; JAMAIS for a month that is forgotten.
        validation: Valid.
        deuxieme: Valid, for the half of the statements that a second validation takes.
        has_deuxieme: Whether there is such a second validation.
        deblocage, reblocage: Opened again, from and until.
    """

    brouillon: NDArray[np.int64]
    saisie: NDArray[np.int64]
    validation: NDArray[np.int64]
    deuxieme: NDArray[np.int64]
    has_deuxieme: NDArray[np.bool_]
    deblocage: NDArray[np.int64]
    reblocage: NDArray[np.int64]


def make_saisies(annexes: Annexes, alea: Alea) -> Saisies:
    """Days of entry of every month of every annexe."""
    annexe = annexes.identifiant[:, None]
    mois = np.arange(1, 13)[None, :]
    structure = annexes.structure[:, None]
    habitude = alea.choose(hypotheses.PART_RETARD, "habitude", structure, annexes.annee[:, None])
    retards = np.array(hypotheses.RETARD_JOURS)[habitude]
    retard = (retards * (0.3 - 0.7 * np.log1p(-alea.uniform("retard", annexe, mois)))).astype(int)
    trous = alea.uniform("trous", annexe) < hypotheses.PART_TROUS
    retard = retard + np.where(trous & np.isin(mois, _TROUS), 400, 0)
    fin_de_mois = first_of_month(annexes.annee[:, None], mois + 1)
    saisie = np.maximum(fin_de_mois + retard, annexes.ouverture[:, None] + retard // 4 + 2)
    oublie = alea.uniform("oublie", annexe, mois) < hypotheses.PART_MOIS_OUBLIE
    jamais = oublie | (annexes.ouverture[:, None] >= JAMAIS)
    saisie = np.where(jamais | (saisie >= annexes.annulation[:, None]), JAMAIS, saisie)
    existe = saisie < JAMAIS
    validation = np.where(existe, saisie + alea.integers(3, 25, "validation", annexe, mois), JAMAIS)
    deuxieme = alea.uniform("deux validations", annexe, mois) < hypotheses.PART_DEUX_VALIDATIONS
    debloque = existe & (alea.uniform("debloque", annexe, mois) < hypotheses.PART_DEBLOQUE)
    debut = validation + alea.integers(10, 60, "deblocage", annexe, mois)
    return Saisies(
        brouillon=np.where(existe, saisie - 6, JAMAIS),
        saisie=saisie,
        validation=validation,
        deuxieme=np.where(existe, validation + 9, JAMAIS),
        has_deuxieme=deuxieme & existe,
        deblocage=np.where(debloque, debut, JAMAIS),
        reblocage=np.where(debloque, debut + 20, JAMAIS),
    )
