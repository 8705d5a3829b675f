"""Where the structures of an extract stand: the communes of a place, the places of a commune."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from maillage.indicators.pilotage.structures import index_structures
from maillage.kernel.errors import Introuvable
from maillage.kernel.niveau import Niveau

if TYPE_CHECKING:
    from collections.abc import Mapping

    from maillage.analyses.diagnosis.atlas import Atlas
    from maillage.analyses.diagnosis.model import Territoire
    from maillage.indicators.pilotage.lecture import Faits

NIVEAUX = (Niveau.REGION, Niveau.ZONE_EMPLOI, Niveau.EPCI, Niveau.CLPE)
"""Levels, besides the département, by which the structures of the cockpit are chosen."""
_GARDES = 8


@lru_cache(maxsize=64)
def list_communes(atlas: Atlas, niveau: Niveau, code: str) -> frozenset[str]:
    """Official codes of the communes of a place.

    Raises:
        Introuvable: no such place (MLG-TER-001).
    """
    place = atlas.territoire(niveau, code)
    return frozenset(commune.code for commune in atlas.communes_de(place))


@lru_cache(maxsize=_GARDES)
def list_places(atlas: Atlas, faits: Faits) -> tuple[Mapping[Niveau, Territoire], ...]:
    """Places of each structure, by level, in the order of `index_structures`.

    A commune that the geography does not know gives nothing; a merged one gives the places of the
    commune that it is now.
    """
    index = index_structures(faits)
    communes = [""] * len(index.cles)
    for rang, commune in zip(index.rangs.tolist(), faits.annexe("commune").tolist(), strict=True):
        communes[rang] = communes[rang] or str(commune)
    return tuple(_places_of(atlas, commune) for commune in communes)


def _places_of(atlas: Atlas, code: str) -> Mapping[Niveau, Territoire]:
    try:
        commune, _ = atlas.resolve_code(Niveau.COMMUNE, code)
    except Introuvable:
        return {}
    return {place.niveau: place for place in atlas.appartenances(commune)}
