"""The balances that open the year (à-nouveaux): which lines they are, which day they open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pyarrow as pa
    from numpy.typing import NDArray

_EPOQUE = date(1970, 1, 1)
_FONDS = (10, 11, 12)
_TRESORERIE = 5
_GESTION = (6, 7)


@dataclass(frozen=True, slots=True, eq=False)
class Ouverture:
    """Opening balances that were recognised.

    Attributes:
        lignes: Mask of their lines. Shape `(n,)`.
        jour: Day that they open.
        journaux: Journals that hold them.
        is_detaillee: Whether open items keep the date they were born at, before `jour`.
    """

    lignes: NDArray[np.bool_]
    jour: date
    journaux: tuple[str, ...]
    is_detaillee: bool


def find_ouverture(ecritures: pa.Table) -> Ouverture | None:
    """Opening balances of a file, None when none is recognised.

    First, a journal of its own: balanced, with funds (10 to 12) and treasury, without charges nor
    products, and over when the first charge or product is written; programs that carry open items
    one by one date them as they were born. Else, entries of the first day that touch neither
    charges nor products, in a journal where one of them holds funds.
    """
    if not ecritures.num_rows:
        return None
    lu = _Colonnes(ecritures)
    masque = _find_journaux(lu)
    if not masque.any():
        masque = _find_first_day(lu)
    if not masque.any():
        return None
    jours = lu.jours[masque]
    return Ouverture(
        lignes=masque,
        jour=_EPOQUE + timedelta(days=int(jours.max())),
        journaux=tuple(sorted({lu.noms[code] for code in np.unique(lu.journaux[masque])})),
        is_detaillee=bool(jours.min() < jours.max()),
    )


class _Colonnes:
    """Columns of the lines as numbers."""

    def __init__(self, ecritures: pa.Table) -> None:
        comptes = ecritures.column("compte").combine_chunks()
        debuts = np.array([int(c[:2] or 0) for c in comptes.dictionary.to_pylist()])
        par_ligne = debuts[np.asarray(comptes.indices)]
        classes = par_ligne // 10
        self.fonds: NDArray[np.bool_] = np.isin(par_ligne, _FONDS)
        self.tresorerie: NDArray[np.bool_] = classes == _TRESORERIE
        self.gestion: NDArray[np.bool_] = np.isin(classes, _GESTION)
        journaux = ecritures.column("journal").combine_chunks()
        self.noms: list[str] = journaux.dictionary.to_pylist()
        self.journaux: NDArray[np.int64] = np.asarray(journaux.indices, dtype=np.int64)
        self.jours: NDArray[np.int64] = np.asarray(
            ecritures.column("jour").cast("int32"), dtype=np.int64
        )
        self.rangs: NDArray[np.int64] = np.asarray(ecritures.column("ecriture"), dtype=np.int64)
        self.ecarts: NDArray[np.int64] = np.asarray(
            ecritures.column("debit_centimes"), dtype=np.int64
        ) - np.asarray(ecritures.column("credit_centimes"), dtype=np.int64)


def _find_journaux(lu: _Colonnes) -> NDArray[np.bool_]:
    limite = lu.jours[lu.gestion].min() if lu.gestion.any() else lu.jours.max()
    retenus = []
    for code in np.unique(lu.journaux[lu.fonds]):
        siennes = lu.journaux == code
        if (
            lu.tresorerie[siennes].any()
            and not lu.gestion[siennes].any()
            and not lu.ecarts[siennes].sum()
            and lu.jours[siennes].max() <= limite
        ):
            retenus.append(code)
    masque: NDArray[np.bool_] = np.isin(lu.journaux, retenus)
    return masque


def _find_first_day(lu: _Colonnes) -> NDArray[np.bool_]:
    premier = lu.jours == lu.jours.min()
    gestion = np.unique(lu.rangs[lu.gestion])
    pures = premier & ~np.isin(lu.rangs, gestion)
    fonds = np.unique(lu.journaux[pures & lu.fonds])
    masque: NDArray[np.bool_] = pures & np.isin(lu.journaux, fonds)
    return masque
