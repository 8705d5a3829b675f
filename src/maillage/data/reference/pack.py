"""Opens the reference pack, and refuses it when it is missing or damaged."""

from __future__ import annotations

import hashlib
import io
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from maillage.data.reference.schema import TABLES
from maillage.kernel.errors import Anomalie, DonneesIndisponibles
from maillage.kernel.pedigree import Source

PACK_DIR = Path(__file__).parent / "pack"
DESCRIPTOR = "datapackage.json"
_WAY_OUT = (
    "réinstallez Maillage (« make run » le fait), ou reconstruisez le paquet par "
    "« maillage reference build --from DOSSIER »."
)


@dataclass(frozen=True, slots=True)
class Pack:
    """The reference tables, each with the published files that it was derived from.

    Attributes:
        empreinte: SHA-256 of the descriptor, which itself holds the hash of every table.
        tables: Arrow tables by name, with the schemas of `maillage.data.reference.schema`.
        sources: Published files by code.
    """

    empreinte: str
    tables: dict[str, pa.Table]
    sources: dict[str, Source]

    def source(self, code: str) -> Source:
        """Published file of that code.

        Raises:
            KeyError: the pack names no such source.
        """
        return self.sources[code]


def open_pack(folder: Path = PACK_DIR) -> Pack:
    """Read every table of the pack, each checked against its hash and its schema.

    Raises:
        DonneesIndisponibles: the pack is missing (MLG-REF-001) or damaged (MLG-REF-002); every
            damaged table is named in one report.
    """
    hashes, sources, raw = _read_descriptor(folder)
    tables: dict[str, pa.Table] = {}
    problems: list[Anomalie] = []
    for name, schema in TABLES.items():
        try:
            tables[name] = _read_table(folder / f"{name}.parquet", hashes.get(name, ""), schema)
        except (OSError, pa.ArrowException, ValueError) as error:
            problems.append(_damaged(folder / f"{name}.parquet", error))
    if problems:
        raise DonneesIndisponibles(*problems)
    return Pack(hashlib.sha256(raw).hexdigest(), tables, sources)


@cache
def embedded_pack() -> Pack:
    """The pack that Maillage ships, read once per process."""
    return open_pack()


def _read_descriptor(folder: Path) -> tuple[dict[str, str], dict[str, Source], bytes]:
    """Hash of each table, sources by code, and the descriptor's own bytes.

    Raises:
        DonneesIndisponibles: it is missing (MLG-REF-001) or damaged (MLG-REF-002).
    """
    path = folder / DESCRIPTOR
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise DonneesIndisponibles(
            Anomalie("MLG-REF-001", "le paquet de référence est introuvable", _WAY_OUT, str(path))
        ) from error
    try:
        descriptor = json.loads(raw)
        hashes = {entry["name"]: entry["hash"] for entry in descriptor["resources"]}
        sources = {entry["code"]: _source(entry) for entry in descriptor["sources"]}
    except (ValueError, KeyError, TypeError) as error:
        raise DonneesIndisponibles(_damaged(path, error)) from error
    return hashes, sources, raw


def resource_hash(content: bytes) -> str:
    """Hash of a table as the data package writes it: its algorithm, then the digest."""
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def _read_table(path: Path, expected: str, schema: pa.Schema) -> pa.Table:
    content = path.read_bytes()
    if resource_hash(content) != expected:
        msg = "empreinte SHA-256 différente de celle de datapackage.json"
        raise ValueError(msg)
    return pq.read_table(io.BytesIO(content), schema=schema)


def _damaged(path: Path, error: Exception) -> Anomalie:
    reason = "il manque ou ne se lit pas" if isinstance(error, OSError) else error
    quoi = f"le fichier de référence est abîmé : {reason}"
    return Anomalie("MLG-REF-002", quoi, _WAY_OUT, str(path))


def _source(entry: dict[str, Any]) -> Source:
    return Source(**{**entry, "defauts": tuple(entry["defauts"])})
