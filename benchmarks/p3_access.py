"""P3: access scores on the real pack, against two sparse products and against PySAL `access`.

- curseur: the decay changes, trips are kept. Ours: weights of every pair looked up, then both steps.
  Floor: the two products alone, on matrices whose weights are already there. Peer: PySAL's
  `enhanced_two_stage_fca` on an `Access` object that already holds the same trips.
- entier, trajets donnés à PySAL: ours builds the trips from the points, then scores. PySAL is given
  our trips as a table and only builds its `Access` object and scores: it does less than we do.
- entier, 1 commune sur 100: from points to scores on both sides; PySAL builds its own trips with
  `create_euclidean_distance`. It crosses every origin with every structure before keeping the near
  ones: all the communes would be 128 million rows of geometries, which does not fit in memory.
- tout: the 35 indicators at the 7 levels, sensitivity band included, from the tables of the pack.

Growth: the same work on one commune in 100, one in 10, all.
"""

from __future__ import annotations

import logging
import warnings
from functools import partial
from itertools import cycle
from typing import TYPE_CHECKING

import geopandas
import numpy as np
import pandas as pd
from access import Access
from access.weights import gaussian, step_fn
from mesure import Ligne, measure, print_table
from scipy.sparse import csr_array

from maillage.data.reference.pack import embedded_pack
from maillage.indicators.access.catchment import ZONES, Decay, GaussianDecay, StepDecay, e2sfca
from maillage.indicators.access.compute import compute_access
from maillage.indicators.access.lieux import read_origines, read_structures
from maillage.indicators.access.pairs import Pairs, Points, build_pairs
from maillage.indicators.access.travel import CENTRALES
from maillage.kernel.niveau import Niveau

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from maillage.data.reference.pack import Pack

PAS = (100, 10, 1)
SIGMA = 20
CURSEUR: Iterator[Decay] = cycle(
    StepDecay((15, 30, 45), (1.0, poids / 100, 0.22)) for poids in range(30, 90)
)
CLOCHE: Iterator[Decay] = cycle(GaussianDecay(sigma, 45) for sigma in range(10, 40))


def take(points: Points, step: int) -> Points:
    """One point in `step`."""
    return Points(points.latitude[::step], points.longitude[::step], points.milieux[::step])


def floor_of(
    pairs: Pairs, demande: NDArray[np.float64], offre: NDArray[np.float64], decay: Decay
) -> Callable[[], object]:
    """The two products on matrices that are already weighted, each in its own best layout."""
    shape = (pairs.nombre_origines, pairs.nombre_structures)
    weights = csr_array((decay.weigh(pairs), pairs.structure, pairs.debut), shape=shape)
    transposed = weights.T.tocsr()
    return lambda: (transposed @ demande, weights @ offre)


def make_pysal(
    pairs: Pairs, demande: NDArray[np.float64], offre: NDArray[np.float64]
) -> Callable[[], Access]:
    """What builds PySAL's object on our trips; the tables themselves are made beforehand."""
    origins = np.repeat(np.arange(pairs.nombre_origines), np.diff(pairs.debut))
    costs = pd.DataFrame({"origin": origins, "dest": pairs.structure, "cost": pairs.minutes})
    demand = pd.DataFrame({"geoid": np.arange(len(demande)), "demand": demande})
    supply = pd.DataFrame({"geoid": np.arange(len(offre)), "supply": offre})

    def build() -> Access:
        return Access(
            demand_df=demand.copy(),
            demand_index="geoid",
            demand_value="demand",
            supply_df=supply.copy(),
            supply_index="geoid",
            supply_value="supply",
            cost_df=costs,
            cost_origin="origin",
            cost_dest="dest",
            cost_name="cost",
        )

    return build


def compare_slider(
    nom: str,
    decays: Iterator[Decay],
    world: tuple[Pairs, NDArray[np.float64], NDArray[np.float64]],
    weigh: Callable[[float], float],
) -> Ligne:
    """Ours, floor and PySAL when the decay changes and the trips are kept."""
    engine = make_pysal(*world)()
    quick = measure(
        {
            "nous": lambda: e2sfca(*world, next(decays)),
            "plancher": floor_of(*world, next(decays)),
        },
        repeats=51,
    )
    slow = measure({"pair": lambda: score_pysal(engine, weigh)}, repeats=3, memory=False)
    return Ligne(nom, quick["nous"], quick["plancher"], slow["pair"])


def score_pysal(engine: Access, weigh: Callable[[float], float]) -> object:
    """PySAL's scores; the trips stop at 45 minutes, as ours."""
    return engine.enhanced_two_stage_fca(name="score", weight_fn=weigh, max_cost=45)


