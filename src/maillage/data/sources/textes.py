"""Columns of text to numbers: the whole column at once when it is plain, else each distinct text once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

_PUISSANCES = ("e", "E")  # « 1e9 », that Arrow would read as a number
_BASES = ("x", "X")  # « 0x1F », that Arrow would read as a whole number


def read_distinct(
    colonne: pa.ChunkedArray, lire: Callable[[str], tuple[int, int]]
) -> tuple[NDArray[np.int64], NDArray[np.uint8]]:
    """What a function reads in each text, called once per distinct text.

    Returns:
        Values and states, shape `(n,)` each.
    """
    encodee = colonne.combine_chunks().dictionary_encode()
    lus = [lire(texte) for texte in encodee.dictionary.to_pylist()]
    if not lus:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.uint8)
    rangs = np.asarray(encodee.indices)
    valeurs = np.array([valeur for valeur, _ in lus], dtype=np.int64)[rangs]
    etats = np.array([etat for _, etat in lus], dtype=np.uint8)[rangs]
    return valeurs, etats


def read_decimaux(
    colonne: pa.ChunkedArray, decimales: int, virgule: str
) -> tuple[NDArray[np.int64], NDArray[np.bool_]] | None:
    """Numbers in units of the last decimal, and where the text is empty; None when one is not plain.

    Args:
        colonne: Text; blanks around numbers are ignored.
        decimales: Decimals kept: 2 gives hundredths.
        virgule: Decimal mark, « , » or « . »; the other one is not plain.
    """
    if is_blank(colonne):
        return np.zeros(len(colonne), dtype=np.int64), np.ones(len(colonne), dtype=bool)
    texte = pc.utf8_trim_whitespace(colonne)
    marques: tuple[str, ...] = _PUISSANCES if decimales else _BASES
    if virgule == ",":
        marques = (".", *marques)  # the decimal mark of Arrow; it refuses the comma by itself
    if any(pc.any(pc.match_substring(texte, marque)).as_py() for marque in marques):
        return None
    vides: NDArray[np.bool_] = np.asarray(pc.equal(texte, ""))
    try:
        rempli = pc.if_else(pa.array(vides), "0", texte) if vides.any() else texte
        if not decimales:
            return np.asarray(pc.cast(rempli, pa.int64())), vides
        if virgule == ",":
            rempli = pc.replace_substring(rempli, ",", ".")
        nombres = pc.cast(rempli, pa.decimal128(18, decimales))
    except pa.ArrowInvalid:
        return None
    return _unscaled(nombres), vides


def is_blank(colonne: pa.ChunkedArray) -> bool:
    """Whether no cell of a column of text holds a byte."""
    return not pc.sum(pc.binary_length(colonne)).as_py()


def _unscaled(nombres: pa.ChunkedArray) -> NDArray[np.int64]:
    """Unscaled values: the low half of each 128-bit number, that 18 digits never leave."""
    morceaux = [
        np.frombuffer(morceau.buffers()[1], dtype="<i8")[2 * morceau.offset :: 2][: len(morceau)]
        for morceau in nombres.chunks
    ]
    return np.concatenate(morceaux) if morceaux else np.zeros(0, dtype=np.int64)
