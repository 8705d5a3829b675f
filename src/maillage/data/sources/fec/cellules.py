"""The cells of the columns that are kept, block by block, each with its line in the file."""

from __future__ import annotations

import csv
import functools
import io
import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as pacsv

from maillage.data.sources.fec.colonnes import GARDEES, recognise

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from maillage.data.sources.fec.disposition import Disposition

_BLOC = 32 << 20
_LIGNE_MAX = 1 << 20
"""No line of an accounting file is a mebibyte long: what follows is not one."""


@dataclass(frozen=True, slots=True)
class Morceau:
    """Cells of a block.

    Attributes:
        cellules: Column of the decree to text, those that are kept and present.
        lignes: Shape `(n,)`, int32, line of each row in the file.
        inegales: Lines left out because their cells are not as many as the columns.
        octets_lus: Bytes of the file done so far.
    """

    cellules: Mapping[str, pa.ChunkedArray]
    lignes: NDArray[np.int32]
    inegales: tuple[int, ...]
    octets_lus: int


def read_cellules(octets: bytes, disposition: Disposition) -> Iterator[Morceau]:
    """Blocks of the file under its header."""
    debut = 0
    for _ in range(disposition.lignes_avant + 1):
        fin = octets.find(b"\n", debut)
        debut = len(octets) if fin < 0 else fin + 1
    if disposition.debuts or disposition.guillemets:
        yield from _read_slowly(octets, debut, disposition)
    elif b'"' in octets:
        yield from _read_either(octets, debut, disposition)
    else:
        yield from _read_fast(octets, debut, disposition)


def _read_either(octets: bytes, debut: int, disposition: Disposition) -> list[Morceau]:
    """A quote may be a mark in a label or the border of a cell: the reading with fewer odd lines."""
    simples = list(_read_fast(octets, debut, disposition))
    if not any(morceau.inegales for morceau in simples):
        return simples
    bordes = list(_read_slowly(octets, debut, disposition))
    fautes = [sum(len(m.inegales) for m in morceaux) for morceaux in (simples, bordes)]
    return simples if fautes[0] <= fautes[1] else bordes


def _read_fast(octets: bytes, debut: int, disposition: Disposition) -> Iterator[Morceau]:
    """Plain separated lines: the reader of pyarrow, that parses only the columns that are kept."""
    vue = pa.py_buffer(octets)
    ligne = disposition.lignes_avant + 2
    noms = _unique_names(disposition, octets, debut)
    while debut < len(octets):
        fin = octets.rfind(b"\n", debut, debut + _BLOC) + 1
        if fin <= debut:
            fin = octets.find(b"\n", debut) + 1 or len(octets)
        if fin + _BLOC // 64 > len(octets) or fin >= len(octets):
            fin = len(octets) if len(octets) - debut <= 2 * _BLOC else fin
        bloc = vue.slice(debut, fin - debut)
        morceau, comptees = _read_block(bloc, noms, disposition.separateur, ligne, fin)
        yield morceau
        ligne += comptees
        debut = fin


def _unique_names(disposition: Disposition, octets: bytes, debut: int) -> list[str]:
    """Names for the reader: the decree's for what is kept, a rank for the rest."""
    noms = [
        reconnue if (reconnue := recognise(nom)) in GARDEES else f"#{rang}"
        for rang, nom in enumerate(disposition.colonnes)
    ]
    premiere = octets[debut : octets.find(b"\n", debut) + 1 or len(octets)]
    separateur = disposition.separateur.encode()
    if premiere.count(separateur) == len(noms) and premiere.strip(b"\n").endswith(separateur):
        noms.append(f"#{len(noms)}")  # lines end with a separator, the header does not
    return [str(nom) for nom in noms]


def _read_block(
    bloc: pa.Buffer, noms: list[str], separateur: str, ligne: int, fin: int
) -> tuple[Morceau, int]:
    """Cells of a block, and how many lines it has.

    A first reading by every core counts on equal lines; where one is not, a second one, in order,
    says which.
    """
    gardees = [nom for nom in noms if not nom.startswith("#")]
    fautifs: list[pacsv.InvalidRow] = []

    def keep(fautif: pacsv.InvalidRow) -> str:
        fautifs.append(fautif)
        return "skip"

    def read(*, use_threads: bool) -> pa.Table:
        return pacsv.read_csv(
            pa.BufferReader(bloc),
            pacsv.ReadOptions(column_names=noms, use_threads=use_threads, block_size=4 << 20),
            pacsv.ParseOptions(
                delimiter=separateur,
                quote_char=False,
                newlines_in_values=False,
                ignore_empty_lines=False,
                invalid_row_handler=keep,
            ),
            pacsv.ConvertOptions(
                include_columns=gardees,
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
        numeros = np.array([(fautif.number or 1) - 1 for fautif in fautifs])
        rangs = np.delete(rangs, numeros)
    inegales = tuple(ligne + (fautif.number or 1) - 1 for fautif in fautifs if fautif.text.strip())
    vides = np.asarray(_are_blank(table))
    if vides.any():
        table, rangs = table.filter(pa.array(~vides)), rangs[~vides]
    cellules = {nom: table.column(nom) for nom in gardees}
    return Morceau(cellules, rangs + ligne, inegales, fin), total


def _are_blank(table: pa.Table) -> pa.ChunkedArray:
    """Which rows have nothing in any of the columns that are kept: blank lines."""
    return functools.reduce(pc.and_, (pc.equal(colonne, "") for colonne in table.columns))


def _read_slowly(octets: bytes, debut: int, disposition: Disposition) -> Iterator[Morceau]:
    """Quoted cells or columns of fixed width, line by line."""
    gardees = {
        rang: reconnue
        for rang, nom in enumerate(disposition.colonnes)
        if (reconnue := recognise(nom)) in GARDEES
    }
    texte = octets[debut:].decode("utf-8", "replace")
    lignes: list[int] = []
    inegales: list[int] = []
    colonnes: dict[str, list[str]] = {str(nom): [] for nom in gardees.values()}
    attendues = len(disposition.colonnes)
    for ligne, cellules in _split_slowly(texte, disposition):
        if len(cellules) == attendues + 1 and not cellules[-1].strip():
            cellules.pop()  # a separator ends the line
        if len(cellules) != attendues:
            if any(cellule.strip() for cellule in cellules):
                inegales.append(ligne)
            continue
        lignes.append(ligne)
        for rang, nom in gardees.items():
            colonnes[str(nom)].append(cellules[rang])
    yield Morceau(
        {nom: pa.chunked_array([pa.array(v, pa.string())]) for nom, v in colonnes.items()},
        np.array(lignes, dtype=np.int32),
        tuple(inegales),
        len(octets),
    )


def _split_slowly(texte: str, disposition: Disposition) -> Iterator[tuple[int, list[str]]]:
    premiere = disposition.lignes_avant + 2
    if disposition.debuts:
        bornes = (*disposition.debuts, None)
        for rang, ligne in enumerate(texte.split("\n")):
            if ligne.strip():
                yield (
                    premiere + rang,
                    [ligne[a:b] for a, b in itertools.pairwise(bornes)],
                )
        return
    lecteur = csv.reader(
        io.StringIO(texte, newline=""), delimiter=disposition.separateur, strict=False
    )
    vues = 0
    csv.field_size_limit(_LIGNE_MAX)
    while True:
        try:
            cellules = next(lecteur)
        except StopIteration:
            return
        except csv.Error:
            yield premiere + vues, ["", "?"]
            vues = lecteur.line_num
            continue
        yield premiere + vues, cellules
        vues = lecteur.line_num
