"""Numbers of the entries: whether they tell entries apart and follow one another; order of validation."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from numpy.typing import NDArray

_DERNIERS_CHIFFRES = r"^(?:.*?[^0-9])?([0-9]{1,18})[^0-9]*$"
_SANS = -1


@dataclass(slots=True)
class Numerotation:
    """What the numbers of all the lines say, block after block.

    Attributes:
        vides: Lines without a number.
        illisibles: Lines whose number has no digit.
        desordre: Lines validated before a line that precedes them.
    """

    vides: int = 0
    illisibles: int = 0
    desordre: int = 0
    _numeros: list[NDArray[np.int64]] = field(default_factory=list)
    _journaux: list[pa.Array] = field(default_factory=list)
    _derniere_validation: int = -(2**31)

    def add(self, numeros: pa.ChunkedArray, journaux: pa.ChunkedArray) -> None:
        """Note the numbers of a block."""
        texte = pc.utf8_trim_whitespace(numeros.combine_chunks())
        vides = np.asarray(pc.equal(texte, ""))
        self.vides += int(vides.sum())
        try:
            lus = np.asarray(pc.cast(pc.if_else(pa.array(vides), str(_SANS), texte), pa.int64()))
        except pa.ArrowInvalid:
            lus = _read_last_digits(texte)
            self.illisibles += int(((lus == _SANS) & ~vides).sum())
        self._numeros.append(lus)
        self._journaux.append(journaux.combine_chunks().dictionary_encode())

    def add_validation(self, jours: NDArray[np.int64]) -> None:
        """Note the days of validation of a block, those that there are."""
        if not len(jours):
            return
        suite = np.maximum.accumulate(np.maximum(jours, self._derniere_validation))
        self.desordre += int((jours < suite).sum())
        self._derniere_validation = int(suite[-1])

    @property
    def is_constant(self) -> bool:
        """Whether all the numbers are the same one, on more than two lines."""
        lignes = sum(map(len, self._numeros))
        distincts = {int(valeur) for lus in self._numeros for valeur in (lus.min(), lus.max())}
        return lignes > 2 and len(distincts) == 1  # noqa: PLR2004 — two lines may be one entry

    def count_gaps(self) -> int:
        """Numbers that are missing: in one sequence for all, or one per journal if that misses fewer."""
        if not self._numeros:
            return 0
        numeros = np.concatenate(self._numeros)
        journaux = pa.chunked_array(self._journaux).unify_dictionaries().combine_chunks()
        codes = np.asarray(journaux.indices, dtype=np.int64)
        connus = numeros >= 0
        numeros, codes = numeros[connus], codes[connus]
        if not len(numeros):
            return 0
        manquants = _gaps(numeros)
        if not manquants:
            return 0
        presents = np.flatnonzero(np.bincount(codes))
        return min(manquants, sum(_gaps(numeros[codes == code]) for code in presents))


def _gaps(numeros: NDArray[np.int64]) -> int:
    pas = np.diff(numeros)
    if (pas < 0).any():  # files are most often in order, and a sort costs ten times a look
        numeros = np.sort(numeros)
        pas = np.diff(numeros)
    distincts = 1 + int(np.count_nonzero(pas))
    return int(numeros[-1] - numeros[0]) + 1 - distincts


def _read_last_digits(texte: pa.Array) -> NDArray[np.int64]:
    """Number at the end of each: « VE-2023-0012 » is 12; _SANS when there is none."""
    trouves = pc.struct_field(
        pc.extract_regex(texte, _DERNIERS_CHIFFRES.replace("([0-9]", "(?P<n>[0-9]")), "n"
    )
    lus: NDArray[np.int64] = np.asarray(pc.fill_null(pc.cast(trouves, pa.int64()), _SANS))
    return lus
