"""Computes every indicator of every territory."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING

from maillage.data.store import connect_duckdb
from maillage.indicators.access.compute import PERIODE, compute_access
from maillage.indicators.access.travel import CENTRALES
from maillage.indicators.catalogue import CARTES
from maillage.indicators.composants import build_mesures, population_du_jour
from maillage.indicators.cube import Cube
from maillage.indicators.gap import POIDS_PAR_DEFAUT
from maillage.indicators.gap_figures import add_gap
from maillage.indicators.ground import codes_by_level, survey
from maillage.indicators.need import add_need
from maillage.indicators.published import read_published
from maillage.indicators.quartiers import add_quartiers
from maillage.indicators.releves import Recueil
from maillage.indicators.rollup import appartenances_table, mesures_table, read_sums, rollup
from maillage.indicators.supply import add_supply

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from maillage.data.reference.pack import Pack
    from maillage.indicators.ground import Codes, Ground
    from maillage.indicators.need import Sommes
    from maillage.indicators.published import Published
    from maillage.indicators.rollup import Mesure

_CODE_FOLDER = Path(__file__).parent


def compute_cube(pack: Pack, progress: Callable[[str], None] | None = None) -> Cube:
    """Every indicator of every territory, from the reference pack alone.

    Args:
        pack: Reference pack.
        progress: Called with a French sentence at each step.
    """
    tell = progress or (lambda _step: None)
    codes = codes_by_level(pack)
    ground = survey(pack, codes)
    published = read_published(pack, codes)
    tell("Sommes des communes à chaque niveau")
    mesures = build_mesures(ground, published)
    sommes = sum_communes(ground, published, mesures)
    recueil = Recueil()
    tell("Besoin")
    add_need(recueil, ground, published, mesures, sommes)
    add_quartiers(recueil, pack, ground, published)
    tell("Offre")
    add_supply(recueil, pack, ground, published)
    tell("Accès")
    _add_access(recueil, pack, codes)
    tell("Écarts")
    add_gap(recueil, ground, published)
    return Cube(compute_version(pack), codes, recueil.releves())


def sum_communes(ground: Ground, published: Published, mesures: Mapping[str, Mesure]) -> Sommes:
    """Sums of the commune figures at every level, on the embedded engine."""
    _, population = population_du_jour(published)
    engine = connect_duckdb()
    try:
        expression = rollup(
            engine.create_table("mesures", mesures_table(ground, mesures), temp=True),
            engine.create_table(
                "appartenances", appartenances_table(ground, population.colonne), temp=True
            ),
        )
        return read_sums(engine.to_pyarrow(expression), ground.codes, mesures)
    finally:
        engine.disconnect()


def _add_access(recueil: Recueil, pack: Pack, codes: Codes) -> None:
    for (indicateur, niveau), colonne in compute_access(pack, codes).colonnes.items():
        recueil.add(indicateur, niveau, PERIODE, colonne, CARTES[indicateur].sources)


def compute_version(pack: Pack) -> str:
    """Version of the figures: hash of the pack, of the code and of the assumptions in it."""
    assumptions = [list(CENTRALES.parametres), POIDS_PAR_DEFAUT]
    digest = hashlib.sha256(json.dumps([pack.empreinte, assumptions]).encode())
    for path in sorted(_CODE_FOLDER.rglob("*.py")):
        digest.update(path.relative_to(_CODE_FOLDER).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
