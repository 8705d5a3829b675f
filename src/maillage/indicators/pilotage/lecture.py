"""Facts of an extract, kept in memory once read: what every figure of the cockpit starts from."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from maillage.data.extraits import find_extrait
from maillage.data.store import read_parquet
from maillage.indicators.pilotage.derivation import derive_faits
from maillage.indicators.pilotage.faits import FAITS, VERSION

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from maillage.data.extraits import Extrait

_GARDES = 4
"""Extracts kept in memory: the current one, the one it is compared with, and two more."""


@dataclass(frozen=True, slots=True, eq=False)
class Faits:
    """Facts of one extract.

    Attributes:
        extrait: Where they come from.
        annexes: See `faits.ANNEXES`, ordered by `annexe_id`.
        mois: See `faits.MOIS`.
        personnes: See `faits.PERSONNES`.
        sorties: See `faits.SORTIES`.
        rangs: Shape `(len(mois),)`, place in `annexes` of the annexe of each month.
    """

    extrait: Extrait
    annexes: pa.Table
    mois: pa.Table
    personnes: pa.Table
    sorties: pa.Table
    rangs: NDArray[np.int64]
    _lues: dict[str, NDArray[Any]] = field(default_factory=dict, repr=False)

    @property
    def has_saisies(self) -> bool:
        """Whether the extract has the monthly statements."""
        return self.extrait.has_vue("EtatMensuelIndiv")

    def has_colonne(self, vue: str, nom: str) -> bool:
        """Whether a view that the extract has brought a column."""
        return nom in pq.read_schema(self.extrait.vue(vue)).names

    def annexe(self, nom: str) -> NDArray[Any]:
        """A column of the annexes; integers are int64, 0 where null (see `is_known`)."""
        return self._read(f"annexes.{nom}", self.annexes, nom)

    def month(self, nom: str) -> NDArray[Any]:
        """A column of the months; integers are int64, 0 where null."""
        return self._read(f"mois.{nom}", self.mois, nom)

    def personne(self, nom: str) -> NDArray[Any]:
        """A column of the persons; integers are int64, 0 where null."""
        return self._read(f"personnes.{nom}", self.personnes, nom)

    def sortie(self, nom: str) -> NDArray[Any]:
        """A column of the exits; integers are int64."""
        return self._read(f"sorties.{nom}", self.sorties, nom)

    def place_annexes(self, table: pa.Table) -> NDArray[np.int64]:
        """Place in `annexes` of the annexe of each row of `personnes` or `sorties`."""
        nom = "personnes" if table is self.personnes else "sorties"

        def place() -> NDArray[np.int64]:
            ids = np.asarray(table.column("annexe_id"), dtype=np.int64)
            return np.searchsorted(self.annexe("annexe_id"), ids)

        return self._keep(f"place.{nom}", place)

    def knows_personne(self, nom: str) -> NDArray[np.bool_]:
        """Where a column of the persons is not null."""
        return self._keep(
            f"connues.{nom}", lambda: np.asarray(pc.is_valid(self.personnes.column(nom)))
        )

    def _read(self, cle: str, table: pa.Table, nom: str) -> NDArray[Any]:
        """A column, converted once."""
        return self._keep(cle, lambda: _to_numpy(table.column(nom)))

    def _keep(self, cle: str, make: Callable[[], NDArray[Any]]) -> NDArray[Any]:
        """What is computed once."""
        if cle not in self._lues:
            self._lues[cle] = make()
        return self._lues[cle]

    def find_annexe(self, annexe_id: int) -> int:
        """Place of an annexe in `annexes`.

        Raises:
            KeyError: there is none.
        """
        ids = self.annexe("annexe_id")
        rang = int(np.searchsorted(ids, annexe_id))
        if rang == len(ids) or ids[rang] != annexe_id:
            raise KeyError(annexe_id)
        return rang

    def has_month(self, nom: str) -> bool:
        """Whether a column of the months says anything at all."""
        colonne = self.mois.column(nom)
        return bool(colonne.null_count < len(colonne))

    def knows_month(self, nom: str) -> NDArray[np.bool_]:
        """Where a column of the months is not null."""
        return self._keep(
            f"mois connus.{nom}", lambda: np.asarray(pc.is_valid(self.mois.column(nom)))
        )

    def is_known(self, nom: str) -> NDArray[np.bool_]:
        """Where a column of the annexes is not null."""
        return self._keep(
            f"connus.{nom}", lambda: np.asarray(pc.is_valid(self.annexes.column(nom)))
        )


def make_faits(extrait: Extrait, tables: Mapping[str, pa.Table]) -> Faits:
    """Facts of the tables that `faits.FAITS` names."""
    annexes, mois = tables["annexes"], tables["mois"]
    ids = np.asarray(annexes.column("annexe_id"), dtype=np.int64)
    rangs = np.searchsorted(ids, np.asarray(mois.column("annexe_id"), dtype=np.int64))
    return Faits(extrait, annexes, mois, tables["personnes"], tables["sorties"], rangs)


def load_faits(mot: str | None = None) -> Faits:
    """Facts of the extract that a word means, the newest without a word.

    Raises:
        Introuvable: no such extract (MLG-FLX-030).
        DonneesIndisponibles: its files are damaged (MLG-DON-001, 002).
    """
    return _load(find_extrait(mot))


@lru_cache(maxsize=_GARDES)
def _load_by_id(identifiant: str) -> Faits:
    extrait = find_extrait(identifiant)
    if not _is_current(extrait):
        derive_faits(extrait)
    return make_faits(extrait, {nom: read_parquet(extrait.fait(nom)) for nom in FAITS})


def _load(extrait: Extrait) -> Faits:
    return _load_by_id(extrait.identifiant)


def _is_current(extrait: Extrait) -> bool:
    """Whether its facts were derived by this version."""
    for nom in FAITS:
        chemin = extrait.fait(nom)
        if not chemin.is_file():
            return False
        lue = (read_parquet(chemin).schema.metadata or {}).get(b"version")
        if lue != str(VERSION).encode():
            return False
    return True


def _to_numpy(colonne: pa.ChunkedArray) -> NDArray[Any]:
    if pa.types.is_integer(colonne.type):
        return np.asarray(pc.fill_null(pc.cast(colonne, pa.int64()), 0), dtype=np.int64)
    if pa.types.is_boolean(colonne.type):
        return np.asarray(pc.fill_null(colonne, fill_value=False), dtype=bool)
    if pa.types.is_date(colonne.type):
        return np.asarray(colonne).astype("datetime64[D]")
    return np.asarray(pc.fill_null(colonne, ""), dtype=object)
