"""Cells of a known column to the type that the dictionary gives it."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from maillage.data.sources.flux_iae.colonnes import Type
from maillage.data.sources.textes import is_blank, read_decimaux, read_distinct
from maillage.kernel.errors import Anomalie
from maillage.kernel.francais import guillemets

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from maillage.data.sources.flux_iae.colonnes import Colonne
    from maillage.data.sources.flux_iae.rapport import Releve

ARROW = {
    Type.TEXTE: pa.string(),
    Type.ENTIER: pa.int64(),
    Type.CENTIEMES: pa.int64(),
    Type.MILLIONIEMES: pa.int64(),
    Type.BOOLEEN: pa.bool_(),
    Type.DATE: pa.date32(),
    Type.HORODATAGE: pa.timestamp("s"),
}
_DECIMALES = {Type.ENTIER: 0, Type.CENTIEMES: 2, Type.MILLIONIEMES: 6}
_VIDE, _LU, _REPARE, _FAUX = 0, 1, 2, 3
_JOUR = re.compile(
    r"(?P<j>[0-9]{2})/(?P<m>[0-9]{2})/(?P<a>[0-9]{4})(?: (?P<h>[0-9]{2}):(?P<n>[0-9]{2})(?::(?P<s>[0-9]{2}))?)?"
)
_ISO = re.compile(
    r"(?P<a>[0-9]{4})-(?P<m>[0-9]{2})-(?P<j>[0-9]{2})(?:[ T](?P<h>[0-9]{2}):(?P<n>[0-9]{2})(?::(?P<s>[0-9]{2}))?.*)?"
)
_ANNEES = range(1900, 2200)
_NOMBRE = re.compile(r"[+-]?[0-9]{1,15}(?:[.,][0-9]*)?|[+-]?[.,][0-9]+")
_VRAI_FAUX = {
    **dict.fromkeys(("true", "t", "oui", "o", "1", "vrai"), 1),
    **dict.fromkeys(("false", "f", "non", "n", "0", "faux"), 0),
}
_DIT = {
    Type.ENTIER: "un nombre entier",
    Type.CENTIEMES: "un nombre",
    Type.MILLIONIEMES: "un nombre",
    Type.BOOLEEN: "« true » ou « false »",
    Type.DATE: "une date JJ/MM/AAAA",
    Type.HORODATAGE: "une date JJ/MM/AAAA, avec ou sans heure",
}


def type_column(
    cellules: pa.ChunkedArray,
    colonne: Colonne,
    lignes: NDArray[np.int32],
    releve: Releve,
    chemin: str,
) -> pa.ChunkedArray | pa.Array:
    """Typed column; empty cells are null, what cannot be read is noted and null.

    Args:
        cellules: Text.
        colonne: What is known of it.
        lignes: Line of each row in the file.
        releve: Where repairs and faults are noted.
        chemin: The file, for the messages.
    """
    if is_blank(cellules):
        return pa.nulls(len(cellules), ARROW[colonne.type])
    if colonne.type is Type.TEXTE:
        texte = pc.utf8_trim_whitespace(cellules)
        return pc.if_else(pc.equal(texte, ""), None, texte)
    if colonne.type in _DECIMALES:
        rapide = read_decimaux(cellules, _DECIMALES[colonne.type], ".")
        if rapide is not None:
            return pa.array(rapide[0], mask=rapide[1])
    valeurs, etats = read_distinct(cellules, _READERS[colonne.type])
    ou = f"{chemin}, colonne {colonne.nom}"
    _note(cellules, etats, lignes, releve, ou, colonne)
    absents = (etats == _VIDE) | (etats == _FAUX)
    if colonne.type is Type.BOOLEEN:
        return pa.array(valeurs.astype(bool), mask=absents)
    if colonne.type is Type.DATE:
        valeurs = valeurs.astype(np.int32)
    return pa.array(valeurs, mask=absents).view(ARROW[colonne.type])


def _note(
    cellules: pa.ChunkedArray,
    etats: NDArray[np.uint8],
    lignes: NDArray[np.int32],
    releve: Releve,
    ou: str,
    colonne: Colonne,
) -> None:
    faux = np.flatnonzero(etats == _FAUX)
    if len(faux):
        valeur = guillemets(cellules[int(faux[0])].as_py().strip()[:40])
        releve.refuse(
            Anomalie(
                "MLG-FLX-020",
                f"{valeur} n’est pas {_DIT[colonne.type]}.",
                "Demandez de nouveau l’extrait, ou signalez-le à l’ASP ; rien n’est gardé d’un fichier "
                "faux.",
                ou,
            ),
            lignes[faux[:5]],
            len(faux),
        )
    repares = np.flatnonzero(etats == _REPARE)
    if len(repares):
        valeur = guillemets(cellules[int(repares[0])].as_py().strip()[:40])
        releve.repair(
            Anomalie(
                "MLG-FLX-102",
                f"{valeur} est lu comme {_DIT[colonne.type]}, écrit autrement que d’habitude.",
                "Vérifiez que la lecture est la bonne.",
                ou,
            ),
            lignes[repares[:5]],
            len(repares),
        )


def _read_day(texte: str) -> tuple[int, int]:
    lu = _parse_day(texte)
    if lu is None:
        return 0, _FAUX if texte.strip() else _VIDE
    moment, etat = lu
    return (moment.date() - date(1970, 1, 1)).days, etat


def _read_moment(texte: str) -> tuple[int, int]:
    lu = _parse_day(texte)
    if lu is None:
        return 0, _FAUX if texte.strip() else _VIDE
    moment, etat = lu
    return int(moment.timestamp()), etat


def _parse_day(texte: str) -> tuple[datetime, int] | None:
    serre = texte.strip()
    trouve, etat = _JOUR.fullmatch(serre), _LU
    if trouve is None:
        trouve, etat = _ISO.fullmatch(serre), _REPARE
    if trouve is None or int(trouve["a"]) not in _ANNEES:
        return None
    heures, minutes, secondes = (int(trouve[partie] or 0) for partie in ("h", "n", "s"))
    try:
        jour = datetime(
            int(trouve["a"]),
            int(trouve["m"]),
            int(trouve["j"]),
            heures,
            minutes,
            secondes,
            tzinfo=UTC,
        )
    except ValueError:
        return None
    return jour, etat


def _read_boolean(texte: str) -> tuple[int, int]:
    serre = texte.strip().lower()
    if not serre:
        return 0, _VIDE
    lu = _VRAI_FAUX.get(serre)
    if lu is None:
        return 0, _FAUX
    return lu, _LU if serre in {"true", "false"} else _REPARE


def _read_number(decimales: int) -> Callable[[str], tuple[int, int]]:
    """Reader of numbers that are not plain: a comma, « 12.0 » for 12, more decimals than are kept."""
    unite = Decimal(10) ** decimales

    def lire(texte: str) -> tuple[int, int]:
        serre = texte.strip()
        if not serre:
            return 0, _VIDE
        if _NOMBRE.fullmatch(serre) is None:
            return 0, _FAUX
        exact = Decimal(serre.replace(",", ".")) * unite
        entier = exact.to_integral_value(ROUND_HALF_UP)
        if exact != entier and decimales == 0:
            return 0, _FAUX
        plain = exact == entier and "," not in serre
        return int(entier), _LU if plain else _REPARE

    return lire


_READERS: dict[Type, Callable[[str], tuple[int, int]]] = {
    Type.ENTIER: _read_number(0),
    Type.CENTIEMES: _read_number(2),
    Type.MILLIONIEMES: _read_number(6),
    Type.BOOLEEN: _read_boolean,
    Type.DATE: _read_day,
    Type.HORODATAGE: _read_moment,
}
