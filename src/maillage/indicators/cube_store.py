"""Keeps the computed cube beside the data, so that pages and commands open it at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from maillage.data.store import read_parquet, write_parquet_atomically
from maillage.indicators.compute import compute_cube, compute_version
from maillage.indicators.cube import Cube, Releve
from maillage.indicators.ground import codes_by_level
from maillage.kernel.errors import Anomalie, DonneesIndisponibles, EnvironnementInvalide
from maillage.kernel.niveau import Niveau
from maillage.kernel.valeur import Colonne

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from maillage.data.reference.pack import Pack
    from maillage.indicators.ground import Codes

#: One indicator at one level for one period. Key: (indicateur, niveau, periode).
COLONNES = pa.schema(
    [
        ("indicateur", pa.string()),
        ("niveau", pa.string()),
        ("periode", pa.string()),
        ("sources", pa.list_(pa.string())),
        ("nombres", pa.large_binary()),  # float64, little-endian, NaN where there is no figure
        ("etats", pa.large_binary()),  # uint8, the codes of kernel.valeur
    ]
)
_VERSION = b"maillage_version"
_FLOAT = np.dtype("<f8")


def cube_path(data_dir: Path, version: str) -> Path:
    """File of a version of the cube."""
    return data_dir / "indicateurs" / f"{version}.parquet"


def open_cube(
    pack: Pack, data_dir: Path, progress: Callable[[str], None] | None = None
) -> tuple[Cube, tuple[Anomalie, ...]]:
    """The cube of a pack, read if it was kept, else computed and kept.

    A missing, damaged or foreign file is computed again and replaced.

    Args:
        pack: Reference pack.
        data_dir: Data directory; its folder `indicateurs` holds the cubes.
        progress: Called with a French sentence at each step of a computation.

    Returns:
        The cube, and a warning (MLG-ENV-001) when it could not be kept: it then lives in memory.
    """
    version = compute_version(pack)
    path = cube_path(data_dir, version)
    try:
        return load_cube(path, codes_by_level(pack), version), ()
    except DonneesIndisponibles:
        cube = compute_cube(pack, progress)
    try:
        save_cube(cube, path)
    except EnvironnementInvalide as error:
        return cube, error.anomalies
    return cube, ()


def save_cube(cube: Cube, path: Path) -> None:
    """Write a cube, all or nothing.

    Raises:
        EnvironnementInvalide: the directory cannot be written (MLG-ENV-001).
    """
    rows = [
        {
            "indicateur": releve.indicateur,
            "niveau": releve.niveau.value,
            "periode": periode,
            "sources": list(releve.sources.get(periode, ())),
            "nombres": colonne.nombres.astype(_FLOAT).tobytes(),
            "etats": colonne.etats.tobytes(),
        }
        for releve in cube.releves.values()
        for periode, colonne in releve.colonnes.items()
    ]
    table = pa.Table.from_pylist(rows, schema=COLONNES)
    write_parquet_atomically(table, path, {_VERSION.decode(): cube.version})


def load_cube(path: Path, codes: Codes, version: str) -> Cube:
    """Read a cube back.

    Args:
        path: File written by `save_cube`.
        codes: Level to the ordered codes of the territories that it describes.
        version: Version that it must have.

    Raises:
        DonneesIndisponibles: the file is missing (MLG-DON-001), damaged (MLG-DON-002), or does not
            describe these territories in this version (MLG-IND-002).
    """
    table = read_parquet(path)
    found = (table.schema.metadata or {}).get(_VERSION, b"").decode()
    if found != version or table.schema.names != COLONNES.names:
        raise DonneesIndisponibles(_foreign(path))
    releves: dict[tuple[str, Niveau], Releve] = {}
    try:
        for row in table.to_pylist():
            _restore(releves, row, codes)
    except ValueError as error:
        raise DonneesIndisponibles(_foreign(path)) from error
    return Cube(version, codes, releves)


def _restore(
    releves: dict[tuple[str, Niveau], Releve],
    row: dict[str, Any],  # one row of COLONNES: texts, a list and two blobs
    codes: Codes,
) -> None:
    niveau = Niveau(row["niveau"])
    colonne = Colonne(
        np.frombuffer(row["nombres"], dtype=_FLOAT).astype(np.float64),
        np.frombuffer(row["etats"], dtype=np.uint8),
    )
    if len(colonne) != len(codes[niveau]):
        msg = f"{len(colonne)} figures for {len(codes[niveau])} territories"
        raise ValueError(msg)
    key = (row["indicateur"], niveau)
    releve = releves.setdefault(key, Releve(row["indicateur"], niveau, {}, {}))
    releve.colonnes[row["periode"]] = colonne
    releve.sources[row["periode"]] = tuple(row["sources"])


def _foreign(path: Path) -> Anomalie:
    return Anomalie(
        "MLG-IND-002",
        "les indicateurs gardés sur le disque ne sont pas ceux de cette version",
        "supprimez ce fichier : ils seront recalculés.",
        str(path),
    )
