"""A missing or damaged pack is refused, in French, with a way out."""

from __future__ import annotations

import hashlib
import json
import shutil
from typing import TYPE_CHECKING

import pytest

from maillage.data.reference.pack import DESCRIPTOR, PACK_DIR, open_pack
from maillage.kernel.errors import DonneesIndisponibles

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return shutil.copytree(PACK_DIR, tmp_path / "pack")


def refusal(folder: Path) -> DonneesIndisponibles:
    with pytest.raises(DonneesIndisponibles) as caught:
        open_pack(folder)
    for anomalie in caught.value.anomalies:
        assert "maillage reference build" in anomalie.que_faire
    return caught.value


def test_the_fingerprint_is_that_of_the_descriptor(copy: Path) -> None:
    before = open_pack(copy).empreinte
    path = copy / DESCRIPTOR
    path.write_bytes(path.read_bytes() + b"\n")
    assert open_pack(copy).empreinte != before


def test_unknown_source_is_a_key_error(copy: Path) -> None:
    with pytest.raises(KeyError):
        open_pack(copy).source("inexistante")


def test_missing_pack(tmp_path: Path) -> None:
    (anomalie,) = refusal(tmp_path / "absent").anomalies
    assert anomalie.code == "MLG-REF-001"


@pytest.mark.parametrize("content", [b"{", b"[]", b"{}", b'{"resources": [1], "sources": []}'])
def test_damaged_descriptor(copy: Path, content: bytes) -> None:
    (copy / DESCRIPTOR).write_bytes(content)
    (anomalie,) = refusal(copy).anomalies
    assert anomalie.code == "MLG-REF-002"
    assert anomalie.ou.endswith(DESCRIPTOR)


def test_every_damaged_table_is_named(copy: Path) -> None:
    (copy / "qpv.parquet").unlink()
    path = copy / "series.parquet"
    path.write_bytes(path.read_bytes()[:-1])
    anomalies = refusal(copy).anomalies
    assert [a.code for a in anomalies] == ["MLG-REF-002"] * 2
    assert {a.ou.rsplit("/", 1)[-1] for a in anomalies} == {"qpv.parquet", "series.parquet"}
    assert any("SHA-256" in a.quoi for a in anomalies)


def test_corrupted_parquet_with_the_right_hash(copy: Path) -> None:
    path = copy / "typologies.parquet"
    path.write_bytes(b"PAR1 rien PAR1")
    descriptor = json.loads((copy / DESCRIPTOR).read_bytes())
    entry = next(r for r in descriptor["resources"] if r["name"] == "typologies")
    entry["hash"] = f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}"
    (copy / DESCRIPTOR).write_text(json.dumps(descriptor), encoding="utf-8")
    (anomalie,) = refusal(copy).anomalies
    assert anomalie.code == "MLG-REF-002"
    assert "SHA-256" not in anomalie.quoi
