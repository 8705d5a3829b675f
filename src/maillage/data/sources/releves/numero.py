"""The number of an annexe as files write it: with its amendments, or without, or in other columns."""

from __future__ import annotations

import re

from maillage.kernel.annexe import is_numero_annexe

_FORME = re.compile(
    r"(?P<mesure>[A-Z]{2,6}?)(?P<suite>[0-9]{2}[0-9A-Z][0-9]{6})(?P<avenants>A[0-9]M[0-9])?"
)
_CHIFFRE = re.compile(r"[0-9](?:\.0)?")


def read_annexe_number(texte: str, renouvellement: str = "", modification: str = "") -> str:
    """Number in capitals, with its amendments when they are known; empty for another measure or a fault.

    Args:
        texte: « ACI054180019 », « ACI054180019A0M1 »; spaces and small letters are accepted.
        renouvellement: Amendment of another column, a digit.
        modification: The same.
    """
    serre = "".join(texte.split()).upper()
    trouve = _FORME.fullmatch(serre)
    if trouve is None:
        return ""
    if trouve["avenants"]:
        return serre if is_numero_annexe(serre) else ""
    avenants = _CHIFFRE.fullmatch(renouvellement) and _CHIFFRE.fullmatch(modification)
    entier = f"{serre}A{renouvellement[:1]}M{modification[:1]}" if avenants else f"{serre}A0M0"
    if not is_numero_annexe(entier):
        return ""
    return entier if avenants else serre


def find_measure(texte: str) -> str:
    """Measure of a number of that form, of the IAE or not: « FDI »; empty when it has not the form."""
    trouve = _FORME.fullmatch("".join(texte.split()).upper())
    return trouve["mesure"] if trouve else ""
