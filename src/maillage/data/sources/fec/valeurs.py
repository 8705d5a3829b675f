"""Cells to days and cents, by whole columns; what had to be understood, and what could not be."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

_AAAAMMJJ = re.compile(r"(?P<a>[0-9]{4})(?P<m>[0-9]{2})(?P<j>[0-9]{2})")
_AUTRES = (
    re.compile(r"(?P<a>[0-9]{4})[-/.](?P<m>[0-9]{2})[-/.](?P<j>[0-9]{2})(?:[ T].*)?"),
    re.compile(r"(?P<j>[0-9]{1,2})[-/.](?P<m>[0-9]{1,2})[-/.](?P<a>[0-9]{4})(?: .*)?"),
)
_ANNEES = range(1980, 2100)
_BLANCS = re.compile(r"[\s\u00a0\u202f']")
_MONTANT = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]*)?[+-]?|[+-]?[.,][0-9]+")
_MILLIERS = re.compile(r"[+-]?[0-9]{1,3}(?:[.,][0-9]{3})+(?P<d>[.,])[0-9]{1,2}")
_CENTIMES_MAX = 10**15
_HORS_DECRET = (".", "e", "E")  # a decimal point, or the power of ten that Arrow would read
_SENS = {"D": 1, "+1": 1, "1": 1, "+": 1, "C": -1, "-1": -1, "-": -1}

VIDE, LU, COMPRIS, FAUX = 0, 1, 2, 3
"""What became of a cell: empty, read as the decree has it, understood otherwise, unreadable."""


@dataclass(frozen=True, slots=True)
class Lues:
    """A column that was read.

    Attributes:
        valeurs: Shape `(n,)`, int64: days since 1970, cents, or a side; 0 where there is none.
        etats: Shape `(n,)`, uint8: VIDE, LU, COMPRIS, FAUX.
    """

    valeurs: NDArray[np.int64]
    etats: NDArray[np.uint8]


def read_jours(colonne: pa.ChunkedArray) -> Lues:
    """Days of a column of text; a day is written AAAAMMJJ, other forms are understood."""
    return _read_distinct(colonne, _read_jour)


def read_sens(colonne: pa.ChunkedArray) -> Lues:
    """Side of each amount: 1 for debit, -1 for credit."""
    return _read_distinct(colonne, _read_un_sens)


def read_centimes(colonne: pa.ChunkedArray) -> Lues:
    """Amounts in cents; empty is none. The decimal comma is the rule, a point is understood."""
    rapide = _read_decimal_comma(colonne)
    return rapide if rapide is not None else _read_distinct(colonne, _read_montant)


def _read_decimal_comma(colonne: pa.ChunkedArray) -> Lues | None:
    """The whole column at once when every cell follows the decree, None otherwise."""
    texte = pc.utf8_trim_whitespace(colonne)
    if any(pc.any(pc.match_substring(texte, marque)).as_py() for marque in _HORS_DECRET):
        return None
    vides = np.asarray(pc.equal(texte, ""))
    try:
        rempli = pc.if_else(pa.array(vides), "0", texte) if vides.any() else texte
        decimaux = pc.cast(pc.replace_substring(rempli, ",", "."), pa.decimal128(18, 2))
    except pa.ArrowInvalid:
        return None
    valeurs = _cents(decimaux)
    return Lues(valeurs, np.where(vides, VIDE, LU).astype(np.uint8))


def _cents(decimaux: pa.ChunkedArray) -> NDArray[np.int64]:
    """Unscaled values: the low half of each 128-bit number, that 18 digits never leave."""
    morceaux = [
        np.frombuffer(morceau.buffers()[1], dtype="<i8")[2 * morceau.offset :: 2][: len(morceau)]
        for morceau in decimaux.chunks
    ]
    return np.concatenate(morceaux) if morceaux else np.zeros(0, dtype=np.int64)


def _read_distinct(colonne: pa.ChunkedArray, lire: Callable[[str], tuple[int, int]]) -> Lues:
    """Read each distinct text once: a year has few days, and few forms of amount are wrong."""
    encodee = colonne.combine_chunks().dictionary_encode()
    if isinstance(encodee, pa.ChunkedArray):
        encodee = encodee.combine_chunks()
    lus = [lire(texte) for texte in encodee.dictionary.to_pylist()]
    rangs = np.asarray(encodee.indices)
    if not lus:
        return Lues(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.uint8))
    valeurs = np.array([valeur for valeur, _ in lus], dtype=np.int64)[rangs]
    etats = np.array([etat for _, etat in lus], dtype=np.uint8)[rangs]
    return Lues(valeurs, etats)


def _read_jour(texte: str) -> tuple[int, int]:
    serre = texte.strip().strip('"')
    if not serre:
        return 0, VIDE
    trouve = _AAAAMMJJ.fullmatch(serre)
    etat = LU
    if trouve is None:
        trouve = next(filter(None, (forme.fullmatch(serre) for forme in _AUTRES)), None)
        etat = COMPRIS
    if trouve is None or int(trouve["a"]) not in _ANNEES:
        return 0, FAUX
    try:
        jour = date(int(trouve["a"]), int(trouve["m"]), int(trouve["j"]))
    except ValueError:
        return 0, FAUX
    return (jour - date(1970, 1, 1)).days, etat


def _read_un_sens(texte: str) -> tuple[int, int]:
    serre = texte.strip().strip('"').upper()
    sens = _SENS.get(serre)
    if sens is not None:
        return sens, LU
    if serre in {"DEBIT", "DÉBIT"}:
        return 1, COMPRIS
    if serre in {"CREDIT", "CRÉDIT"}:
        return -1, COMPRIS
    return 0, FAUX if serre else VIDE


def _read_montant(texte: str) -> tuple[int, int]:
    """One amount that is not plainly written with a comma.

    A sign may follow, as some programs write it; spaces, and points or commas between thousands,
    are dropped; more than two decimals are not cents.
    """
    serre = texte.strip().strip('"').strip()
    if not serre:
        return 0, VIDE
    sans_blanc = _BLANCS.sub("", serre).removesuffix("€")
    etat = LU if sans_blanc == serre and "." not in serre and serre[-1:] not in "+-" else COMPRIS
    milliers = _MILLIERS.fullmatch(sans_blanc)
    if milliers is not None and milliers["d"] not in sans_blanc[: milliers.start("d")]:
        autre = "." if milliers["d"] == "," else ","
        sans_blanc = sans_blanc.replace(autre, "")
        etat = COMPRIS
    if _MONTANT.fullmatch(sans_blanc) is None:
        return 0, FAUX
    if sans_blanc[-1:] in "+-":
        sans_blanc = sans_blanc[-1] + sans_blanc[:-1].lstrip("+-")
    try:
        centimes = Decimal(sans_blanc.replace(",", ".")) * 100
    except InvalidOperation:
        return 0, FAUX
    if centimes != centimes.to_integral_value() or abs(centimes) > _CENTIMES_MAX:
        return 0, FAUX
    return int(centimes), etat
