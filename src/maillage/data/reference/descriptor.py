"""Describes the pack: its files, their columns, and the published sources they come from."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from maillage.data.reference.pack import resource_hash

if TYPE_CHECKING:
    from collections.abc import Mapping

    from maillage.data.sources.publie import Constats

LICENCE = "Licence Ouverte 2.0 (Etalab)"
"""Under which every producer of the pack publishes."""

_FOLDER = Path(__file__).parent
_LICENCES = [
    {
        "name": "etalab-2.0",
        "title": LICENCE,
        "path": "https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
    }
]
_TYPES = {
    pa.string(): "string",
    pa.float64(): "number",
    pa.int64(): "integer",
    pa.uint8(): "integer",
    pa.bool_(): "boolean",
}


@cache
def load_catalogue(name: str) -> dict[str, Any]:
    """French wording of the pack: `sources`, `colonnes` or `grandeurs`."""
    return tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def describe(folder: Path, tables: Mapping[str, pa.Table], constats: Constats) -> dict[str, Any]:
    """Frictionless Data Package descriptor of the tables just written in a folder.

    `sources` holds one entry per published source, with exactly the fields of
    `kernel.pedigree.Source`; `series` says what each series counts, and its unit.
    """
    return {
        "name": "maillage-reference",
        "title": "Paquet de référence de Maillage : géographie, besoin, offre",
        "licenses": _LICENCES,
        "profile": "data-package",
        "resources": [_resource(folder, name, tables[name]) for name in sorted(tables)],
        "series": [
            {"nom": name, **wording}
            for name, wording in sorted(load_catalogue("grandeurs").items())
        ],
        "sources": [_source(entry, constats) for entry in load_catalogue("sources")["source"]],
    }


def _resource(folder: Path, name: str, table: pa.Table) -> dict[str, Any]:
    content = (folder / f"{name}.parquet").read_bytes()
    wording = load_catalogue("colonnes")[name]
    return {
        "name": name,
        "title": wording["titre"],
        "path": f"{name}.parquet",
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "hash": resource_hash(content),
        "bytes": len(content),
        "rows": table.num_rows,
        "schema": {
            "fields": [
                {
                    "name": field.name,
                    "type": _TYPES.get(field.type, "array"),
                    "description": wording["colonnes"][field.name],
                }
                for field in table.schema
            ],
            "primaryKey": wording["cle"],
        },
    }


def _source(entry: dict[str, Any], constats: Constats) -> dict[str, Any]:
    found = [phrase for code, phrase in constats.reparations if code == entry["code"]]
    return entry | {
        "licence": LICENCE,
        "sha256": constats.empreintes[entry["fichier"]],
        "lignes": constats.lignes[entry["fichier"]],
        "defauts": [*entry["defauts"], *found],
    }
