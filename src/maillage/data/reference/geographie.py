"""Derives the geographic tables: communes, former communes, territories, typologies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from maillage.data.reference.projection import project, projection_of
from maillage.data.reference.schema import (
    COMMUNES,
    COMMUNES_ANCIENNES,
    TERRITOIRES,
    TYPOLOGIES,
)
from maillage.data.sources import cog
from maillage.kernel.niveau import Niveau

if TYPE_CHECKING:
    from collections.abc import Mapping

    from maillage.data.sources.publie import Constats

_TYPOLOGIES = ("densite", "ruralite", "centralite", "massif", "zrr_2022", "frr_2025")
FRANCE = "FR"
"""Code of the country."""


def derive_communes(brut: Mapping[str, pa.Table], constats: Constats) -> pa.Table:
    """One row per commune of the COG 2025 or municipal arrondissement, sorted by code."""
    typologies = {row["code_insee"]: row for row in brut["communes_typologies"].to_pylist()}
    published = sorted(brut["communes"].to_pylist(), key=lambda row: row["code_insee"])
    rows = [_commune(row, typologies.get(row["code_insee"], {})) for row in published]
    _add_projected(rows)
    sans_epci = sum(row["code_epci"] is None for row in rows)
    sans_centre = sum(row["latitude"] is None for row in rows)
    constats.repair(
        "communes", f"{sans_epci} communes insulaires n’appartiennent à aucune intercommunalité."
    )
    constats.repair("communes", f"{sans_centre} communes n’ont pas de centre publié.")
    return pa.Table.from_pylist(rows, schema=COMMUNES)


def derive_communes_anciennes(brut: Mapping[str, pa.Table]) -> pa.Table:
    """One row per delegated or associated commune, sorted by code."""
    table = brut["communes_anciennes"]
    renamed = table.rename_columns(["code", "nom", "type", "code_actuel"])
    return renamed.sort_by("code").cast(COMMUNES_ANCIENNES)


def derive_typologies(brut: Mapping[str, pa.Table]) -> pa.Table:
    """One row per label of a typology, sorted by typology and code.

    A leading « 01 - » that repeats the code is taken off, and « - undefined » becomes « Non
    défini ».
    """
    rows = [
        row | {"libelle": _clean_label(row["code"], row["libelle"])}
        for row in brut["typologies_libelles"].to_pylist()
    ]
    rows.sort(key=lambda row: (row["typologie"], row["code"]))
    return pa.Table.from_pylist(rows, schema=TYPOLOGIES)


def derive_territoires(brut: Mapping[str, pa.Table]) -> pa.Table:
    """One row per territory above the commune, sorted by level and code."""
    departements = brut["departements"].to_pylist()
    rows = [
        {
            "niveau": Niveau.FRANCE.value,
            "code": FRANCE,
            "nom": "France",
            "codes_departements": sorted(row["code"] for row in departements),
        }
    ]
    rows += [_region(row, departements) for row in brut["regions"].to_pylist()]
    rows += [_departement(row) for row in departements]
    for name, niveau in (
        ("epci", Niveau.EPCI),
        ("zones_emploi", Niveau.ZONE_EMPLOI),
        ("clpe", Niveau.CLPE),
    ):
        rows += [_aire(row, niveau) for row in brut[name].to_pylist()]
    kept = [row for row in rows if row["code"] != cog.SANS_EPCI]
    kept.sort(key=lambda row: (row["niveau"], row["code"]))
    return pa.Table.from_pylist(kept, schema=TERRITOIRES)


def _commune(row: dict[str, Any], typologies: dict[str, Any]) -> dict[str, Any]:
    epci = row["code_epci"]
    return (
        row
        | {name: typologies.get(name) for name in _TYPOLOGIES}
        | {
            "code": row["code_insee"],
            "code_epci": None if epci == cog.SANS_EPCI else epci,
            "code_zone_emploi": row["code_ze2020"],
        }
    )


def _add_projected(rows: list[dict[str, Any]]) -> None:
    located = [row for row in rows if row["latitude"] is not None]
    epsg = np.array([projection_of(row["code_departement"]) for row in located])
    for code in sorted(set(epsg)):
        group = [row for row, own in zip(located, epsg, strict=True) if own == code]
        longitudes = np.array([row["longitude"] for row in group])
        latitudes = np.array([row["latitude"] for row in group])
        x, y = project(longitudes, latitudes, str(code))
        for row, easting, northing in zip(group, x, y, strict=True):
            row |= {"projection": str(code), "x": int(easting), "y": int(northing)}


def _clean_label(code: str, label: str) -> str:
    label = label.removeprefix(f"{code} - ")
    return "Non défini" if label == "- undefined" else label


def _region(row: dict[str, Any], departements: list[dict[str, Any]]) -> dict[str, Any]:
    codes = [d["code"] for d in departements if d["code_region"] == row["code"]]
    return row | {
        "niveau": Niveau.REGION.value,
        "code_region": row["code"],
        "codes_departements": sorted(codes),
    }


def _departement(row: dict[str, Any]) -> dict[str, Any]:
    return row | {
        "niveau": Niveau.DEPARTEMENT.value,
        "code_departement": row["code"],
        "codes_departements": [row["code"]],
    }


def _aire(row: dict[str, Any], niveau: Niveau) -> dict[str, Any]:
    return row | {
        "niveau": niveau.value,
        "code_departement": row["code_departement_principal"],
        "code_region": row["code_region_principale"],
    }
