"""Priority districts (QPV) of each territory: how many, their inhabitants, their RSA recipients.

A district over several communes counts once in each territory that it touches. Its inhabitants
are not published by commune: they are attributed to a territory only when the district lies wholly
inside it, or by the département that the publisher names.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from maillage.indicators.columns import INCONNUE, make_colonne, ratio
from maillage.indicators.composants import population_du_jour
from maillage.indicators.ground import rows_of
from maillage.kernel.niveau import Niveau
from maillage.kernel.valeur import CONNUE, Colonne

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow.compute as pc
    from numpy.typing import NDArray

    from maillage.data.reference.pack import Pack
    from maillage.indicators.ground import Ground
    from maillage.indicators.published import Published
    from maillage.indicators.releves import Recueil

PERIODE = "2024"
SOURCE = "qpv_2024"
_BY_DEPARTEMENT = (Niveau.DEPARTEMENT, Niveau.REGION, Niveau.FRANCE)


@dataclass(frozen=True, slots=True)
class Quartiers:
    """Districts that touch the territories of one level.

    Attributes:
        paires: Per district, the rows of the territories that it touches.
        entiers: Per district, true when it lies wholly inside the one territory it touches.
    """

    paires: tuple[tuple[int, ...], ...]
    entiers: tuple[bool, ...]

    def nombre(self, taille: int) -> Colonne:
        """Districts per territory, each counted once."""
        counts = np.zeros(taille)
        for touched in self.paires:
            counts[list(touched)] += 1
        return Colonne(counts, np.full(taille, CONNUE, dtype=np.uint8))

    def somme(self, valeurs: Sequence[float | None], taille: int) -> Colonne:
        """Sum over the districts of a territory; unknown if one is shared or has no figure."""
        sommes, etats = np.zeros(taille), np.full(taille, CONNUE, dtype=np.uint8)
        for touched, entier, valeur in zip(self.paires, self.entiers, valeurs, strict=True):
            rows = list(touched)
            if entier and valeur is not None:
                sommes[rows] += valeur
            else:
                etats[rows] = INCONNUE
        return make_colonne(sommes, etats)


def add_quartiers(recueil: Recueil, pack: Pack, ground: Ground, published: Published) -> None:
    """Add the indicators of the priority districts at every level."""
    qpv = pack.tables["qpv"]
    _, population = population_du_jour(published)
    for niveau in Niveau:
        quartiers = locate(
            qpv["codes_communes"].to_pylist(), qpv["code_departement"], ground, niveau
        )
        taille = ground.taille(niveau)
        nombre = _blank_arrondissements(quartiers.nombre(taille), ground, niveau)
        recueil.add("nombre_qpv", niveau, PERIODE, nombre, (SOURCE,))
        habitants = quartiers.somme(qpv["population"].to_pylist(), taille)
        periode = published.last(Niveau.COMMUNE, "population") or ""
        base = recueil.get("population", niveau, periode)
        part = _blank_arrondissements(ratio(habitants, base, 100.0), ground, niveau)
        recueil.add("part_population_qpv", niveau, PERIODE, part, (SOURCE, *population.sources))
        rsa = quartiers.somme(qpv["allocataires_rsa_socle"].to_pylist(), taille)
        rsa = _blank_arrondissements(rsa, ground, niveau)
        recueil.add("rsa_allocataires_qpv", niveau, PERIODE, rsa, (SOURCE,))


def locate(
    codes_communes: Sequence[Sequence[str]],
    departements: pc.ChunkedArray,
    ground: Ground,
    niveau: Niveau,
) -> Quartiers:
    """Territories of one level that each district touches.

    From the département upward, by the département that the publisher names; below it, by the
    communes that the district covers.
    """
    if niveau in _BY_DEPARTEMENT:
        rows = _upward(rows_of(ground.codes[Niveau.DEPARTEMENT], departements), ground, niveau)
        paires = tuple((int(row),) if row >= 0 else () for row in rows)
        return Quartiers(paires, tuple(len(touched) == 1 for touched in paires))
    index = {code: rank for rank, code in enumerate(ground.codes[Niveau.COMMUNE])}
    groupes = ground.groupes[niveau]
    touched = [
        {int(groupes[index[code]]) if code in index else -1 for code in codes}
        for codes in codes_communes
    ]
    return Quartiers(
        tuple(tuple(sorted(rows - {-1})) for rows in touched),
        tuple(len(rows) == 1 for rows in touched),
    )


def _upward(rows: NDArray[np.intp], ground: Ground, niveau: Niveau) -> NDArray[np.intp]:
    if niveau is Niveau.DEPARTEMENT:
        return rows
    return np.where(rows >= 0, ground.upward(niveau)[rows], -1)


def _blank_arrondissements(colonne: Colonne, ground: Ground, niveau: Niveau) -> Colonne:
    """The publisher names the commune of a district, not its municipal arrondissement."""
    if niveau is not Niveau.COMMUNE:
        return colonne
    etats = np.where(ground.est_commune, colonne.etats, INCONNUE).astype(np.uint8)
    return make_colonne(colonne.nombres, etats)
