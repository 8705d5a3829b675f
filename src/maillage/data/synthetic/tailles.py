"""How many people each structure has places for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from maillage.data.synthetic import hypotheses
from maillage.data.synthetic.parametres import EITI, NATIONAL, TYPES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from maillage.data.synthetic.calibrage import Calibrage
    from maillage.data.synthetic.lieux import Lieu
    from maillage.data.synthetic.parametres import Parametres
    from maillage.data.synthetic.tirages import Alea


def count_places(
    parametres: Parametres,
    calibrage: Calibrage,
    alea: Alea,
    types: NDArray[np.int64],
    lieux: tuple[Lieu, ...],
) -> NDArray[np.int64]:
    """Places of each structure: their sum is that of the kind, and of the département if national."""
    dispersion = np.array([hypotheses.DISPERSION_TAILLE[rang] for rang in range(len(TYPES))])[types]
    rangs = np.arange(len(types))
    poids = np.exp(dispersion * alea.normal("taille", rangs)) + 0.08
    tailles = calibrage.people_by_structure(NATIONAL)
    places = np.zeros(len(types), dtype=np.int64)
    departements = np.array([lieu.departement for lieu in lieux])
    if not parametres.national:
        for rang_type in range(len(TYPES)):
            les = np.flatnonzero(types == rang_type)
            if len(les):
                total = round(float(tailles[rang_type]) * len(les))
                places[les] = split_number(total, poids[les])
        return np.maximum(places, 1)
    cellules = _fit_cells(calibrage, types, departements)
    for (rang_type, departement), nombre in cellules.items():
        les = np.flatnonzero((types == rang_type) & (departements == departement))
        places[les] = split_number(round(nombre), poids[les])
    return np.maximum(places, 1)


def _fit_cells(
    calibrage: Calibrage, types: NDArray[np.int64], departements: NDArray[np.str_]
) -> dict[tuple[int, str], float]:
    """Places by kind and département, whose sums are the published ones (iterative fitting)."""
    codes = sorted(set(departements.tolist()))
    comptes = np.zeros((len(TYPES), len(codes)))
    np.add.at(comptes, (types, np.searchsorted(codes, departements)), 1)
    tailles = calibrage.people_by_structure(NATIONAL)
    vise_type: NDArray[np.float64] = calibrage.places * calibrage.parts_types
    vise_type[EITI] = tailles[EITI] * comptes[EITI].sum()
    parts = np.array([calibrage.parts_departements.get(code, 0.0) for code in codes])
    vise_departement = vise_type.sum() * parts / parts.sum()
    cellules = comptes * tailles[:, None]
    for _ in range(60):
        sommes = cellules.sum(axis=0)
        cellules *= np.divide(vise_departement, sommes, out=np.ones_like(sommes), where=sommes > 0)
        sommes = cellules.sum(axis=1)
        cellules *= np.divide(vise_type, sommes, out=np.ones_like(sommes), where=sommes > 0)[
            :, None
        ]
    return {
        (rang_type, code): float(cellules[rang_type, rang])
        for rang_type in range(len(TYPES))
        for rang, code in enumerate(codes)
        if comptes[rang_type, rang]
    }


def split_number(total: int, poids: NDArray[np.float64]) -> NDArray[np.int64]:
    """Whole parts of a total, as near to the weights as can be (largest remainders)."""
    exactes = total * poids / poids.sum()
    parts: NDArray[np.int64] = np.floor(exactes).astype(np.int64)
    restes = np.argsort(-(exactes - parts), kind="stable")
    parts[restes[: total - int(parts.sum())]] += 1
    return parts
