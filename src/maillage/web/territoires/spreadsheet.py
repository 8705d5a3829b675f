"""Tables as spreadsheets: numbers as numbers, states as words, formulas neutralised."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import xlsxwriter

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from maillage.analyses.exports import Cellule

# Fixed, so that the same table is the same file.
_CREATION = datetime(2000, 1, 1, tzinfo=UTC)
_LARGEUR_MAX = 60


def write_xlsx(rows: Sequence[Mapping[str, Cellule]], feuille: str) -> bytes:
    """Workbook of one sheet: bold frozen heading, filter, one row per row.

    A text is always written as a text, even when it starts with = + - or @: a spreadsheet never
    runs it.

    Args:
        rows: All with the same columns.
        feuille: Name of the sheet, 31 characters at most.
    """
    sortie = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(sortie, options) as classeur:
        classeur.set_properties({"created": _CREATION, "author": "", "comments": ""})
        page = classeur.add_worksheet(feuille)
        gras = classeur.add_format({"bold": True, "bottom": 1})
        colonnes = list(rows[0]) if rows else []
        for rang, nom in enumerate(colonnes):
            page.write_string(0, rang, nom, gras)
        for ligne, row in enumerate(rows, start=1):
            for rang, nom in enumerate(colonnes):
                _write(page, ligne, rang, row[nom])
        if colonnes:
            page.freeze_panes(1, 1)
            page.autofilter(0, 0, len(rows), len(colonnes) - 1)
            page.autofit(_LARGEUR_MAX * 7)
    return sortie.getvalue()


def _write(page: xlsxwriter.worksheet.Worksheet, ligne: int, rang: int, cellule: Cellule) -> None:
    if cellule is None:
        return
    if isinstance(cellule, bool | str):
        page.write_string(ligne, rang, str(cellule))
    else:
        page.write_number(ligne, rang, cellule)
