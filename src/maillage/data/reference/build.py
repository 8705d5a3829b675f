"""Derives the reference pack from the published tables, bit for bit the same each time."""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from maillage.data.reference import descriptor
from maillage.data.reference.besoin import derive_besoin_communes
from maillage.data.reference.bounds import check_cells
from maillage.data.reference.checks import check_codes
from maillage.data.reference.geographie import (
    derive_communes,
    derive_communes_anciennes,
    derive_territoires,
    derive_typologies,
)
from maillage.data.reference.offre import (
    derive_chiffres_publies,
    derive_qpv,
    derive_structures,
)
from maillage.data.reference.outlines import derive_contours
from maillage.data.reference.pack import DESCRIPTOR
from maillage.data.reference.recipes import RECETTES
from maillage.data.reference.schema import TABLES
from maillage.data.reference.series import derive_idbank, derive_series
from maillage.data.sources import besoin, cog, contours, offre
from maillage.data.sources.publie import Constats, read_published
from maillage.kernel.errors import Anomalie, EnvironnementInvalide
from maillage.kernel.niveau import Niveau
from maillage.kernel.systeme import explain_os_error

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from maillage.data.sources.contours import Anneau

    Contours = dict[Niveau, dict[str, list[Anneau]]]

FICHIERS = (
    cog.COMMUNES,
    cog.COMMUNES_ANCIENNES,
    cog.COMMUNES_POPULATION,
    cog.COMMUNES_TYPOLOGIES,
    cog.TYPOLOGIES_LIBELLES,
    cog.REGIONS,
    cog.DEPARTEMENTS,
    cog.EPCI,
    cog.ZONES_EMPLOI,
    cog.CLPE,
    besoin.COMMUNES_BESOIN,
    besoin.QPV,
    offre.SIAE,
    offre.CHIFFRES_PUBLIES,
    *(recette.fichier for recette in RECETTES),
)
"""Every published table that the pack is derived from, outlines aside."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build made.

    Attributes:
        lignes: Rows of each table of the pack.
        octets: Bytes of each file of the pack, by file name.
        reparations: What was mended or left out, one French sentence each, with its source.
    """

    lignes: dict[str, int]
    octets: dict[str, int]
    reparations: tuple[str, ...]


def build_pack(
    source: Path, target: Path, progress: Callable[[str], None] | None = None
) -> BuildReport:
    """Derive the reference pack and put it in place of the target folder, or change nothing.

    Args:
        source: Folder of the published tables, laid out as docs/reference/sources.md says.
        target: Folder of the pack; replaced as a whole once everything is written.
        progress: Called with a French sentence at each step.

    Raises:
        FichierInvalide: published files are missing or wrong (MLG-REF-1xx), all named together.
        EnvironnementInvalide: the target cannot be written (MLG-ENV-001).
    """
    tell = progress or (lambda _step: None)
    constats = Constats()
    tell("Lecture des tables publiées")
    brut, outlines = _read(source, constats)
    constats.raise_if_any()
    check_cells(FICHIERS, brut, constats)
    check_codes(brut, outlines, constats)
    constats.raise_if_any()
    tell("Dérivation des tables de référence")
    tables = _derive(brut, outlines, constats)
    tell("Écriture du paquet")
    octets = _replace(target, tables, constats)
    lignes = {name: table.num_rows for name, table in tables.items()}
    phrases = tuple(f"{code} : {phrase}" for code, phrase in constats.reparations)
    return BuildReport(lignes, octets, phrases)


def _read(source: Path, constats: Constats) -> tuple[dict[str, pa.Table], Contours]:
    """Every table that could be read, by source code, and the outlines by level."""
    read = {fichier.code: read_published(source, fichier, constats) for fichier in FICHIERS}
    brut = {code: table for code, table in read.items() if table is not None}
    outlines = {}
    for niveau in map(Niveau, contours.NIVEAUX):
        rings = contours.read_outlines(source, niveau, constats)
        if rings is not None:
            outlines[niveau] = rings
    return brut, outlines


def _derive(
    brut: Mapping[str, pa.Table], outlines: Contours, constats: Constats
) -> dict[str, pa.Table]:
    communes = derive_communes(brut, constats)
    territoires = derive_territoires(brut)
    tables = {
        "communes": communes,
        "communes_anciennes": derive_communes_anciennes(brut),
        "territoires": territoires,
        "besoin_communes": derive_besoin_communes(brut, communes, constats),
        "series": derive_series(brut, territoires, constats),
        "idbank": derive_idbank(brut),
        "qpv": derive_qpv(brut, communes, constats),
        "structures": derive_structures(brut, communes, constats),
        "chiffres_publies": derive_chiffres_publies(brut),
        "contours": derive_contours(outlines, territoires),
        "typologies": derive_typologies(brut),
    }
    return {name: tables[name].cast(schema) for name, schema in TABLES.items()}


def _replace(target: Path, tables: Mapping[str, pa.Table], constats: Constats) -> dict[str, int]:
    """Write everything beside the target, then swap the two folders; sizes by file name.

    Raises:
        EnvironnementInvalide: the target cannot be written (MLG-ENV-001).
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.name}-") as folder:
            fresh = Path(folder) / "nouveau"
            fresh.mkdir()
            _write(fresh, tables, constats)
            octets = {path.name: path.stat().st_size for path in sorted(fresh.iterdir())}
            _swap(fresh, target, Path(folder) / "ancien")
    except OSError as error:
        raise EnvironnementInvalide(
            Anomalie(
                "MLG-ENV-001",
                f"impossible d’écrire le paquet de référence : {explain_os_error(error)}",
                "donnez un dossier où vous avez le droit d’écrire, avec assez de place.",
                str(target),
            )
        ) from error
    return octets


def _write(folder: Path, tables: Mapping[str, pa.Table], constats: Constats) -> None:
    for name, table in tables.items():
        write_table(table, folder / f"{name}.parquet")
    described = descriptor.describe(folder, tables, constats)
    text = json.dumps(described, ensure_ascii=False, indent=1, sort_keys=True)
    (folder / DESCRIPTOR).write_text(text + "\n", encoding="utf-8")


def write_table(table: pa.Table, path: Path) -> None:
    """Write one table with fixed settings: the same rows give the same bytes.

    Encodings measured on the tables of 2025: sorted codes share prefixes, figures of one series
    share their high bytes, other texts repeat. Half the size of the defaults.
    """
    texts = [f.name for f in table.schema if f.type == pa.string() and f.name != "code"]
    encodings = {"code": "DELTA_BYTE_ARRAY", "valeur": "BYTE_STREAM_SPLIT"}
    pq.write_table(
        table.combine_chunks(),
        path,
        use_dictionary=texts,
        column_encoding={n: e for n, e in encodings.items() if n in table.column_names},
        compression="zstd",
        compression_level=19,
        row_group_size=1 << 20,
        data_page_version="2.0",
        write_statistics=False,
    )


def _swap(fresh: Path, target: Path, former: Path) -> None:
    """Put the fresh folder in the place of the target, which goes to `former` or comes back.

    Raises:
        OSError: a folder cannot be renamed; the target is then as it was.
    """
    if not target.exists():
        fresh.rename(target)
        return
    target.rename(former)
    try:
        fresh.rename(target)
    except OSError:
        former.rename(target)
        raise
