"""Sheets of a workbook of live formulas: rows are added from top to bottom, each gives back its cell."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from maillage.analyses.modele.hypotheses import Origine
from maillage.kernel.francais import typeset

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import xlsxwriter

    from maillage.analyses.modele.hypotheses import Chiffre

_A4 = 9
_LARGEURS = (58, 16, 14, 14, 70, 40)
_FORMATS: Mapping[str, Mapping[str, object]] = {
    "titre": {"bold": True, "font_size": 14},
    "partie": {"bold": True, "bottom": 1},
    "texte": {"text_wrap": True, "valign": "top"},
    "total": {"bold": True, "top": 1, "num_format": "#,##0.00"},
    "nombre": {"num_format": "#,##0.00"},
    "fin": {"num_format": "#,##0.00##"},
    "entier": {"num_format": "#,##0"},
    "unite": {"indent": 1},
    Origine.DONNEE.code: {"num_format": "#,##0.00##", "bg_color": "#DDEBDD", "locked": False},
    Origine.HYPOTHESE.code: {"num_format": "#,##0.00##", "bg_color": "#FBE9C6", "locked": False},
    Origine.DEFAUT.code: {"num_format": "#,##0.00##", "bg_color": "#F3F3F3", "locked": False},
    Origine.DROIT.code: {"num_format": "#,##0.00##", "bg_color": "#DCE6F4", "locked": False},
}

_STYLES = {"€/h": "fin", "part": "fin", "mois": "entier"}
"""Format of a computed figure by its unit; two decimals otherwise."""


class Formats:
    """Formats of a workbook, made once."""

    def __init__(self, classeur: xlsxwriter.Workbook) -> None:
        self._formats = {nom: classeur.add_format(dict(un)) for nom, un in _FORMATS.items()}

    def __getitem__(self, nom: str) -> object:
        return self._formats[nom]


@dataclass(slots=True)
class Feuille:
    """One sheet.

    Attributes:
        nom: As on its tab.
        page: Sheet of xlsxwriter.
        formats: Of the workbook.
        ligne: Next row to write, from 0.
        cellules: Cells by name, for the formulas of other sheets.
    """

    nom: str
    page: xlsxwriter.worksheet.Worksheet
    formats: Formats
    ligne: int = 0
    cellules: dict[str, str] = field(default_factory=dict)

    def set_largeurs(self, largeurs: Iterable[int] = _LARGEURS) -> None:
        """Widths of the columns; on paper, landscape and as wide as the page."""
        self.page.set_landscape()
        self.page.set_paper(_A4)
        self.page.fit_to_pages(1, 0)
        for rang, largeur in enumerate(largeurs):
            self.page.set_column(rang, rang, largeur)

    def add_titre(self, texte: str) -> None:
        """Name of the sheet."""
        self.page.write_string(self.ligne, 0, typeset(texte), self.formats["titre"])
        self.ligne += 1

    def add_partie(self, *entetes: str) -> None:
        """Name of a part, with a blank row above; the headings of its columns beside it."""
        self.ligne += 1
        for rang, texte in enumerate(entetes):
            self.page.write_string(self.ligne, rang, typeset(texte), self.formats["partie"])
        self.ligne += 1

    def add_texte(self, texte: str) -> None:
        """A sentence."""
        self.page.write_string(self.ligne, 0, typeset(texte), self.formats["texte"])
        self.ligne += 1

    def add_chiffre(self, nom: str, libelle: str, chiffre: Chiffre, unite: str) -> str:
        """A figure to be changed by hand, coloured by its origin; its cell."""
        self.page.write_string(self.ligne, 0, typeset(libelle))
        self.page.write_number(self.ligne, 1, chiffre.valeur, self.formats[chiffre.origine.code])
        self.page.write_string(self.ligne, 2, unite, self.formats["unite"])
        self.page.write_string(self.ligne, 3, chiffre.origine.value)
        self.page.write_string(self.ligne, 4, chiffre.source)
        self.page.write_string(self.ligne, 5, nom)
        return self._end(nom)

    def add_formule(
        self,
        nom: str,
        libelle: str,
        formule: str,
        valeur: float | str,
        unite: str = "€",
        *,
        total: bool = False,
    ) -> str:
        """A figure computed by the spreadsheet; its cell.

        Args:
            nom: By which other formulas find it.
            libelle: As shown.
            formule: Without its sign « = ».
            valeur: What it gives now, for the programs that do not compute.
            unite: As shown.
            total: Whether it stands out.
        """
        style = self.formats["total" if total else _STYLES.get(unite, "nombre")]
        self.page.write_string(self.ligne, 0, typeset(libelle))
        self.page.write_formula(self.ligne, 1, f"={formule}", style, valeur)
        self.page.write_string(self.ligne, 2, unite, self.formats["unite"])
        return self._end(nom)

    def add_rangee(self, nom: str, libelle: str, nombres: Sequence[float]) -> str:
        """A row of numbers, one per month, to be changed by hand; its range."""
        self.page.write_string(self.ligne, 0, typeset(libelle))
        for rang, nombre in enumerate(nombres, 1):
            self.page.write_number(self.ligne, rang, nombre, self.formats["hypothese"])
        return self._end_rangee(nom, len(nombres))

    def add_formules(
        self,
        nom: str,
        libelle: str,
        formules: Sequence[str],
        valeurs: Sequence[float],
        *,
        total: bool = False,
    ) -> str:
        """A row of formulas, one per month; its range."""
        style = self.formats["total" if total else "nombre"]
        self.page.write_string(self.ligne, 0, typeset(libelle))
        for rang, (formule, valeur) in enumerate(zip(formules, valeurs, strict=True), 1):
            self.page.write_formula(self.ligne, rang, f"={formule}", style, valeur)
        return self._end_rangee(nom, len(formules))

    def name_cell(self, rang: int, ligne: int | None = None) -> str:
        """Cell of a month, from 1, on the row to come or on another."""
        return f"{name_column(rang)}{(self.ligne if ligne is None else ligne) + 1}"

    def _end(self, nom: str) -> str:
        self.cellules[nom] = f"'{self.nom}'!$B${self.ligne + 1}"
        self.ligne += 1
        return self.cellules[nom]

    def _end_rangee(self, nom: str, longueur: int) -> str:
        numero = self.ligne + 1
        self.cellules[nom] = f"'{self.nom}'!$B${numero}:${name_column(longueur)}${numero}"
        self.ligne += 1
        return self.cellules[nom]


def name_column(rang: int) -> str:
    """Letter of a column, from 0: A, B… Z, AA."""
    lettres = ""
    reste = rang + 1
    while reste:
        reste, unite = divmod(reste - 1, 26)
        lettres = chr(ord("A") + unite) + lettres
    return lettres
