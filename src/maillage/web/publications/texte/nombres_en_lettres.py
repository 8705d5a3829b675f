"""Numbers written in French words: « mille six cent dix-neuf », « cinquante-quatre millions »."""

from __future__ import annotations

import re

_SIMPLES = {
    "zero": 0,
    "un": 1,
    "une": 1,
    "deux": 2,
    "trois": 3,
    "quatre": 4,
    "cinq": 5,
    "six": 6,
    "sept": 7,
    "huit": 8,
    "neuf": 9,
    "dix": 10,
    "onze": 11,
    "douze": 12,
    "treize": 13,
    "quatorze": 14,
    "quinze": 15,
    "seize": 16,
    "trente": 30,
    "quarante": 40,
    "cinquante": 50,
    "soixante": 60,
    "septante": 70,
    "huitante": 80,
    "nonante": 90,
}
_VINGTS = ("vingt", "vingts")
_CENTS = ("cent", "cents")
_MULTIPLES = {
    "mille": 1_000,
    "million": 1_000_000,
    "millions": 1_000_000,
    "milliard": 1_000_000_000,
    "milliards": 1_000_000_000,
}
MOTS_NOMBRES = "|".join(
    sorted(("z[ée]ro", *list(_SIMPLES)[1:], *_VINGTS, *_CENTS, *_MULTIPLES), key=len, reverse=True)
)
"""Alternation of the words, for a regular expression that ignores case."""
_VINGT = 20
_CENT = 100
_QUATRE = 4


def parse_lettres(texte: str) -> int | None:
    """Number that French words say, folded (no accent, small letters); None when they say none."""
    total = 0
    partiel: int | None = None
    for mot in re.split(r"[\s-]+", texte.strip()):
        if mot == "et":
            continue
        if mot in _MULTIPLES:
            total += (1 if partiel is None else partiel) * _MULTIPLES[mot]
            partiel = None
        else:
            partiel = _add(partiel or 0, mot)
            if partiel is None:
                return None
    return total + (partiel or 0)


def _add(partiel: int, mot: str) -> int | None:
    if mot in _CENTS:
        return (partiel or 1) * _CENT
    if mot in _VINGTS:
        unites = partiel % _CENT
        return partiel - _QUATRE + 4 * _VINGT if unites == _QUATRE else partiel + _VINGT
    return partiel + _SIMPLES[mot] if mot in _SIMPLES else None
