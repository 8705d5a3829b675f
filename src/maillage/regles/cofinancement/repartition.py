"""Split of each month of an annexe between the État and the département, in whole cents."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from maillage.regles.aide_au_poste.arrondi import prorata
from maillage.regles.aide_au_poste.lignes import DIX_MILLIEMES, to_dix_milliemes

if TYPE_CHECKING:
    from maillage.regles.aide_au_poste.arrondi import Entiers
    from maillage.regles.engine.unites import Taux


def split_mois(
    montant_mensuel_centimes: Entiers,
    rsa_centimes: Entiers,
    nombre_beneficiaires: Entiers,
    taux_cofinancement: Taux,
) -> Entiers:
    """Share of the département in each month of n annexes.

    Args:
        montant_mensuel_centimes: Aid of each month, which the share cannot exceed since the start.
            Shape `(n, m)`.
        rsa_centimes: RSA of one person, in cents a month, for each month. Shape `(n, m)`.
        nombre_beneficiaires: Former recipients of the RSA in each month. Shape `(n, m)`.
        taux_cofinancement: 88 %. Shape `(n,)`.

    Returns:
        Cents of each month, rounded in cumul: they add up to the share of the annexe, rounded once.
        The rest of the month is the État's; where the share was under the cap and passes it, a
        month may take back from the État what an earlier one gave it. Shape `(n, m)`.

    Raises:
        ValueError: the three tables have different shapes, or hold a negative number.
        OverflowError: an amount does not fit in int64.

    Source:
        Code du travail, D5132-41, per month and former recipient. Rounding in cumul, and a cap
        since the start of the annexe, are assumptions.
    """
    tables = (montant_mensuel_centimes, rsa_centimes, nombre_beneficiaires)
    if len({table.shape for table in tables}) != 1 or any((table < 0).any() for table in tables):
        msg = f"tables of one shape without negative numbers, found {[t.shape for t in tables]}"
        raise ValueError(msg)
    dus = np.cumsum(rsa_centimes * nombre_beneficiaires, axis=1)
    taux = to_dix_milliemes(taux_cofinancement)[:, None]
    parts = prorata(dus, taux, np.array([DIX_MILLIEMES]))
    retenues = np.minimum(parts, np.cumsum(montant_mensuel_centimes, axis=1))
    return np.diff(retenues, axis=1, prepend=0)
