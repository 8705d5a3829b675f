"""The year's result as a distribution: stated laws, common random numbers, in batches.

Each drawn figure has its own stream of uniforms, from the seed and its own path: a law that is added
changes no other draw, and two scenarios that share a law see the very same luck, so that their
difference is what the scenario does and not what chance does.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np
from scipy.special import ndtri

from maillage.indicators.modele.annee import compute_annee
from maillage.indicators.modele.leviers import scale, shift

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from maillage.indicators.modele.bareme import Bareme
    from maillage.indicators.modele.cadre import Cadre, Nombres, Valeurs

QUANTILES = (0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95)
LIGNES_PAR_LOT = 1 << 15
"""Rows computed at once: the columns of a batch stay in the cache of a processor."""


class Forme(Enum):
    """Shape of a law; the value is the word of the file."""

    UNIFORME = "uniforme"
    TRIANGULAIRE = "triangulaire"
    NORMALE = "normale"


@dataclass(frozen=True, slots=True)
class Loi:
    """How a figure varies.

    Attributes:
        chemin: Path of the figure, or of all the hours or prices together.
        forme: Shape.
        bas: Least draw; of a normal law, two standard deviations under its centre.
        haut: Greatest draw; of a normal law, two standard deviations above.
        est_facteur: Whether the draw multiplies the figure, around 1; it is added, around 0, otherwise.
    """

    chemin: str
    forme: Forme
    bas: float
    haut: float
    est_facteur: bool = True

    @property
    def centre(self) -> float:
        """Draw that leaves the figure as it is."""
        return 1.0 if self.est_facteur else 0.0


@dataclass(frozen=True, slots=True)
class Distribution:
    """The year's result over the draws, euros.

    Attributes:
        nombre: Draws.
        moyenne: Mean.
        quantiles: By order, 0 to 1.
        probabilite_perte: Part of the draws where the result is negative.
    """

    nombre: int
    moyenne: float
    quantiles: Mapping[float, float]
    probabilite_perte: float


def draw_uniformes(lois: Iterable[Loi], graine: int, nombre: int) -> dict[str, Nombres]:
    """Uniform numbers of each law, by path; the same whatever the other laws. Shape `(nombre,)`."""
    return {
        loi.chemin: np.random.default_rng([graine, crc32(loi.chemin.encode())]).random(nombre)
        for loi in lois
    }


def transform(loi: Loi, uniformes: Nombres) -> Nombres:
    """Draws of a law from uniform numbers, in their order. Shape of the uniforms."""
    if loi.forme is Forme.UNIFORME:
        return loi.bas + (loi.haut - loi.bas) * uniformes
    if loi.forme is Forme.NORMALE:
        milieu, ecart = (loi.bas + loi.haut) / 2, (loi.haut - loi.bas) / 4
        tires: Nombres = milieu + ecart * ndtri(uniformes)
        return tires
    montee = (loi.centre - loi.bas) / (loi.haut - loi.bas)
    gauche = loi.bas + np.sqrt(uniformes * (loi.haut - loi.bas) * (loi.centre - loi.bas))
    droite = loi.haut - np.sqrt((1 - uniformes) * (loi.haut - loi.bas) * (loi.haut - loi.centre))
    return np.where(uniformes < montee, gauche, droite)


def apply_lois(
    cadre: Cadre, valeurs: Valeurs, lois: Iterable[Loi], tires: Mapping[str, Nombres]
) -> Valeurs:
    """Figures under the draws; a figure never goes under zero.

    Args:
        cadre: What the model is made of.
        valeurs: Its figures.
        lois: The laws.
        tires: Draws of each, by path.
    """
    for loi in lois:
        tire = tires[loi.chemin]
        if loi.est_facteur:
            valeurs = scale(cadre, valeurs, loi.chemin, np.maximum(tire, 0.0))
        else:
            valeurs = shift(valeurs, loi.chemin, tire)
    return valeurs


def draw_resultats(
    cadre: Cadre, valeurs: Valeurs, bareme: Bareme, lois: Sequence[Loi], uniformes: Valeurs
) -> Nombres:
    """Result of the year for each draw of one model. Shape `(nombre,)`."""
    nombre = len(next(iter(uniformes.values()), np.zeros(1)))
    resultats = np.empty(nombre)
    for debut in range(0, nombre, LIGNES_PAR_LOT):
        lot = slice(debut, debut + LIGNES_PAR_LOT)
        tires = {loi.chemin: transform(loi, uniformes[loi.chemin][lot]) for loi in lois}
        sous_tirage = apply_lois(cadre, valeurs, lois, tires)
        resultats[lot] = compute_annee(cadre, sous_tirage, bareme).resultat
    return resultats


def summarise(resultats: Nombres) -> Distribution:
    """Quantiles of results and the part of them that is a loss. Shape `(nombre,)`."""
    return Distribution(
        nombre=len(resultats),
        moyenne=float(resultats.mean()),
        quantiles=dict(zip(QUANTILES, np.quantile(resultats, QUANTILES).tolist(), strict=True)),
        probabilite_perte=float((resultats < 0).mean()),
    )


def draw_parc(
    cadre: Cadre, valeurs: Valeurs, bareme: Bareme, lois: Sequence[Loi], uniformes: Valeurs
) -> tuple[Nombres, Nombres]:
    """The same for many structures of one cadre, without ever holding all their draws.

    Args:
        cadre: What every model is made of.
        valeurs: Figures of the structures. Shape `(s,)`, or `(1,)` for what they share.
        bareme: The law that they share.
        lois: The laws.
        uniformes: Uniform numbers of each, the same for all. Shape `(nombre,)`.

    Returns:
        Quantiles of the result by structure, shape `(s, 7)`, and its probability of a loss, `(s,)`.
    """
    structures = count_structures(valeurs)
    quantiles, pertes = np.empty((structures, len(QUANTILES))), np.empty(structures)
    for lot, resultats in iterate_parc(cadre, valeurs, bareme, lois, uniformes):
        quantiles[lot] = np.quantile(resultats, QUANTILES, axis=1).T
        pertes[lot] = (resultats < 0).mean(axis=1)
    return quantiles, pertes


def iterate_parc(
    cadre: Cadre, valeurs: Valeurs, bareme: Bareme, lois: Sequence[Loi], uniformes: Valeurs
) -> Iterator[tuple[slice, Nombres]]:
    """Results of many structures, some at a time: which, and their draws of shape `(lot, nombre)`.

    Arguments are those of `draw_parc`.
    """
    structures = count_structures(valeurs)
    tires = {loi.chemin: transform(loi, uniformes[loi.chemin])[None, :] for loi in lois}
    nombre = max((tire.shape[1] for tire in tires.values()), default=1)
    par_lot = max(1, LIGNES_PAR_LOT // nombre)
    for debut in range(0, structures, par_lot):
        lot = slice(debut, min(debut + par_lot, structures))
        sous_tirage = apply_lois(cadre, _cut(valeurs, lot), lois, tires)
        resultats = compute_annee(cadre, sous_tirage, bareme).resultat
        yield lot, np.broadcast_to(resultats, (lot.stop - lot.start, nombre))


def count_structures(valeurs: Valeurs) -> int:
    """How many structures some figures are of."""
    return max(len(colonne) for colonne in valeurs.values())


def _cut(valeurs: Valeurs, lot: slice) -> Valeurs:
    """Figures of some structures, as columns that meet the draws. Shapes `(lot, 1)` and `(1, 1)`."""
    return {
        chemin: (colonne if len(colonne) == 1 else colonne[lot])[:, None]
        for chemin, colonne in valeurs.items()
    }
