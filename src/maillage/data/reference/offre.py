"""Derives the register of structures, the priority districts and the published figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa

from maillage.data.reference.schema import CHIFFRES_PUBLIES, QPV, STRUCTURES
from maillage.kernel.siret import is_siret

if TYPE_CHECKING:
    from collections.abc import Mapping

    from maillage.data.sources.publie import Constats

SCORE_MINIMAL = 0.6
"""Geocoding score under which the platform des emplois de l'inclusion keeps no point."""
DISTANCE_MAXIMALE_KM = 30.0
"""Distance to the commune's centre beyond which a geocoded address is held to be wrong."""
_SOURCE = "siae_2020_12"


def derive_structures(
    brut: Mapping[str, pa.Table], communes: pa.Table, constats: Constats
) -> pa.Table:
    """One row per (siret, kind) of the register, sorted by that key."""
    by_code = {row["code"]: row for row in communes.to_pylist()}
    rows = [_structure(row, by_code) for row in brut[_SOURCE].to_pylist()]
    rows.sort(key=lambda row: (row["siret"], row["kind"]))
    _report(rows, brut[_SOURCE].to_pylist(), constats)
    return pa.Table.from_pylist(rows, schema=STRUCTURES)


def derive_qpv(brut: Mapping[str, pa.Table], communes: pa.Table, constats: Constats) -> pa.Table:
    """One row per priority district, sorted by code."""
    names = {
        "code_qp": "code",
        "nom_qp": "nom",
        "population_municipale": "population",
        "nb_menages": "menages",
        "taux_pauvrete_60_pct": "taux_pauvrete_pct",
    }
    rows = [
        {names.get(name, name): value for name, value in row.items()}
        for row in brut["qpv_2024"].to_pylist()
    ]
    rows.sort(key=lambda row: row["code"])
    known = set(communes["code"].to_pylist())
    outside = sum(not known.intersection(row["codes_communes"]) for row in rows)
    blank = sum(row["population"] is None for row in rows)
    constats.repair(
        "qpv_2024", f"{outside} quartiers sont hors des communes de 2025 (Polynésie, Saint-Martin)."
    )
    constats.repair("qpv_2024", f"{blank} quartiers n’ont aucune population publiée.")
    return pa.Table.from_pylist(rows, schema=QPV)


def derive_chiffres_publies(brut: Mapping[str, pa.Table]) -> pa.Table:
    """One row per published figure, sorted by territory, indicator, kind and period."""
    table = brut["iae_chiffres_publies"].rename_columns({"type_structure": "kind", "source": "url"})
    keys = ["territoire", "indicateur", "kind", "periode"]
    ordered = table.sort_by([(key, "ascending") for key in keys])
    return ordered.select(CHIFFRES_PUBLIES.names).cast(CHIFFRES_PUBLIES)


def _structure(row: dict[str, Any], communes: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    commune = communes.get(row["code_insee"] or "", {})
    latitude, longitude, localisation = _point(row, commune)
    return {
        **row,
        "siret_valide": is_siret(row["siret"]),
        "code_commune": row["code_insee"],
        "code_epci": commune.get("code_epci"),
        "code_zone_emploi": commune.get("code_zone_emploi"),
        "code_clpe": commune.get("code_clpe"),
        "latitude": latitude,
        "longitude": longitude,
        "localisation": localisation,
        "latitude_publiee": row["latitude"],
        "longitude_publiee": row["longitude"],
    }


def _point(row: dict[str, Any], commune: dict[str, Any]) -> tuple[float | None, float | None, str]:
    """Point kept for access: the geocoded address if trusted, else the commune's centre."""
    score, distance = row["score_geocodage"], row["distance_chef_lieu_km"]
    is_located = None not in {row["latitude"], row["longitude"], score, distance}
    if is_located and score >= SCORE_MINIMAL and distance <= DISTANCE_MAXIMALE_KM:
        return row["latitude"], row["longitude"], "adresse"
    if commune.get("latitude") is not None:
        return commune["latitude"], commune["longitude"], "commune"
    return None, None, "inconnue"


def _report(
    rows: list[dict[str, Any]], published: list[dict[str, Any]], constats: Constats
) -> None:
    invalid = sum(not row["siret_valide"] for row in rows)
    differing = sum(is_siret(row["siret"]) != (row["siret_luhn_ok"] == "1") for row in published)
    fallback = sum(row["localisation"] == "commune" for row in rows)
    nowhere = sum(row["localisation"] == "inconnue" for row in rows)
    constats.repair(
        _SOURCE,
        f"{invalid} SIRET ont une clé fausse ; lignes où notre contrôle diffère de celui du "
        f"fichier : {differing}.",
    )
    constats.repair(
        _SOURCE,
        f"{fallback} structures, dont l’adresse est mal géolocalisée, sont placées au centre de "
        f"leur commune ; {nowhere} n’ont aucun point.",
    )
