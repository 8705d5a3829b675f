"""Outlines in GeoJSON: longitudes and latitudes of the rings of each territory."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from maillage.data.sources.publie import read_bytes

if TYPE_CHECKING:
    from pathlib import Path

    from maillage.data.sources.publie import Constats
    from maillage.kernel.niveau import Niveau

Anneau = list[tuple[float, float]]
"""One closed ring: longitude and latitude of each point, in degrees (WGS84)."""

_FICHIERS = {
    "region": "regions",
    "departement": "departements",
    "zone-emploi": "zones_emploi",
    "epci": "epci",
    "clpe": "clpe",
}
NIVEAUX = tuple(_FICHIERS)
"""Levels whose outlines are published, by the value of `Niveau`."""


def outlines_path(niveau: Niveau) -> str:
    """Path of the outlines of one level inside the folder of published tables."""
    return f"geo/{_FICHIERS[niveau.value]}.geojson"


def read_outlines(
    dossier: Path, niveau: Niveau, constats: Constats
) -> dict[str, list[Anneau]] | None:
    """Rings of each territory of a level, by its published code.

    Returns:
        Exterior rings and holes alike, in the published order; None when the file cannot be
        read, the reason being then in `constats`.
    """
    chemin = outlines_path(niveau)
    content = read_bytes(dossier, chemin, constats)
    if content is None:
        return None
    try:
        features = json.loads(content)["features"]
        rings = {feature["properties"]["code"]: _rings(feature["geometry"]) for feature in features}
    except (ValueError, KeyError, TypeError) as error:
        constats.refuse(
            "MLG-REF-102",
            f"le fichier n’est pas un GeoJSON de polygones portant un code : {error!r}",
            "rétablissez le fichier publié.",
            chemin,
        )
        return None
    if len(rings) != len(features):
        quoi = f"{len(features) - len(rings)} codes figurent plusieurs fois"
        constats.refuse("MLG-REF-105", quoi, "retirez les doublons.", chemin)
    constats.lignes[chemin] = len(features)
    return rings


def _rings(geometry: dict[str, Any]) -> list[Anneau]:
    polygons = geometry["coordinates"]
    if geometry["type"] == "Polygon":
        polygons = [polygons]
    elif geometry["type"] != "MultiPolygon":
        msg = f"geometry type {geometry['type']}"
        raise ValueError(msg)
    return [[(x, y) for x, y, *_ in ring] for polygon in polygons for ring in polygon]
