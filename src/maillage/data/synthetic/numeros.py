"""Numbers of annexes and codes of measures of the structures of a network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.data.synthetic.parametres import TYPES

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from maillage.data.synthetic.modele import Reseau

_LILLE = {"595", "594"}
"""Arrondissements of Nord whose conventions are taken to be written 59L; the others, 59V."""


def write_departement(reseau: Reseau, rang: int) -> str:
    """Département on three characters, as in the numbers of the conventions of a structure."""
    code = reseau.structures.departements_argent[rang]
    if code == "59":
        return "59L" if reseau.structures.lieux[rang].arrondissement in _LILLE else "59V"
    return code.zfill(3)


def write_prefixes(reseau: Reseau, rangs: NDArray[np.int64]) -> list[str]:
    """Numbers of annexes without their amendments."""
    annexes, structures = reseau.annexes, reseau.structures
    return [
        f"{TYPES[structures.type[s]]}{write_departement(reseau, s)}{annee % 100:02d}"
        f"{structures.ordre[s]:04d}"
        for s, annee in zip(
            annexes.structure[rangs].tolist(), annexes.premiere_annee[rangs].tolist(), strict=True
        )
    ]


def write_measures(reseau: Reseau, structure: NDArray[np.int64]) -> list[str]:
    """Codes of the measures of structures."""
    types = reseau.structures.type[structure].tolist()
    prison = reseau.structures.penitentiaire[structure].tolist()
    return [f"{TYPES[t]}_{'MP' if p else 'DC'}" for t, p in zip(types, prison, strict=True)]
