"""Sums of commune figures at every level: one expression, the same on every engine.

Rule of coverage. A sum stands for its territory when the communes whose figure is known hold at
least `COUVERTURE_MINIMALE` of its population; otherwise the territory has the most frequent
absence of its communes. Communes restored in 2024–2025 have no population of their own yet: their
inhabitants are still counted in the commune that they left, so their blank removes nothing.
Shares that are mostly secret at the commune (poverty rate) are never rolled up.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from maillage.indicators.columns import make_colonne, most_frequent_absence
from maillage.indicators.ground import rows_of
from maillage.kernel.niveau import Niveau
from maillage.kernel.valeur import CONNUE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import ibis.expr.types as ir  # type: ignore[import-untyped]  # ships no types

    from maillage.indicators.ground import Codes, Ground
    from maillage.kernel.valeur import Colonne

COUVERTURE_MINIMALE = 0.5
_ETATS = range(6)

#: Figure of one commune. Key: (commune, mesure). Whole numbers, so that sums are exact.
MESURES = pa.schema(
    [
        ("commune", pa.string()),
        ("mesure", pa.string()),
        ("valeur", pa.int64()),
        ("etat", pa.int16()),
    ]
)
#: Place of one commune (never an arrondissement) in one territory. Key: (niveau, commune).
APPARTENANCES = pa.schema(
    [
        ("niveau", pa.string()),
        ("code", pa.string()),
        ("commune", pa.string()),
        ("population", pa.int64()),  # 0 where it is not known
    ]
)


@dataclass(frozen=True, slots=True)
class Mesure:
    """A whole number per commune, added territory by territory.

    Attributes:
        colonne: Whole numbers. Shape `(communes,)`, arrondissements included.
        sources: Codes of the published files.
    """

    colonne: Colonne
    sources: tuple[str, ...]


def rollup(mesures: ir.Table, appartenances: ir.Table) -> ir.Table:
    """Sums per territory, and how much of the territory they cover.

    Args:
        mesures: Rows of `MESURES`.
        appartenances: Rows of `APPARTENANCES`.

    Returns:
        One row per (niveau, code, mesure): `somme` (float64, exact sum of integers, null without a
        known commune), `part_connue` (share of the population living in communes whose figure is
        known, 0–1, null when nobody lives there), `etat_0` … `etat_5` (communes per state).
    """
    joined = appartenances.join(mesures, "commune")
    connue = joined.etat == CONNUE
    counts = {f"etat_{etat}": (joined.etat == etat).sum().cast("int64") for etat in _ETATS}
    grouped = joined.group_by(["niveau", "code", "mesure"]).aggregate(
        somme=joined.valeur.sum(where=connue).cast("float64"),
        habitants=joined.population.sum().cast("float64"),
        habitants_connus=joined.population.sum(where=connue).cast("float64"),
        **counts,
    )
    part = grouped.habitants_connus.fill_null(0.0) / grouped.habitants.nullif(0.0)
    return grouped.mutate(part_connue=part).drop("habitants", "habitants_connus")


def mesures_table(ground: Ground, mesures: Mapping[str, Mesure]) -> pa.Table:
    """Rows of `MESURES` for the true communes, never for an arrondissement."""
    communes = pa.array(ground.codes[Niveau.COMMUNE])
    kept = pa.array(ground.est_commune)
    tables = [
        pa.table(
            {
                "commune": communes.filter(kept),
                "mesure": pa.array([nom] * kept.true_count, pa.string()),
                "valeur": _integers(mesure.colonne).filter(kept),
                "etat": pa.array(mesure.colonne.etats.astype(np.int16)).filter(kept),
            },
            schema=MESURES,
        )
        for nom, mesure in mesures.items()
    ]
    return pa.concat_tables(tables) if tables else MESURES.empty_table()


def appartenances_table(ground: Ground, population: Colonne) -> pa.Table:
    """Rows of `APPARTENANCES` for every level above the commune."""
    habitants = np.nan_to_num(population.nombres).astype(np.int64)
    communes = np.array(ground.codes[Niveau.COMMUNE], dtype=object)
    tables = []
    for niveau, groupes in ground.groupes.items():
        if niveau is Niveau.COMMUNE:
            continue
        kept = ground.est_commune & (groupes >= 0)
        codes = np.array(ground.codes[niveau], dtype=object)[groupes[kept]]
        columns = {
            "niveau": [niveau.value] * len(codes),
            "code": codes,
            "commune": communes[kept],
            "population": habitants[kept],
        }
        tables.append(pa.table(columns, schema=APPARTENANCES))
    return pa.concat_tables(tables)


def read_sums(
    sums: pa.Table, codes: Codes, mesures: Iterable[str]
) -> dict[tuple[str, Niveau], Colonne]:
    """Columns of the roll-up, by measure and level, in the order of the territories.

    Args:
        sums: Result of `rollup`.
        codes: Level to the ordered codes of its territories.
        mesures: Names of the measures; one without any row is unknown everywhere.
    """
    found: dict[tuple[str, Niveau], Colonne] = {}
    names = tuple(mesures)
    for niveau in Niveau:
        if niveau is Niveau.COMMUNE:
            continue
        rows = sums.filter(pa.compute.equal(sums["niveau"], niveau.value))
        rank = rows_of(names, rows["mesure"])
        place = rows_of(codes[niveau], rows["code"])
        taille = len(codes[niveau])
        sommes, parts = (_laid(rows[c], rank, place, (len(names), taille)) for c in _NUMBERS)
        counts = np.zeros((len(names), taille, len(_ETATS)), dtype=np.int64)
        for etat in _ETATS:
            counts[rank, place, etat] = rows[f"etat_{etat}"].to_numpy()
        for position, name in enumerate(names):
            etats = _etats(counts[position], parts[position])
            found[name, niveau] = make_colonne(sommes[position], etats)
    return found


_NUMBERS = ("somme", "part_connue")


def _laid(
    column: pa.ChunkedArray,
    rank: np.ndarray[tuple[int], np.dtype[np.intp]],
    place: np.ndarray[tuple[int], np.dtype[np.intp]],
    shape: tuple[int, int],
) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    laid = np.full(shape, np.nan)
    laid[rank, place] = column.to_numpy().astype(np.float64)
    return laid


def _etats(
    counts: np.ndarray[tuple[int, int], np.dtype[np.int64]],
    parts: np.ndarray[tuple[int], np.dtype[np.float64]],
) -> np.ndarray[tuple[int], np.dtype[np.uint8]]:
    complete = (counts[:, 1:].sum(axis=1) == 0) & (counts[:, CONNUE] > 0)
    covered = (counts[:, CONNUE] > 0) & (np.nan_to_num(parts) >= COUVERTURE_MINIMALE)
    absences = most_frequent_absence(counts * np.array([0, 1, 1, 1, 1, 1]))
    return np.where(complete | covered, CONNUE, absences).astype(np.uint8)


def _integers(colonne: Colonne) -> pa.Array:
    whole = np.nan_to_num(colonne.nombres)
    if not np.array_equal(whole, np.round(whole)):
        msg = "a rolled-up measure holds whole numbers only; scale it first"
        raise ValueError(msg)
    return pa.array(whole.astype(np.int64), mask=~colonne.connues)