def compare_whole(
    origines: Points,
    structures: Points,
    demande: NDArray[np.float64],
    weigh: Callable[[float], float],
) -> Ligne:
    """Ours from the points to the scores; PySAL from our trips to the scores."""
    offre = np.ones(len(structures))

    def score(step: int) -> object:
        pairs = build_pairs(take(origines, step), structures, CENTRALES)
        return e2sfca(pairs, demande[::step], offre, ZONES)

    pairs = build_pairs(origines, structures, CENTRALES)
    build = make_pysal(pairs, demande, offre)
    found = measure(
        {
            "nous": lambda: score(1),
            "pair": lambda: score_pysal(build(), weigh),
        },
        repeats=3,
    )
    growth = [measure({"nous": partial(score, step)}, memory=False)["nous"] for step in PAS]
    nom = "entier, trajets donnés à PySAL"
    return Ligne(nom, found["nous"], None, found["pair"], growth)


def compare_from_points(
    origines: Points, structures: Points, demande: NDArray[np.float64]
) -> Ligne:
    """Both from the points to the scores, on one commune in 100."""
    some, demande = take(origines, PAS[0]), demande[:: PAS[0]]
    offre = np.ones(len(structures))
    demand = geopandas.GeoDataFrame(
        {"geoid": np.arange(len(some)), "demand": demande}, geometry=_flat_points(some)
    )
    supply = geopandas.GeoDataFrame(
        {"geoid": np.arange(len(offre)), "supply": offre}, geometry=_flat_points(structures)
    )
    weigh = step_fn(
        {10_000: 1, 20_000: 0.68, 30_000: 0.22}
    )  # metres: PySAL has no times of its own

    def ours() -> object:
        return e2sfca(build_pairs(some, structures, CENTRALES), demande, offre, ZONES)

    def theirs() -> object:
        engine = Access(
            demand_df=demand.copy(),
            demand_index="geoid",
            demand_value="demand",
            supply_df=supply.copy(),
            supply_index="geoid",
            supply_value="supply",
        )
        engine.create_euclidean_distance(name="metres", threshold=30_000)
        return engine.enhanced_two_stage_fca(
            name="score", cost="metres", weight_fn=weigh, max_cost=30_000
        )

    found = measure({"nous": ours, "pair": theirs}, repeats=3)
    return Ligne("entier, 1 commune sur 100", found["nous"], None, found["pair"])


def _flat_points(points: Points) -> geopandas.GeoSeries:
    """Rough metres: good enough to give PySAL as many near trips as we have."""
    metres_per_degree = 111_195
    eastings = points.longitude * metres_per_degree * np.cos(np.radians(points.latitude))
    return geopandas.GeoSeries.from_xy(eastings, points.latitude * metres_per_degree)


def measure_all(pack: Pack) -> Ligne:
    """Every indicator at every level."""
    codes: dict[Niveau, tuple[str, ...]] = {
        niveau: tuple(
            row["code"]
            for row in pack.tables["territoires"].to_pylist()
            if row["niveau"] == niveau.value
        )
        for niveau in Niveau
        if niveau is not Niveau.COMMUNE
    }
    codes[Niveau.COMMUNE] = tuple(pack.tables["communes"]["code"].to_pylist())
    found = measure({"nous": lambda: compute_access(pack, codes)}, repeats=3)
    return Ligne("tout", found["nous"])


def main() -> None:
    """Run P3 and print its table."""
    # `access` 1.1 calls pandas in a way that pandas 3.1 announces the end of
    warnings.filterwarnings("ignore", message="The inplace keyword in DataFrame")
    logging.disable(logging.INFO)  # it says each time that it replaces its scores
    pack = embedded_pack()
    read = read_origines(pack.tables["communes"], pack.tables["besoin_communes"])
    structures = read_structures(pack.tables["structures"], pack.tables["communes"]).points
    demande = np.nan_to_num(read.demandeurs[read.situees])
    pairs = build_pairs(read.points, structures, CENTRALES)
    world = (pairs, demande, np.ones(len(structures)))
    steps = step_fn(dict(zip(ZONES.bornes, ZONES.poids, strict=True)))
    print(f"P3 — {len(read.points)} communes × {len(structures)} structures, {len(pairs)} trajets")
    print_table(
        [
            compare_slider("curseur, zones", CURSEUR, world, steps),
            compare_slider("curseur, gaussienne", CLOCHE, world, gaussian(SIGMA)),
            compare_whole(read.points, structures, demande, steps),
            compare_from_points(read.points, structures, demande),
            measure_all(pack),
        ]
    )


if __name__ == "__main__":
    main()
