"""Cells of the exchanged files: what is written in one, and what is read from it, exactly undone."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from maillage.kernel.errors import Anomalie, SaisieInvalide
from maillage.kernel.francais import guillemets

if TYPE_CHECKING:
    from collections.abc import Iterable

LISTE: Final = " | "
"""Between the elements of a list in one cell."""
CHAMP: Final = ":"
"""Between the fields of one element."""
_BORNES: Final = ".."

_DANGER = re.compile(r"'*[=+\-@\t\r]")
_PROTEGE = re.compile(r"'+[=+\-@\t\r]")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_FRANCAISE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_MONTANT = re.compile(r"\d{1,12}(?:[.,]\d{1,2})?")
_OUI, _NON = frozenset({"oui", "o", "1", "vrai"}), frozenset({"non", "n", "0", "faux", ""})


def protect(texte: str) -> str:
    """Text that no spreadsheet runs; `unprotect` gives it back exactly."""
    return f"'{texte}" if _DANGER.match(texte) else texte


def unprotect(texte: str) -> str:
    """Text as it was before `protect`."""
    return texte[1:] if _PROTEGE.match(texte) else texte


def clean_text(texte: str) -> str:
    """Text on one line, composed, without control characters: what forms and files keep."""
    composed = unicodedata.normalize("NFC", texte)
    visible = "".join(" " if unicodedata.category(c) in {"Cc", "Zl", "Zp"} else c for c in composed)
    return " ".join(visible.split())


def clean_lines(texte: str) -> str:
    """The same on several lines: their breaks and the spaces inside them are kept."""
    composed = unicodedata.normalize("NFC", texte).replace("\r\n", "\n").replace("\r", "\n")
    lignes = (
        "".join(" " if unicodedata.category(c) in {"Cc", "Zl", "Zp"} else c for c in ligne).rstrip()
        for ligne in composed.split("\n")
    )
    return "\n".join(lignes).strip()


def split_list(texte: str) -> list[str]:
    """Elements of a cell that holds a list."""
    return [element for part in texte.split("|") if (element := part.strip())]


def join_list(elements: Iterable[str]) -> str:
    """Cell that holds a list."""
    return LISTE.join(elements)


def format_bool(*, is_vrai: bool) -> str:
    """« oui » or « non »."""
    return "oui" if is_vrai else "non"


def parse_bool(texte: str) -> bool:
    """Whether a cell says yes; an empty one says no.

    Raises:
        SaisieInvalide: MLG-ORG-030, neither yes nor no.
    """
    mot = texte.casefold()
    if mot in _OUI:
        return True
    if mot in _NON:
        return False
    raise SaisieInvalide(
        Anomalie("MLG-ORG-030", f"{guillemets(texte)} n’est ni oui ni non.", "Écrivez oui ou non.")
    )


def format_jour(jour: date | None) -> str:
    """`2024-01-31`; empty for no day."""
    return "" if jour is None else jour.isoformat()


def parse_jour(texte: str) -> date:
    """Day that a cell gives: 2024-01-31 or 31/01/2024.

    Raises:
        SaisieInvalide: MLG-ORG-031, not a day of the calendar.
    """
    try:
        if (iso := _ISO.fullmatch(texte)) and texte.isascii():
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
        if (jma := _FRANCAISE.fullmatch(texte)) and texte.isascii():
            return date(int(jma[3]), int(jma[2]), int(jma[1]))
    except ValueError:
        pass  # told below, with the value
    raise SaisieInvalide(
        Anomalie(
            "MLG-ORG-031",
            f"{guillemets(texte)} n’est pas une date.",
            "Écrivez 2024-01-31 ou 31/01/2024, un jour qui existe.",
        )
    )


def format_periode(debut: date, fin: date | None) -> str:
    """`2020-01-01..2023-12-31`; nothing after the dots when it runs."""
    return f"{debut.isoformat()}{_BORNES}{format_jour(fin)}"


def parse_periode(texte: str) -> tuple[date, date | None]:
    """First and last day of a period; None when it runs.

    Raises:
        SaisieInvalide: MLG-ORG-031 a bound is not a day; MLG-ORG-032 the dots are missing.
    """
    debut, points, fin = texte.partition(_BORNES)
    if not points:
        raise SaisieInvalide(
            Anomalie(
                "MLG-ORG-032",
                f"{guillemets(texte)} n’est pas une période.",
                "Écrivez 2020-01-01..2023-12-31, ou 2020-01-01.. si elle court encore.",
            )
        )
    return parse_jour(debut.strip()), parse_jour(fin.strip()) if fin.strip() else None


def format_centimes(centimes: int | None) -> str:
    """`1200.50`; empty when it is not known."""
    return "" if centimes is None else f"{Decimal(centimes) / 100:.2f}"


def parse_centimes(texte: str) -> int | None:
    """Amount in centimes; None for an empty cell, which is not zero.

    Raises:
        SaisieInvalide: MLG-ORG-033, not a positive amount with two decimals at most.
    """
    serre = "".join(texte.split()).removesuffix("€")
    if not serre:
        return None
    if not (_MONTANT.fullmatch(serre) and serre.isascii()):
        raise SaisieInvalide(
            Anomalie(
                "MLG-ORG-033",
                f"{guillemets(texte)} n’est pas un montant.",
                "Écrivez 1200 ou 1200,50, positif, avec deux décimales au plus\u00a0; laissez vide "
                "un montant inconnu.",
            )
        )
    return int(Decimal(serre.replace(",", ".")) * 100)
