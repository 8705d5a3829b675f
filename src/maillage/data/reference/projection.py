"""Display projections: metres on a plane fit for each part of the country."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from pyproj import Transformer

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Legal projections of decree 2019-165: RGF93 Lambert-93, RGAF09 UTM 20, RGFG95 UTM 22, RGR92
# UTM 40, RGM04 UTM 38.
_OUTRE_MER = {"971": "5490", "972": "5490", "973": "2972", "974": "2975", "976": "4471"}
METROPOLE = "2154"
"""EPSG code of Lambert-93, for the mainland and Corse."""


def projection_of(code_departement: str) -> str:
    """EPSG code of the display projection of a département."""
    return _OUTRE_MER.get(code_departement, METROPOLE)


def project(
    longitudes: NDArray[np.float64], latitudes: NDArray[np.float64], projection: str
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Metres of points given in WGS84 degrees, rounded to the metre.

    Args:
        longitudes: Shape `(n,)`.
        latitudes: Shape `(n,)`.
        projection: EPSG code of the plane, as given by `projection_of`.
    """
    x, y = _transformer(projection).transform(longitudes, latitudes)
    return np.rint(x).astype(np.int64), np.rint(y).astype(np.int64)


@cache
def _transformer(projection: str) -> Transformer:
    return Transformer.from_crs("EPSG:4326", f"EPSG:{projection}", always_xy=True)
