"""The territories that indicators describe, and which communes make up each of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from maillage.kernel.niveau import Niveau

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from maillage.data.reference.pack import Pack

CODE_FRANCE = "FR"
#: Column of the communes table that names the territory of each level above the commune.
COLUMN_OF_LEVEL: dict[Niveau, str] = {
    Niveau.REGION: "code_region",
    Niveau.DEPARTEMENT: "code_departement",
    Niveau.ZONE_EMPLOI: "code_zone_emploi",
    Niveau.EPCI: "code_epci",
    Niveau.CLPE: "code_clpe",
}

Codes = dict[Niveau, tuple[str, ...]]


def codes_by_level(pack: Pack) -> Codes:
    """Ordered codes of the territories of every level; communes and municipal arrondissements."""
    territoires = pack.tables["territoires"]
    codes: Codes = {}
    for niveau in Niveau:
        if niveau is not Niveau.COMMUNE:
            rows = territoires.filter(pc.equal(territoires["niveau"], niveau.value))
            codes[niveau] = tuple(sorted(rows["code"].to_pylist()))
    codes[Niveau.COMMUNE] = tuple(sorted(pack.tables["communes"]["code"].to_pylist()))
    return codes


def rows_of(codes: Sequence[str], cherches: pa.Array | pa.ChunkedArray) -> NDArray[np.intp]:
    """Row of each code among ordered codes, −1 for a null or a code that is not there."""
    found = pc.index_in(cherches, value_set=pa.array(codes, pa.string()))
    return np.asarray(pc.fill_null(found, -1).to_numpy(zero_copy_only=False), dtype=np.intp)


@dataclass(frozen=True, slots=True)
class Ground:
    """Communes in the order of the cube, and the territory of each at every level.

    Attributes:
        codes: Level to the ordered codes of its territories.
        communes: Communes table, one row per code of `codes[Niveau.COMMUNE]`, in that order.
        est_commune: Mask of the true communes (COM), false for municipal arrondissements.
        parents: Row of the commune of each arrondissement, its own row for a commune.
        groupes: Level to the row of the territory of each commune, −1 when it has none.
    """

    codes: Codes
    communes: pa.Table
    est_commune: NDArray[np.bool_]
    parents: NDArray[np.intp]
    groupes: Mapping[Niveau, NDArray[np.intp]]

    def taille(self, niveau: Niveau) -> int:
        """Number of territories of a level."""
        return len(self.codes[niveau])

    def texts(self, column: str, *, inherited: bool = False) -> list[str | None]:
        """One column of the communes table; arrondissements may inherit their commune's."""
        values: list[str | None] = self.communes[column].to_pylist()
        return [values[parent] for parent in self.parents] if inherited else values

    def upward(self, niveau: Niveau) -> NDArray[np.intp]:
        """Row in `niveau` (région or France) of each département. Shape `(départements,)`."""
        upward = np.full(self.taille(Niveau.DEPARTEMENT), -1, dtype=np.intp)
        departements = self.groupes[Niveau.DEPARTEMENT]
        upward[departements[departements >= 0]] = self.groupes[niveau][departements >= 0]
        return upward


def survey(pack: Pack, codes: Codes) -> Ground:
    """Place every commune of the pack in its territories."""
    table = pack.tables["communes"]
    ordered = table.take(pc.sort_indices(table, sort_keys=[("code", "ascending")]))
    ordered = ordered.filter(pc.is_in(ordered["code"], pa.array(codes[Niveau.COMMUNE])))
    taille = ordered.num_rows
    est_commune = np.array(pc.equal(ordered["type"], "COM").to_pylist(), dtype=np.bool_)
    parents = rows_of(codes[Niveau.COMMUNE], ordered["code_parent"])
    groupes = {n: rows_of(codes[n], ordered[c]) for n, c in COLUMN_OF_LEVEL.items()}
    groupes[Niveau.FRANCE] = np.zeros(taille, dtype=np.intp)
    groupes[Niveau.COMMUNE] = np.arange(taille, dtype=np.intp)
    return Ground(
        codes, ordered, est_commune, np.where(parents < 0, np.arange(taille), parents), groupes
    )
