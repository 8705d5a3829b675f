"""Where data live and how they are read and written: the only place that opens an engine."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import platformdirs
import pyarrow as pa
import pyarrow.parquet as pq

from maillage.kernel.errors import (
    Anomalie,
    DonneesIndisponibles,
    EnvironnementInvalide,
    SaisieInvalide,
)
from maillage.kernel.systeme import explain_os_error

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ibis.backends import BaseBackend  # type: ignore[import-untyped]  # ships no types

VARIABLE = "MAILLAGE_DONNEES"
"""Environment variable that names the data directory."""
DEMONSTRATION = "MAILLAGE_DEMONSTRATION"
"""Environment variable that is 1 for the invented network."""

_MEMOIRE = "600MB"
"""What one question over files may take before it uses the disk."""
_SCHEMES = ("postgres", "postgresql")


def data_dir() -> Path:
    """Directory of extracts, updates and results: the one named by MAILLAGE_DONNEES, else the user's."""
    named = os.environ.get(VARIABLE)
    return Path(named).expanduser() if named else platformdirs.user_data_path("maillage")


def is_demonstration() -> bool:
    """Whether this process serves the invented network: it opens without password, on data of its own."""
    return os.environ.get(DEMONSTRATION, "").strip() == "1"


def ensure_writable(directory: Path) -> None:
    """Create a directory if need be, and check that a file can be written in it.

    Raises:
        EnvironnementInvalide: it cannot be created or written (MLG-ENV-001).
    """
    try:
        directory.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=directory):
            pass
    except OSError as error:
        raise EnvironnementInvalide(_not_writable(directory, error)) from error


def write_parquet_atomically(
    table: pa.Table, path: Path, metadata: Mapping[str, str] | None = None
) -> None:
    """Write a table so that a reader sees the former file or the whole new one, never a part.

    Args:
        table: Rows to write.
        path: Where; its directory is created if need be.
        metadata: Texts kept in the file beside the rows, such as a pedigree.

    Raises:
        EnvironnementInvalide: the directory cannot be written (MLG-ENV-001).
    """
    described = table.replace_schema_metadata((table.schema.metadata or {}) | dict(metadata or {}))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
        temporary = Path(name)
        try:
            with os.fdopen(handle, "wb") as stream:
                pq.write_table(described, stream, compression="zstd")
                stream.flush()
                os.fsync(stream.fileno())
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise EnvironnementInvalide(_not_writable(path.parent, error)) from error


def read_parquet(path: Path) -> pa.Table:
    """Read a table back, its metadata included.

    Raises:
        DonneesIndisponibles: the file is missing (MLG-DON-001) or damaged (MLG-DON-002).
    """
    try:
        return pq.read_table(pa.BufferReader(path.read_bytes()))
    except FileNotFoundError as error:
        raise DonneesIndisponibles(
            Anomalie(
                "MLG-DON-001",
                "le fichier de données est introuvable",
                "relancez la commande qui le produit.",
                str(path),
            )
        ) from error
    except (OSError, pa.ArrowException) as error:
        raise DonneesIndisponibles(
            Anomalie(
                "MLG-DON-002",
                f"le fichier de données est abîmé : {error}",
                "supprimez-le, puis relancez la commande qui le produit.",
                str(path),
            )
        ) from error


def connect_duckdb() -> BaseBackend:
    """New DuckDB engine in memory, seen through Ibis."""
    # takes a second to import, and most commands need no engine; ships no types
    import ibis  # type: ignore[import-untyped]  # noqa: PLC0415

    return ibis.duckdb.connect()  # noqa: TID251 — this is the one place


def query_parquet(
    sql: str, tables: Mapping[str, Path | pa.Table], dossier: Path | None = None
) -> pa.Table:
    """Answer of DuckDB to one question over files and tables.

    Args:
        sql: One SELECT, in which each table is named.
        tables: Parquet file or table of each name.
        dossier: Where DuckDB may lay what does not fit in its memory.

    Returns:
        The whole answer.
    """
    engine = connect_duckdb().con
    engine.execute(f"SET memory_limit = '{_MEMOIRE}'")
    if dossier is not None:
        engine.execute("SET temp_directory = ?", [str(dossier)])
    for nom, table in tables.items():
        if isinstance(table, Path):
            engine.read_parquet(str(table)).create_view(nom)
        else:
            engine.register(nom, table)
    try:
        return engine.execute(sql).to_arrow_table()
    finally:
        engine.close()


def connect(url: str) -> BaseBackend:
    """Engine at an address, seen through Ibis: `duckdb://` in memory, `postgres://…`, `spark://local`.

    Raises:
        SaisieInvalide: the address names another engine (MLG-ENV-004).
        EnvironnementInvalide: the PostgreSQL driver is not installed (MLG-ENV-003).
        DonneesIndisponibles: the server does not answer, or refuses (MLG-DON-003).
    """
    parts = urlsplit(url)
    if parts.scheme == "duckdb":
        return connect_duckdb()
    if parts.scheme == "spark":
        return _connect_spark(parts.netloc)
    if parts.scheme not in _SCHEMES:
        raise SaisieInvalide(
            Anomalie(
                "MLG-ENV-004",
                f"le moteur « {parts.scheme} » n’est pas reconnu",
                "donnez une adresse qui commence par postgres://, spark:// ou duckdb://.",
            )
        )
    return _connect_postgres(url, f"{parts.hostname or 'localhost'}{parts.path}")


def _connect_postgres(url: str, place: str) -> BaseBackend:
    import ibis  # noqa: PLC0415 — see connect_duckdb

    try:
        import psycopg  # noqa: PLC0415 — only those who own a server install it

        return ibis.connect(url)
    except ImportError as error:
        raise EnvironnementInvalide(
            Anomalie(
                "MLG-ENV-003",
                "le pilote de PostgreSQL n’est pas installé",
                "installez psycopg dans l’environnement de Maillage, ou restez sur DuckDB, "
                "qui suffit.",
            )
        ) from error
    except psycopg.OperationalError as error:
        raise DonneesIndisponibles(
            Anomalie(
                "MLG-DON-003",
                "le serveur PostgreSQL ne répond pas, ou refuse la connexion",
                "vérifiez qu’il est démarré, l’adresse, le nom de la base et vos droits.",
                place,
            )
        ) from error


def _connect_spark(place: str) -> BaseBackend:
    """Spark on this machine (`local`), or at the address of its master.

    Raises:
        EnvironnementInvalide: Spark is not installed (MLG-ENV-003).
    """
    import ibis  # noqa: PLC0415 — see connect_duckdb

    try:
        # only those who outgrow one machine install it
        from pyspark.sql import SparkSession  # type: ignore[import-not-found]  # noqa: PLC0415
    except ImportError as error:
        raise EnvironnementInvalide(
            Anomalie(
                "MLG-ENV-003",
                "Spark n’est pas installé",
                "installez pyspark et Java dans l’environnement de Maillage, ou restez sur DuckDB, "
                "qui suffit.",
            )
        ) from error
    master = "local[*]" if place == "local" else f"spark://{place}"
    session = (
        SparkSession.builder.master(master)
        .appName("maillage")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.session.timeZone", "UTC")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    return ibis.pyspark.connect(session)


def _not_writable(directory: Path, error: OSError) -> Anomalie:
    return Anomalie(
        "MLG-ENV-001",
        f"impossible d’écrire dans ce dossier : {explain_os_error(error)}",
        "donnez-vous le droit d’y écrire, faites de la place, ou nommez un autre dossier par la "
        f"variable {VARIABLE}.",
        str(directory),
    )
