"""Entries taken whole: which do not balance, which open the year, which close it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pyarrow as pa
    from numpy.typing import NDArray


def find_unbalanced(ecritures: pa.Table) -> NDArray[np.int64]:
    """First line of each entry whose debit is not its credit, in the order of the file.

    An entry is what bears one journal and one number on lines that follow one another.
    """
    rangs = _ints(ecritures, "ecriture")
    ecarts = _ints(ecritures, "debit_centimes") - _ints(ecritures, "credit_centimes")
    depart = np.flatnonzero(np.diff(rangs, prepend=rangs[0] - 1))
    sommes = np.add.reduceat(ecarts, depart)
    lignes: NDArray[np.int64] = _ints(ecritures, "ligne")[depart[sommes != 0]]
    return lignes


def find_openings(ecritures: pa.Table) -> bool:
    """Whether the first day bears balances of classes 1 to 5 only, and some of class 1 or 5.

    Opening balances are the entries of the first day that touch neither charges nor products, and
    where the funds (class 1) or the treasury (class 5) have a balance.
    """
    jours = ecritures.column("jour").cast("int32").fill_null(-1)
    numeros = np.asarray(jours)
    connus = numeros[numeros >= 0]
    if not len(connus):
        return False
    premier = numeros == connus.min()
    classes = _classes(ecritures)
    rangs = _ints(ecritures, "ecriture")
    gestion = set(rangs[premier & np.isin(classes, [6, 7])].tolist())
    bilan = premier & np.isin(classes, [1, 5])
    return bool(set(rangs[premier & (classes == 1)].tolist()) - gestion) and bool(bilan.any())


def find_closing(ecritures: pa.Table) -> NDArray[np.bool_]:
    """Lines of the entries that bring every account of charges and products back to zero.

    Such an entry is of the last day, touches classes 6 or 7 and the result (12), and after it the
    accounts that it touches are at zero. Shape `(n,)`.
    """
    rangs = _ints(ecritures, "ecriture")
    rien = np.zeros(len(rangs), dtype=bool)
    jours = np.asarray(ecritures.column("jour").cast("int32").fill_null(-1))
    classes = _classes(ecritures)
    dernier = jours == jours.max()
    resultat = _starts_with(ecritures, "12")
    candidates = np.intersect1d(
        rangs[dernier & np.isin(classes, [6, 7])], rangs[dernier & resultat]
    )
    if not len(candidates):
        return rien
    lignes = np.isin(rangs, candidates)
    comptes = _codes(ecritures)
    ecarts = _ints(ecritures, "debit_centimes") - _ints(ecritures, "credit_centimes")
    gestion = np.isin(classes, [6, 7])
    soldes = np.zeros(int(comptes.max()) + 1, dtype=np.int64)
    np.add.at(soldes, comptes[gestion], ecarts[gestion])
    touches = np.unique(comptes[lignes & gestion])
    if len(touches) and not soldes[touches].any():
        fermees: NDArray[np.bool_] = np.isin(rangs, candidates)
        return fermees
    return rien


def _ints(ecritures: pa.Table, nom: str) -> NDArray[np.int64]:
    return np.asarray(ecritures.column(nom), dtype=np.int64)


def _codes(ecritures: pa.Table) -> NDArray[np.int64]:
    return np.asarray(ecritures.column("compte").combine_chunks().indices, dtype=np.int64)


def _distinct(ecritures: pa.Table) -> list[str]:
    comptes: list[str] = ecritures.column("compte").combine_chunks().dictionary.to_pylist()
    return comptes


def _classes(ecritures: pa.Table) -> NDArray[np.int64]:
    par_compte = np.array([int(c[0]) if c else 0 for c in _distinct(ecritures)], dtype=np.int64)
    return par_compte[_codes(ecritures)]


def _starts_with(ecritures: pa.Table, debut: str) -> NDArray[np.bool_]:
    par_compte = np.array([c.startswith(debut) for c in _distinct(ecritures)], dtype=bool)
    return par_compte[_codes(ecritures)]
