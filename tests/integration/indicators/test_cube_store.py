"""The cube kept on disk: same figures, damaged or foreign files, no right to write."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from factories.petite_france import make_pack

from maillage.data.reference.pack import Pack
from maillage.data.store import read_parquet, write_parquet_atomically
from maillage.indicators import cube_store
from maillage.indicators.compute import compute_cube, compute_version
from maillage.indicators.cube_store import cube_path, load_cube, open_cube, save_cube
from maillage.kernel.errors import DonneesIndisponibles
from maillage.kernel.niveau import Niveau

if TYPE_CHECKING:
    from pathlib import Path

    from maillage.indicators.cube import Cube


@pytest.fixture
def pack() -> Pack:
    commune = {
        "code": "01001",
        "type": "COM",
        "code_departement": "01",
        "code_region": "84",
        "code_epci": "200000001",
        "latitude": 46.0,
        "longitude": 5.0,
        "frr_2025": "S",
    }
    places = [("france", "FR"), ("region", "84"), ("departement", "01"), ("epci", "200000001")]
    figure = {"code": "01001", "etat": 0, "source": "communes"}
    return make_pack(
        {
            "communes": [commune],
            "territoires": [{"niveau": niveau, "code": code} for niveau, code in places],
            "besoin_communes": [
                figure | {"serie": "population", "periode": "2021", "valeur": 767.0},
                figure | {"serie": "demandeurs_emploi", "periode": "2024", "valeur": 45.0},
            ],
        }
    )


def same(left: Cube, right: Cube) -> bool:
    if (left.version, left.codes, left.releves.keys()) != (
        right.version,
        right.codes,
        right.releves.keys(),
    ):
        return False
    return all(
        releve.sources == right.releves[key].sources
        and releve.periodes == right.releves[key].periodes
        and all(
            np.array_equal(colonne.nombres, other.nombres, equal_nan=True)
            and np.array_equal(colonne.etats, other.etats)
            for colonne, other in zip(
                releve.colonnes.values(), right.releves[key].colonnes.values(), strict=True
            )
        )
        for key, releve in left.releves.items()
    )


def test_a_kept_cube_is_read_and_not_computed_again(
    pack: Pack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    first, warnings = open_cube(pack, tmp_path, steps.append)
    assert warnings == ()
    assert steps
    assert first.valeur("population", Niveau.EPCI, "200000001") == 767
    monkeypatch.setattr(cube_store, "compute_cube", None)
    again, warnings = open_cube(pack, tmp_path)
    assert warnings == ()
    assert same(first, again)


@pytest.mark.parametrize("content", [b"", b"PAR1 not a parquet file"])
def test_a_damaged_file_is_computed_again_and_replaced(
    pack: Pack, tmp_path: Path, content: bytes
) -> None:
    path = cube_path(tmp_path, compute_version(pack))
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    cube, warnings = open_cube(pack, tmp_path)
    assert warnings == ()
    assert same(cube, load_cube(path, cube.codes, cube.version))


def test_a_directory_without_the_right_to_write_warns(pack: Pack, tmp_path: Path) -> None:
    (tmp_path / "indicateurs").write_text("a file where the folder should be")
    cube, warnings = open_cube(pack, tmp_path)
    assert cube.valeur("population", Niveau.FRANCE, "FR") == 767
    assert [warning.code for warning in warnings] == ["MLG-ENV-001"]


def test_a_cube_of_another_version_is_refused(pack: Pack, tmp_path: Path) -> None:
    cube = compute_cube(pack)
    path = tmp_path / "cube.parquet"
    save_cube(cube, path)
    with pytest.raises(DonneesIndisponibles, match="MLG-IND-002"):
        load_cube(path, cube.codes, "another")


def test_a_cube_of_other_territories_is_refused(pack: Pack, tmp_path: Path) -> None:
    cube = compute_cube(pack)
    path = tmp_path / "cube.parquet"
    save_cube(cube, path)
    with pytest.raises(DonneesIndisponibles, match="MLG-IND-002"):
        load_cube(path, cube.codes | {Niveau.COMMUNE: ("01001", "01002")}, cube.version)


def test_a_file_without_the_columns_is_refused(pack: Pack, tmp_path: Path) -> None:
    cube = compute_cube(pack)
    path = tmp_path / "cube.parquet"
    save_cube(cube, path)
    table = read_parquet(path).drop_columns(["etats"])
    write_parquet_atomically(table, path, {"maillage_version": cube.version})
    with pytest.raises(DonneesIndisponibles, match="MLG-IND-002"):
        load_cube(path, cube.codes, cube.version)


def test_the_version_follows_the_pack(pack: Pack) -> None:
    other = Pack("1" * 64, pack.tables, pack.sources)
    assert compute_version(pack) == compute_version(pack)
    assert compute_version(pack) != compute_version(other)
