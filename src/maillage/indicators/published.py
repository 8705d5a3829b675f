"""Published series of the pack, laid out as columns in the order of the territories."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow.compute as pc

from maillage.indicators.columns import INCONNUE, make_colonne, unknown
from maillage.indicators.ground import rows_of
from maillage.kernel.niveau import Niveau

if TYPE_CHECKING:
    import pyarrow as pa

    from maillage.data.reference.pack import Pack
    from maillage.indicators.ground import Codes
    from maillage.kernel.valeur import Colonne


@dataclass(frozen=True, slots=True)
class Tirage:
    """One series at one level for one period, and the files that it was read from."""

    colonne: Colonne
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Published:
    """Every published series, by level, name and period.

    Attributes:
        codes: Level to the ordered codes of its territories.
        tirages: (level, series) to its periods, oldest first.
    """

    codes: Codes
    tirages: dict[tuple[Niveau, str], dict[str, Tirage]]

    def find(self, niveau: Niveau, serie: str) -> dict[str, Tirage]:
        """Periods of one series at one level; empty when nothing is published."""
        return self.tirages.get((niveau, serie), {})

    def at(self, niveau: Niveau, serie: str, periode: str) -> Tirage:
        """One series for one period; unknown figures when nothing is published."""
        found = self.find(niveau, serie).get(periode)
        return found or Tirage(unknown(len(self.codes[niveau])), ())

    def last(self, niveau: Niveau, serie: str) -> str | None:
        """Latest period of one series at one level."""
        return next(reversed(self.find(niveau, serie)), None)


def read_published(pack: Pack, codes: Codes) -> Published:
    """Lay out all the series of the pack, commune figures included."""
    tirages: dict[tuple[Niveau, str], dict[str, Tirage]] = {}
    series = pack.tables["series"]
    for niveau in Niveau:
        rows = (
            pack.tables["besoin_communes"]
            if niveau is Niveau.COMMUNE
            else series.filter(pc.equal(series["niveau"], niveau.value))
        )
        for serie, periodes in pivot(rows, codes[niveau]).items():
            tirages[niveau, serie] = periodes
    return Published(codes, tirages)


def pivot(rows: pa.Table, codes: tuple[str, ...]) -> dict[str, dict[str, Tirage]]:
    """Long rows (code, serie, periode, valeur, etat, source) as columns by series and period.

    A territory without a row is unknown; a row of an unknown territory is left out.
    """
    positions = rows_of(codes, rows["code"])
    serie, series = _encode(rows["serie"])
    periode, periodes = _encode(rows["periode"])
    source, sources = _encode(rows["source"])
    valeurs = rows["valeur"].to_numpy()
    etats = rows["etat"].to_numpy()
    keys = serie * max(len(periodes), 1) + periode
    order = np.argsort(keys, kind="stable")
    order = order[positions[order] >= 0]
    bounds = np.flatnonzero(np.diff(keys[order])) + 1
    laid: dict[str, dict[str, Tirage]] = {}
    for chunk in np.split(order, bounds) if len(order) else []:
        nombres = np.full(len(codes), np.nan)
        states = np.full(len(codes), INCONNUE, dtype=np.uint8)
        nombres[positions[chunk]] = valeurs[chunk]
        states[positions[chunk]] = etats[chunk]
        origins = tuple(sorted({sources[rank] for rank in np.unique(source[chunk])}))
        name, when = series[serie[chunk[0]]], periodes[periode[chunk[0]]]
        laid.setdefault(name, {})[when] = Tirage(make_colonne(nombres, states), origins)
    return {name: dict(sorted(found.items())) for name, found in laid.items()}


def _encode(
    column: pa.ChunkedArray,
) -> tuple[np.ndarray[tuple[int], np.dtype[np.int64]], list[str]]:
    encoded = column.combine_chunks().dictionary_encode()
    return np.asarray(encoded.indices.to_numpy(), dtype=np.int64), encoded.dictionary.to_pylist()
