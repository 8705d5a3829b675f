"""Months of regularisation, as the texts of each period give them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from maillage.kernel.errors import Anomalie, SaisieInvalide
from maillage.kernel.francais import join_fr
from maillage.regles.aide_au_poste.lignes import MOIS_PAR_AN
from maillage.regles.engine.legislation import load_parametres

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    from maillage.regles.aide_au_poste.arrondi import Entiers


@dataclass(frozen=True, slots=True)
class Regime:
    """When the twelfths are corrected by the real occupation.

    Attributes:
        mois: Months of regularisation, counted from the start of the annexe.
        derniers_mois: How many of the last months are months of regularisation.
        solde_apres_fin: Whether a last regularisation comes in the month after the end. Where no
            text provides for it, the last month of the annexe settles everything.
        texte: Where the months come from.

    Raises:
        ValueError: a month is not between 1 and 12.
    """

    mois: tuple[int, ...]
    derniers_mois: int
    solde_apres_fin: bool
    texte: str

    def __post_init__(self) -> None:
        if not all(1 <= mois <= MOIS_PAR_AN for mois in (*self.mois, self.derniers_mois or 1)):
            msg = f"a month of regularisation is between 1 and {MOIS_PAR_AN}: {self}"
            raise ValueError(msg)

    def find_mois(self, duree_mois: Entiers) -> NDArray[np.bool_]:
        """Whether each month of each annexe is one of regularisation.

        Args:
            duree_mois: Lengths in months. Shape `(n,)`.

        Returns:
            Shape `(n, 12)`. Months after the end are not.
        """
        rangs = np.arange(1, MOIS_PAR_AN + 1)
        duree = duree_mois[:, None]
        choisis = np.isin(rangs, self.mois) | (rangs > duree - self.derniers_mois)
        return choisis & (rangs <= duree)


REGIME_2014 = Regime(
    mois=(),
    derniers_mois=2,
    solde_apres_fin=False,
    texte="Arrêté du 6 mars 2014\u00a0: les deux derniers mois de la convention",
)
"""Before 2017: the last two months; the texts read give no settlement after the end."""

REGIME_2017 = Regime(
    mois=(5, 8, 11),
    derniers_mois=0,
    solde_apres_fin=True,
    texte=(
        "Arrêté de 2017, repris par celui du 5 décembre 2022\u00a0: 5e, 8e et 11e mois de l’annexe, "
        "puis le mois qui suit la fin"
    ),
)
"""Since 2017: months 5, 8 and 11, then the month after the end."""

_CHEMIN = "versement.mois_regularisation"
_MOTS_2014 = "deux derniers mois"


def load_regime(le: date, connu_au: date | None = None) -> Regime:
    """Regime of an annexe that starts on a day, from the legal values.

    Args:
        le: First day of the annexe. That it decides for the whole annexe is an assumption.
        connu_au: Texts published later are ignored. None: every text found is known.

    Raises:
        PeriodeNonModelisee: no text is known for that day.
    """
    return read_regime(load_parametres(le, connu_au).get(_CHEMIN).valeur)


def read_regime(mois_regularisation: object) -> Regime:
    """Regime that the legal value `versement.mois_regularisation` stands for.

    Args:
        mois_regularisation: Months of the annexe, or the words of 2014. A reform can give other
            months: they are followed by a settlement in the month after the end.

    Raises:
        SaisieInvalide: MLG-REG-225, the value is neither.
    """
    if isinstance(mois_regularisation, str) and _MOTS_2014 in mois_regularisation:
        return REGIME_2014
    mois = mois_regularisation
    if not isinstance(mois, list | tuple) or not all(
        isinstance(m, int) and 1 <= m <= MOIS_PAR_AN for m in mois
    ):
        raise SaisieInvalide(
            Anomalie(
                "MLG-REG-225",
                f"Les mois de régularisation {mois} ne se lisent pas.",
                "Écrivez une liste de mois de l’annexe, de 1 à 12, par exemple [5, 8, 11].",
            )
        )
    if tuple(mois) == REGIME_2017.mois:
        return REGIME_2017
    texte = f"Mois {join_fr(map(str, mois))} de l’annexe, puis le mois qui suit la fin"
    return Regime(mois=tuple(mois), derniers_mois=0, solde_apres_fin=True, texte=texte)
