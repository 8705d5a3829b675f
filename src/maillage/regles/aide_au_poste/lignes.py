"""Rows of annexes: where and what they are, their months, and those that a formula refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from maillage.kernel.errors import Anomalie, SaisieInvalide
from maillage.kernel.francais import join_fr

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from maillage.regles.aide_au_poste.arrondi import Entiers

MOIS_PAR_AN = 12
DIX_MILLIEMES = 10_000
"""Rates of law have at most four decimals."""

METROPOLE_DROM, MAYOTTE, MILIEU_PENITENTIAIRE = TERRITOIRES = (
    "metropole_drom",
    "mayotte",
    "milieu_penitentiaire",
)
"""Where the posts are, as far as the amounts are concerned: the values of `territoire`."""

TYPES_SIAE = ("AI", "ACI", "EI", "ETTI", "EITI")
"""Kinds that the aide au poste finances: the values of `type_siae`."""
TYPES_DETENTION = ("EI", "ACI")
"""Kinds that have an amount in prison."""
TYPES_PASSERELLE = ("EI", "ACI")
"""Kinds that may sign a contrat passerelle."""
TYPES_SANS_DUREE_MINIMALE = ("AI", "ETTI")
"""Kinds whose CDI inclusion may be under the minimum hours."""

BAREMES_SOCLE = {
    METROPOLE_DROM: "montant_socle",
    MAYOTTE: "montant_socle_mayotte",
    MILIEU_PENITENTIAIRE: "montant_socle_milieu_penitentiaire",
}
"""Table of amounts, among the legal values, of each territoire."""


def count_mois(dates: NDArray[np.datetime64]) -> Entiers:
    """Rank of the calendar month of each day, so that a difference is a number of months."""
    return dates.astype("datetime64[M]").astype(np.int64)


def to_dix_milliemes(taux: NDArray[np.float64]) -> Entiers:
    """Rates of law as whole ten-thousandths, exact."""
    return np.rint(taux * DIX_MILLIEMES).astype(np.int64)


def format_lignes(fautives: NDArray[np.bool_]) -> str:
    """Rows that are marked, counted from 1, in French: « lignes 1 et 3 ». Empty for none."""
    lignes = (np.flatnonzero(fautives) + 1).tolist()
    nom = "ligne" if len(lignes) == 1 else "lignes"
    return f"{nom} {join_fr(map(str, lignes))}" if lignes else ""


def refuse_lignes(
    fautives: NDArray[np.bool_] | np.bool_, code: str, quoi: str, que_faire: str
) -> None:
    """Stop at the rows that are wrong, all of them named.

    Raises:
        SaisieInvalide: at least one row is wrong.
    """
    ou = format_lignes(np.atleast_1d(fautives))
    if ou:
        raise SaisieInvalide(Anomalie(code, quoi, que_faire, ou))
