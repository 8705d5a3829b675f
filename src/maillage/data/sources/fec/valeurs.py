"""Cells to days and cents, by whole columns; what had to be understood, and what could not be."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

import numpy as np

from maillage.data.sources.textes import read_decimaux, read_distinct

if TYPE_CHECKING:
    import pyarrow as pa
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
    return Lues(*read_distinct(colonne, _read_jour))


def read_sens(colonne: pa.ChunkedArray) -> Lues:
    """Side of each amount: 1 for debit, -1 for credit."""
    return Lues(*read_distinct(colonne, _read_un_sens))


def read_centimes(colonne: pa.ChunkedArray) -> Lues:
    """Amounts in cents; empty is none. The decimal comma is the rule, a point is understood."""
    rapide = read_decimaux(colonne, 2, ",")
    if rapide is None:
        return Lues(*read_distinct(colonne, _read_montant))
    valeurs, vides = rapide
    return Lues(valeurs, np.where(vides, VIDE, LU).astype(np.uint8))


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
