"""Cells of a download: numbers of both decimal marks, months and days of every usual form."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final

from maillage.data.sources.releves.modele import MILLION

if TYPE_CHECKING:
    from collections.abc import Iterable

_ESPACES = re.compile(r"[\s\u00a0\u202f]")
_NOMBRE = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?(?:[eE]-?[0-9]{1,2})?")
_MILLIERS = re.compile(r"[+-]?[1-9][0-9]{0,2},[0-9]{3}")
_ENTIER = re.compile(r"[0-9]{1,18}")
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})(?:-([0-9]{1,2}))?(?:[t ].*)?")
_JOUR = re.compile(r"(?:([0-9]{1,2})/)?([0-9]{1,2})/([0-9]{4})(?: .*)?")
_LETTRES = re.compile(r"(?:([0-9]{1,2})(?:er)? )?([a-z]+),? ([0-9]{4})(?:,? .*)?")
_SERIE = re.compile(r"([0-9]{5})(?:\.[0-9]+)?")
_EPOQUE = date(1899, 12, 30)
"""Day 0 of the workbooks that count from 1900, as they count since March of that year."""
_MOIS: Final = {
    nom: rang
    for rang, nom in enumerate(
        (
            *("janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout"),
            *("septembre", "octobre", "novembre", "decembre"),
        ),
        start=1,
    )
}
_MONTRABLE = re.compile(r"[0-9 .,:/%€+-]{1,9}|[A-Z]{2,6}[0-9]{2}[0-9A-Z]{1,12}")
_GRAND = Decimal(10) ** 9
_ANNEES = range(2000, 2101)


def read_number(texte: str) -> int | None:
    """Millionths of a number with a point or a comma; None when it is empty or cannot be read."""
    serre = _ESPACES.sub("", texte)
    if not _NOMBRE.fullmatch(serre):
        return None
    try:
        nombre = Decimal(serre.replace(",", "."))
    except InvalidOperation:  # pragma: no cover — the form above is Decimal's own
        return None
    if abs(nombre) > _GRAND:
        return None
    return int((nombre * MILLION).to_integral_value())


def is_ambiguous(cellules: Iterable[str]) -> bool:
    """Whether commas of a column may be those of thousands: « 1,820 » and no other form beside it."""
    marquees = [serre for serre in (_ESPACES.sub("", c) for c in cellules) if "," in serre]
    return bool(marquees) and all(_MILLIERS.fullmatch(serre) for serre in marquees)


def read_identifier(texte: str) -> int | None:
    """A whole number above zero, as a spreadsheet or a base writes it; None for anything else."""
    serre = _ESPACES.sub("", texte).removesuffix(".0")
    return int(serre) or None if _ENTIER.fullmatch(serre) else None


def read_day(texte: str, *, classeur: bool) -> date | None:
    """Day that a cell writes; None when it cannot be read.

    Args:
        texte: « 2025-06-01 », « 2025-06-01T00:00:00 », « 01/06/2025 », « 06/2025 », « juin 2025 »,
            « 1 juin, 2025 »; without a day, the first one.
        classeur: Whether the cell is a workbook's: a day is then a count of days as well.
    """
    plat = _flatten(texte)
    if classeur and (serie := _SERIE.fullmatch(plat)):
        jour = _EPOQUE + timedelta(days=int(serie[1]))
        return jour if jour.year in _ANNEES else None
    if iso := _ISO.fullmatch(plat):
        return _make_day(iso[1], iso[2], iso[3])
    if ecrit := _JOUR.fullmatch(plat):
        return _make_day(ecrit[3], ecrit[2], ecrit[1])
    if (nomme := _LETTRES.fullmatch(plat)) and nomme[2] in _MOIS:
        return _make_day(nomme[3], str(_MOIS[nomme[2]]), nomme[1])
    return None


def read_month(annee: str, mois: str) -> tuple[int, int] | None:
    """Year and month of two cells; None when they cannot be read."""
    lus = read_identifier(annee), read_identifier(mois) or _MOIS.get(_flatten(mois))
    if lus[0] not in _ANNEES or lus[1] not in range(1, 13):
        return None
    return int(lus[0] or 0), int(lus[1] or 0)


def show(texte: str) -> str:
    """A cell that a message may repeat: a number, a date or the number of an annexe; else its length."""
    court = texte.strip()
    return f"« {court} »" if _MONTRABLE.fullmatch(court) else f"un texte de {len(court)} caractères"


def _make_day(annee: str, mois: str, jour: str | None) -> date | None:
    if int(annee) not in _ANNEES:
        return None
    try:
        return date(int(annee), int(mois), int(jour or 1))
    except ValueError:
        return None


def _flatten(texte: str) -> str:
    """Small letters without accents, single blanks."""
    decompose = unicodedata.normalize("NFKD", " ".join(texte.split()))
    return "".join(c for c in decompose if not unicodedata.combining(c)).lower()
