"""The cells of the columns that are kept, block by block, each with its line in the file."""

from __future__ import annotations

import csv
import io
import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from maillage.data.sources.blocs import read_bloc
from maillage.data.sources.fec.colonnes import GARDEES, recognise

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from maillage.data.sources.fec.disposition import Disposition

_BLOC = 32 << 20


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
    gardees = [nom for nom in noms if not nom.startswith("#")]
    while debut < len(octets):
        fin = octets.rfind(b"\n", debut, debut + _BLOC) + 1
        if fin <= debut:
            fin = octets.find(b"\n", debut) + 1 or len(octets)
        if fin + _BLOC // 64 > len(octets) or fin >= len(octets):
            fin = len(octets) if len(octets) - debut <= 2 * _BLOC else fin
        bloc = read_bloc(vue.slice(debut, fin - debut), noms, gardees, disposition.separateur)
        yield Morceau(
            {nom: bloc.table.column(nom) for nom in gardees},
            bloc.rangs + ligne,
            tuple(rang + ligne for rang in bloc.inegales),
            fin,
        )
        ligne += bloc.total
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
