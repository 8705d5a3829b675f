"""Checks on what a published cell may hold: forms of codes and dates, bounds of numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from maillage.data.sources.publie import Nature, Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from maillage.data.sources.publie import Constats, FichierPublie

_FORMES = {
    "annee": r"^[0-9]{4}$",
    "trimestre": r"^[1-4]$",
    "date": r"^[0-9]{4}-(0[1-9]|1[0-2])-[0-9]{2}$",
    "date_cible": r"^[0-9]{4}-(0[1-9]|1[0-2])-[0-9]{2}$",
    "niveau": r"^(france|region|departement)$",
    "kind": r"^(ACI|AI|EI|EITI|ETTI|GEIQ)$",
    "siret": r"^[0-9]{14}$",
    "type": r"^(COM|ARM|COMD|COMA)$",
}
_BORNES = {"latitude": (-90.0, 90.0), "longitude": (-180.0, 180.0), "score_geocodage": (0.0, 1.0)}
_POURCENT = (0.0, 100.0)
_POSITIF = (0.0, np.inf)
_LIBRE = (-np.inf, np.inf)


def check_cells(
    fichiers: Iterable[FichierPublie], brut: Mapping[str, pa.Table], constats: Constats
) -> None:
    """Note every code, date or number that cannot be what its column says."""
    for fichier in fichiers:
        table = brut[fichier.code]
        for name, nature in fichier.colonnes.items():
            if nature is Nature.NOMBRE:
                wrong, que_faire = _outside(name, table[name])
            elif name in _FORMES:
                fits = pc.match_substring_regex(table[name], _FORMES[name])
                wrong, que_faire = pc.invert(fits), "rétablissez la valeur publiée."
            else:
                continue
            positions = np.flatnonzero(pc.fill_null(wrong, fill_value=False).to_numpy())
            rows = [(int(p), str(table[name][int(p)].as_py())) for p in positions]
            place = Place("MLG-REF-109", fichier.chemin, name, que_faire)
            constats.refuse_rows(place, rows, "valeur impossible : « {} »")


def _outside(name: str, column: pa.ChunkedArray) -> tuple[pa.ChunkedArray, str]:
    low, high = _bounds(name)
    wrong = pc.or_(pc.less(column, low), pc.greater(column, high))
    return wrong, f"la valeur attendue est entre {low:g} et {high:g}."


def _bounds(name: str) -> tuple[float, float]:
    if name in _BORNES:
        return _BORNES[name]
    if name.startswith("depense_") or name == "valeur":
        return _LIBRE  # recoveries can exceed spending; a published change can be a fall
    return _POURCENT if name.endswith("_pct") or name == "taux_chomage" else _POSITIF
