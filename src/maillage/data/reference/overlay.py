"""Lays the accepted updates over the pack, in memory. The pack itself never changes."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from maillage.data.reference.schema import BESOIN_COMMUNES
from maillage.data.reference.update_file import Acceptee, list_updated, read_accepted
from maillage.kernel.errors import Anomalie
from maillage.kernel.niveau import Niveau

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from maillage.data.reference.pack import Pack

_ORDRES = {
    "series": ("niveau", "serie", "code", "periode"),
    "besoin_communes": ("serie", "periode", "code"),
}
"""Keys of the two tables of figures, in the order of their rows in the pack."""


def apply_updates(pack: Pack, data_dir: Path) -> tuple[Pack, tuple[Anomalie, ...]]:
    """The pack with the accepted updates of the data directory, and the ones left out.

    A figure given again for the same territory, series and period is replaced; a new period is
    added. The geography stays the pack's: only names, postal codes and missing coordinates of
    communes are refreshed.

    Returns:
        The same pack when there is nothing to add. Otherwise a new one, whose hash covers the
        pack and the updates. A damaged update is left out, with one problem that names it.
    """
    acceptees: list[Acceptee] = []
    problems: list[Anomalie] = []
    for code in list_updated(data_dir):
        try:
            found = read_accepted(data_dir, code)
        except (ValueError, OSError) as error:
            problems.append(_damaged(data_dir, code, error))
            continue
        if found is not None:
            acceptees.append(found)
    return lay_over(pack, acceptees), tuple(problems)


def lay_over(pack: Pack, acceptees: Sequence[Acceptee]) -> Pack:
    """The pack with these updates; where two give the same figure, the last read wins."""
    ordered = sorted(acceptees, key=lambda a: (a.recue_le, a.code))
    tables = dict(pack.tables)
    sources = dict(pack.sources)
    for acceptee in ordered:
        tables |= _LAYERS[acceptee.genre](tables, acceptee.table)
        sources |= {source.code: source for source in acceptee.sources}
    is_same = sources == pack.sources and _are_equal(tables, pack.tables)
    if is_same:
        return pack
    return replace(pack, empreinte=_hash(pack, ordered), tables=tables, sources=sources)


def _lay_figures(tables: Mapping[str, pa.Table], update: pa.Table) -> dict[str, pa.Table]:
    is_commune = pc.equal(update["niveau"], Niveau.COMMUNE.value)
    parts = {
        "series": update.filter(pc.invert(is_commune)),
        "besoin_communes": update.filter(is_commune).select(BESOIN_COMMUNES.names),
    }
    return {
        name: _replace_rows(tables[name], part, _ORDRES[name])
        for name, part in parts.items()
        if part.num_rows
    }


def _replace_rows(table: pa.Table, update: pa.Table, keys: Sequence[str]) -> pa.Table:
    """Rows of the update, and those of the table whose key it does not hold, in the pack's order."""
    # Few series change at once: only their rows are compared key by key.
    is_concerned = pc.is_in(table["serie"], value_set=update["serie"].unique())
    others, concerned = table.filter(pc.invert(is_concerned)), table.filter(is_concerned)
    kept = concerned.join(update.select(keys), keys=list(keys), join_type="left anti")
    whole = pa.concat_tables([others, kept.select(table.column_names), update])
    return whole.sort_by([(key, "ascending") for key in keys]).combine_chunks()


def _lay_communes(tables: Mapping[str, pa.Table], update: pa.Table) -> dict[str, pa.Table]:
    communes = tables["communes"]
    rows = pc.index_in(communes["code"], value_set=update["code"].combine_chunks())
    fresh = {name: pc.take(update[name], rows) for name in ("nom", "codes_postaux")}
    old_first = {name: pc.take(update[name], rows) for name in ("latitude", "longitude")}
    for name, column in fresh.items():
        communes = _set(communes, name, _coalesce(column, communes[name]))
    for name, column in old_first.items():
        communes = _set(communes, name, _coalesce(communes[name], column))
    return {"communes": communes}


def _coalesce(first: pa.ChunkedArray, second: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.if_else(pc.is_valid(first), first, second)


def _set(table: pa.Table, name: str, column: pa.ChunkedArray) -> pa.Table:
    return table.set_column(table.column_names.index(name), table.schema.field(name), column)


def _lay_structures(_tables: Mapping[str, pa.Table], update: pa.Table) -> dict[str, pa.Table]:
    # A table of its own: never merged with the register of December 2020.
    return {"siae_ouvertes": update}


_LAYERS = {
    "figures": _lay_figures,
    "communes": _lay_communes,
    "siae_ouvertes": _lay_structures,
}


def _are_equal(these: Mapping[str, pa.Table], those: Mapping[str, pa.Table]) -> bool:
    """Whether the tables are the same; those of figures are compared in the pack's order of rows."""
    return these.keys() == those.keys() and all(
        table is those[name] or table.equals(those[name]) for name, table in these.items()
    )


def _hash(pack: Pack, acceptees: Iterable[Acceptee]) -> str:
    digest = hashlib.sha256(pack.empreinte.encode())
    for acceptee in acceptees:
        digest.update(acceptee.code.encode())
        for source in acceptee.sources:
            digest.update(f"{source.code} {source.sha256} {source.fichier}".encode())
    return digest.hexdigest()


def _damaged(data_dir: Path, code: str, error: Exception) -> Anomalie:
    return Anomalie(
        "MLG-MAJ-303",
        f"la mise à jour « {code} » est abîmée et n’est pas utilisée : {error}",
        f"relancez « maillage reference update --source {code} » ; le paquet reste en service.",
        str(data_dir),
    )
