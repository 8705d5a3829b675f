"""Separated text, block by block, on every core: cells as text, and which rows are not whole."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as pacsv

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

_BLOC_DE_COEUR = 4 << 20


@dataclass(frozen=True, slots=True)
class Bloc:
    """Rows of a block.

    Attributes:
        table: Columns that are kept, all text, without blank rows.
        rangs: Shape `(n,)`, int32: line of each row in the block, from 0.
        inegales: Lines whose cells are not as many as the columns, blank ones left out.
        total: Lines of the block.
    """

    table: pa.Table
    rangs: NDArray[np.int32]
    inegales: tuple[int, ...]
    total: int


def read_bloc(
    octets: bytes | pa.Buffer, noms: Sequence[str], gardees: Sequence[str], separateur: str
) -> Bloc:
    """Rows of whole lines without quoting.

    A first reading by every core counts on equal lines; where one is not, a second one, in order,
    says which.

    Args:
        octets: Lines that end with a line feed, in UTF-8.
        noms: Distinct names of all the columns.
        gardees: Names of those to keep.
        separateur: One character.
    """
    if not len(octets):
        vide = pa.table({nom: pa.array([], pa.string()) for nom in gardees})
        return Bloc(vide, np.zeros(0, dtype=np.int32), (), 0)
    fautifs: list[pacsv.InvalidRow] = []

    def keep(fautif: pacsv.InvalidRow) -> str:
        fautifs.append(fautif)
        return "skip"

    def read(*, use_threads: bool) -> pa.Table:
        return pacsv.read_csv(
            pa.BufferReader(octets),
            pacsv.ReadOptions(
                column_names=list(noms), use_threads=use_threads, block_size=_BLOC_DE_COEUR
            ),
            pacsv.ParseOptions(
                delimiter=separateur,
                quote_char=False,
                newlines_in_values=False,
                ignore_empty_lines=False,
                invalid_row_handler=keep,
            ),
            pacsv.ConvertOptions(
                include_columns=list(gardees),
                column_types=dict.fromkeys(gardees, pa.string()),
                strings_can_be_null=False,
                check_utf8=False,
            ),
        )

    table = read(use_threads=True)
    if fautifs:
        fautifs.clear()
        table = read(use_threads=False)
    total = table.num_rows + len(fautifs)
    rangs = np.arange(total, dtype=np.int32)
    if fautifs:
        rangs = np.delete(rangs, [(fautif.number or 1) - 1 for fautif in fautifs])
    vides = np.asarray(_are_blank(table))
    if vides.any():
        table, rangs = table.filter(pa.array(~vides)), rangs[~vides]
    inegales = tuple((fautif.number or 1) - 1 for fautif in fautifs if fautif.text.strip())
    return Bloc(table, rangs, inegales, total)


def _are_blank(table: pa.Table) -> pa.ChunkedArray:
    """Which rows have nothing in any of the columns that are kept."""
    return functools.reduce(pc.and_, (pc.equal(colonne, "") for colonne in table.columns))
