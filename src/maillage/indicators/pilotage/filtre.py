"""Which annexes a table or a screen looks at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from maillage.indicators.pilotage.structures import index_structures

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from maillage.indicators.pilotage.etp import AnnexesDeLAnnee
    from maillage.indicators.pilotage.structures import Cle


@dataclass(frozen=True, slots=True)
class Filtre:
    """Which annexes are looked at; an empty criterion keeps all.

    Attributes:
        types: AI, ACI, EI, ETTI, EITI.
        departements_argent: Of the number of the annexe: where the money is counted.
        departements_structure: Of the structure's address.
        communes: Official codes, of the structure's address: those of a region, of an EPCI, of a zone;
            None keeps all.
        structures: (asp_id, type) of the structures: an ACI and an ETTI may share one asp_id; None
            keeps all.
    """

    types: frozenset[str] = frozenset()
    departements_argent: frozenset[str] = frozenset()
    departements_structure: frozenset[str] = frozenset()
    communes: frozenset[str] | None = None
    structures: frozenset[Cle] | None = None

    def select(self, lignes: AnnexesDeLAnnee) -> NDArray[np.int64]:
        """Places in `lignes` of the annexes that are kept."""
        faits, rangs = lignes.faits, lignes.rangs
        garde = np.ones(len(lignes), dtype=bool)
        for nom, valeurs in (
            ("type", self.types),
            ("departement_argent", self.departements_argent),
            ("departement_structure", self.departements_structure),
        ):
            if valeurs:
                garde &= _is_among(faits.annexe(nom)[rangs], valeurs)
        if self.communes is not None:
            garde &= _is_among(faits.annexe("commune")[rangs], self.communes)
        if self.structures is not None:
            index = index_structures(faits)
            gardees = np.zeros(len(index.cles), dtype=bool)
            gardees[[index.places[cle] for cle in self.structures if cle in index.places]] = True
            garde &= gardees[index.rangs[rangs]]
        return np.flatnonzero(garde)


def _is_among(textes: NDArray[Any], valeurs: frozenset[str]) -> NDArray[np.bool_]:
    return np.fromiter((texte in valeurs for texte in textes), dtype=bool, count=len(textes))
