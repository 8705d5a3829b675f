"""Units carried by the types of columns: an argument in euros refuses a formula in cents.

A column type is a NumPy array annotated with its `Unite`. The engine compares the unit of an
argument with the unit of the formula, or of the legal value, that produces it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, TypeAlias

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Unite:
    """One unit.

    Attributes:
        code: As written in the parameter files, `metadata.unit`.
        genre: NumPy kinds that a column of this unit may have (`"f"`, `"i"`, `"U"`…).
        libelle: French, for the pages: « euros par ETP et par an ».
    """

    code: str
    genre: str
    libelle: str


UNITES: dict[str, Unite] = {
    unite.code: unite
    for unite in (
        Unite("EUR", "f", "euros"),
        Unite("centimes", "i", "centimes d’euro"),
        Unite("EUR/ETP/an", "f", "euros par ETP et par an"),
        Unite("EUR/poste/6 mois", "f", "euros par poste à temps plein sur six mois"),
        Unite("EUR/h", "f", "euros par heure"),
        Unite("EUR/mois", "f", "euros par mois"),
        Unite("EUR/an", "f", "euros par an"),
        Unite("ETP", "f", "équivalents temps plein"),
        Unite("h", "f", "heures"),
        Unite("h/semaine", "f", "heures par semaine"),
        Unite("h/an", "f", "heures par an"),
        Unite("h/ETP/an", "f", "heures par ETP et par an"),
        Unite("taux", "f", "taux, entre 0 et 1"),
        Unite("SMIC", "f", "multiple du SMIC"),
        Unite("mois", "i", "mois"),
        Unite("semaines/an", "f", "semaines par an"),
        Unite("ans", "i", "ans"),
        Unite("nombre", "if", "nombre"),
        Unite("date", "M", "date"),
        Unite("oui/non", "b", "oui ou non"),
        Unite("fraction", "f", "fraction exacte"),
        Unite("texte", "U", "texte"),
        Unite("liste", "O", "liste"),
    )
}
"""Every unit that a parameter file or a formula may use, by its code."""

Euros: TypeAlias = Annotated[NDArray[np.float64], UNITES["EUR"]]
Centimes: TypeAlias = Annotated[NDArray[np.int64], UNITES["centimes"]]
EurosParEtp: TypeAlias = Annotated[NDArray[np.float64], UNITES["EUR/ETP/an"]]
EurosParPoste: TypeAlias = Annotated[NDArray[np.float64], UNITES["EUR/poste/6 mois"]]
EurosParHeure: TypeAlias = Annotated[NDArray[np.float64], UNITES["EUR/h"]]
EurosParMois: TypeAlias = Annotated[NDArray[np.float64], UNITES["EUR/mois"]]
EurosParAn: TypeAlias = Annotated[NDArray[np.float64], UNITES["EUR/an"]]
Etp: TypeAlias = Annotated[NDArray[np.float64], UNITES["ETP"]]
Heures: TypeAlias = Annotated[NDArray[np.float64], UNITES["h"]]
HeuresParSemaine: TypeAlias = Annotated[NDArray[np.float64], UNITES["h/semaine"]]
HeuresParAn: TypeAlias = Annotated[NDArray[np.float64], UNITES["h/an"]]
HeuresParEtp: TypeAlias = Annotated[NDArray[np.float64], UNITES["h/ETP/an"]]
SemainesParAn: TypeAlias = Annotated[NDArray[np.float64], UNITES["semaines/an"]]
Taux: TypeAlias = Annotated[NDArray[np.float64], UNITES["taux"]]
MultipleSmic: TypeAlias = Annotated[NDArray[np.float64], UNITES["SMIC"]]
Fractions: TypeAlias = Annotated[NDArray[np.float64], UNITES["fraction"]]
Mois: TypeAlias = Annotated[NDArray[np.int64], UNITES["mois"]]
Annees: TypeAlias = Annotated[NDArray[np.int64], UNITES["ans"]]
Nombre: TypeAlias = Annotated[NDArray[np.float64], UNITES["nombre"]]
Jour: TypeAlias = Annotated[NDArray[np.datetime64], UNITES["date"]]
Booleen: TypeAlias = Annotated[NDArray[np.bool_], UNITES["oui/non"]]
Texte: TypeAlias = Annotated[NDArray[np.str_], UNITES["texte"]]
Liste: TypeAlias = Annotated[tuple[int, ...], UNITES["liste"]]
"""A list of the law (months 5, 8, 11): the same for every row of one call."""
