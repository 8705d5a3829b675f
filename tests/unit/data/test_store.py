"""The data directory, atomic files, and the messages of what goes wrong with them."""

from __future__ import annotations

import builtins
from typing import TYPE_CHECKING, Any

import platformdirs
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from maillage.data import store
from maillage.kernel.errors import DonneesIndisponibles, EnvironnementInvalide, SaisieInvalide

if TYPE_CHECKING:
    from pathlib import Path

TABLE = pa.table({"code": ["01", "2A"], "valeur": [1.5, None]})


def test_data_dir_is_the_one_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(store.VARIABLE, str(tmp_path))
    assert store.data_dir() == tmp_path


def test_data_dir_is_the_user_s_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(store.VARIABLE, raising=False)
    assert store.data_dir() == platformdirs.user_data_path("maillage")


def test_ensure_writable_creates_the_directory_and_leaves_nothing(tmp_path: Path) -> None:
    directory = tmp_path / "a" / "b"
    store.ensure_writable(directory)
    assert list(directory.iterdir()) == []


def test_not_writable_says_where_and_how_out(tmp_path: Path) -> None:
    file = tmp_path / "fichier"
    file.write_text("")
    with pytest.raises(EnvironnementInvalide) as caught:
        store.ensure_writable(file / "dossier")
    (anomalie,) = caught.value.anomalies
    assert anomalie.code == "MLG-ENV-001"
    assert "MAILLAGE_DONNEES" in anomalie.que_faire
    assert str(file) in anomalie.ou


def test_parquet_comes_back_with_its_metadata(tmp_path: Path) -> None:
    path = tmp_path / "sous" / "table.parquet"
    store.write_parquet_atomically(TABLE, path, {"pedigree": "{}"})
    read = store.read_parquet(path)
    assert read.equals(TABLE)
    assert read.schema.metadata[b"pedigree"] == b"{}"
    assert [p.name for p in path.parent.iterdir()] == ["table.parquet"]


def test_failed_write_leaves_the_former_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "table.parquet"
    store.write_parquet_atomically(TABLE, path)
    before = path.read_bytes()

    def fail(_table: pa.Table, stream: Any, **_options: Any) -> None:
        stream.write(b"PAR1 half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pq, "write_table", fail)
    with pytest.raises(EnvironnementInvalide) as caught:
        store.write_parquet_atomically(TABLE.slice(0, 1), path)
    assert caught.value.anomalies[0].code == "MLG-ENV-001"
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["table.parquet"]


def test_missing_and_damaged_files_are_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "table.parquet"
    with pytest.raises(DonneesIndisponibles) as missing:
        store.read_parquet(path)
    assert missing.value.anomalies[0].code == "MLG-DON-001"
    store.write_parquet_atomically(TABLE, path)
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(DonneesIndisponibles) as damaged:
        store.read_parquet(path)
    assert damaged.value.anomalies[0].code == "MLG-DON-002"
    assert damaged.value.anomalies[0].ou == str(path)


def test_duckdb_in_memory_computes() -> None:
    engine = store.connect("duckdb://")
    table = engine.create_table("essai", TABLE)
    assert table.valeur.sum().to_pyarrow().as_py() == 1.5


def test_unknown_engine_is_refused() -> None:
    with pytest.raises(SaisieInvalide) as caught:
        store.connect("mysql://serveur/base")
    assert caught.value.anomalies[0].code == "MLG-ENV-004"


def test_silent_server_is_told_without_its_password() -> None:
    with pytest.raises(DonneesIndisponibles) as caught:
        store.connect("postgres://moi:secret@127.0.0.1:1/base")
    (anomalie,) = caught.value.anomalies
    assert anomalie.code == "MLG-DON-003"
    assert "127.0.0.1/base" in anomalie.ou
    assert "secret" not in str(caught.value)


def test_missing_driver_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    genuine = builtins.__import__

    def without_psycopg(name: str, *args: Any, **kwargs: Any) -> Any:
        if name == "psycopg":
            raise ImportError(name)
        return genuine(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without_psycopg)
    with pytest.raises(EnvironnementInvalide) as caught:
        store.connect("postgresql://127.0.0.1/base")
    assert caught.value.anomalies[0].code == "MLG-ENV-003"
