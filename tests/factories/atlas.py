"""The atlas of the embedded pack, computed once per test session and kept in memory."""

from __future__ import annotations

from functools import cache

from maillage.analyses.diagnosis.atlas import Atlas
from maillage.data.reference.pack import embedded_pack
from maillage.indicators.catalogue import cartes
from maillage.indicators.compute import compute_cube


@cache
def real_atlas() -> Atlas:
    """Real France; nothing is read or written in the user's data directory."""
    pack = embedded_pack()
    return Atlas(pack, compute_cube(pack), cartes())
