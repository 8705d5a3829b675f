"""Origins and structures of the reference pack, as arrays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow.compute as pc

from maillage.indicators.access.pairs import Points
from maillage.indicators.access.travel import classify_milieux
from maillage.kernel.niveau import Niveau
from maillage.kernel.valeur import Absence, code_etat

if TYPE_CHECKING:
    import pyarrow as pa
    from numpy.typing import NDArray

KINDS_IAE = ("ACI", "AI", "EI", "ETTI")
"""Kinds of the register that are IAE in law; GEIQ is not."""

SERIE_DEMANDE = "demandeurs_emploi"
_SERIE_POPULATION = "population"

_COLONNES: dict[Niveau, str] = {
    Niveau.REGION: "code_region",
    Niveau.DEPARTEMENT: "code_departement",
    Niveau.ZONE_EMPLOI: "code_zone_emploi",
    Niveau.EPCI: "code_epci",
    Niveau.CLPE: "code_clpe",
}
_LUES = ["code", "type", "code_parent", "latitude", "longitude", *_COLONNES.values()]


@dataclass(frozen=True, slots=True, eq=False)
class Origines:
    """Communes that people leave from: arrondissements stand for Paris, Lyon and Marseille.

    Attributes:
        codes: One per origin. The other attributes follow the same order, shape `(n,)`.
        situees: Origins whose centre is published; only they have a travel time.
        points: Centres of the `situees`, in order. Shape `(s,)`.
        demandeurs: Job seekers; NaN when unknown.
        etats: State of `demandeurs`, 0 when known.
        habitees: False where the census counts nobody.
        parents: Level to the code of the territory that holds each origin; at the commune level,
            the commune of an arrondissement. None where there is none.
    """

    codes: tuple[str, ...]
    situees: NDArray[np.bool_]
    points: Points
    demandeurs: NDArray[np.float64]
    etats: NDArray[np.uint8]
    habitees: NDArray[np.bool_]
    parents: dict[Niveau, list[str | None]]


@dataclass(frozen=True, slots=True, eq=False)
class Structures:
    """Structures of the four kinds of IAE that have a point.

    Attributes:
        points: Where they stand. Shape `(m,)`.
        kinds: Kind of each, one of `KINDS_IAE`. Shape `(m,)`.
    """

    points: Points
    kinds: NDArray[np.str_]


def read_origines(communes: pa.Table, besoin: pa.Table) -> Origines:
    """Origins from the pack tables `communes` and `besoin_communes`."""
    table = communes.select(_LUES).to_pylist()
    divided = {row["code_parent"] for row in table if row["type"] == "ARM"}
    rows = [row for row in table if row["code"] not in divided]
    situees = np.array([row["latitude"] is not None for row in rows], dtype=bool)
    demandeurs, etats = _read_demande(besoin, rows)
    population = _latest(besoin, _SERIE_POPULATION)
    return Origines(
        codes=tuple(row["code"] for row in rows),
        situees=situees,
        points=_points([row for row in rows if row["latitude"] is not None], _densites(communes)),
        demandeurs=demandeurs,
        etats=etats,
        habitees=np.array([population.get(row["code"], (None, 0))[0] != 0 for row in rows]),
        parents=_parents(rows),
    )


def read_structures(structures: pa.Table, communes: pa.Table) -> Structures:
    """Structures of the four kinds that have a point, from the pack table `structures`."""
    rows = [
        row | {"code": row["code_commune"]}
        for row in structures.to_pylist()
        if row["kind"] in KINDS_IAE and row["latitude"] is not None
    ]
    return Structures(
        points=_points(rows, _densites(communes)),
        kinds=np.array([row["kind"] for row in rows], dtype=np.str_),
    )


def _densites(communes: pa.Table) -> dict[str, str | None]:
    """Density level by code; an arrondissement has that of its commune."""
    columns = (communes[name].to_pylist() for name in ("code", "code_parent", "densite"))
    rows = list(zip(*columns, strict=True))
    own = {code: densite for code, _, densite in rows}
    return {code: densite or own.get(parent) for code, parent, densite in rows}


def _points(rows: list[dict[str, Any]], densites: dict[str, str | None]) -> Points:
    return Points(
        latitude=np.array([row["latitude"] for row in rows], dtype=np.float64),
        longitude=np.array([row["longitude"] for row in rows], dtype=np.float64),
        milieux=classify_milieux(densites.get(row["code"]) for row in rows),
    )


def _parents(rows: list[dict[str, Any]]) -> dict[Niveau, list[str | None]]:
    parents: dict[Niveau, list[str | None]] = {
        niveau: [row[column] for row in rows] for niveau, column in _COLONNES.items()
    }
    parents[Niveau.COMMUNE] = [row["code_parent"] for row in rows]
    parents[Niveau.FRANCE] = ["FR"] * len(rows)
    return parents


def _read_demande(
    besoin: pa.Table, rows: list[dict[str, Any]]
) -> tuple[NDArray[np.float64], NDArray[np.uint8]]:
    """Job seekers of the latest period, and their states, in the order of the rows."""
    latest = _latest(besoin, SERIE_DEMANDE)
    missing = (None, code_etat(Absence.INCONNUE))
    found = [latest.get(row["code"], missing) for row in rows]
    numbers = [np.nan if number is None else number for number, _ in found]
    return np.array(numbers, dtype=np.float64), np.array([etat for _, etat in found], np.uint8)


def _latest(besoin: pa.Table, serie: str) -> dict[str, tuple[float | None, int]]:
    """Value and state by commune of a series, at its latest period."""
    chosen = besoin.filter(pc.field("serie") == serie)
    if not chosen.num_rows:
        return {}
    chosen = chosen.filter(pc.field("periode") == pc.max(chosen["periode"]))
    columns = (chosen[name].to_pylist() for name in ("code", "valeur", "etat"))
    return {code: (valeur, etat) for code, valeur, etat in zip(*columns, strict=True)}
