"""The pack is derived from the published tables, bit for bit, or not at all."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from maillage.data.reference import build
from maillage.data.reference.build import FICHIERS, BuildReport, build_pack
from maillage.data.reference.pack import PACK_DIR
from maillage.data.sources.contours import NIVEAUX, outlines_path
from maillage.kernel.errors import Anomalie, EnvironnementInvalide, FichierInvalide
from maillage.kernel.niveau import Niveau

pytestmark = pytest.mark.donnees_partagees

COMMUNES = "geo/communes.csv"
CIBLES = "offre/cibles_iae_2022.csv"


@pytest.fixture(scope="module")
def built(
    donnees_partagees: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, BuildReport, list[str]]:
    target = tmp_path_factory.mktemp("paquet") / "pack"
    steps: list[str] = []
    return target, build_pack(donnees_partagees, target, steps.append), steps


@pytest.fixture
def published(donnees_partagees: Path, tmp_path: Path) -> Path:
    """Folder of the published tables, in which one file can be replaced."""
    folder = tmp_path / "publie"
    outlines = [outlines_path(niveau) for niveau in map(Niveau, NIVEAUX)]
    for chemin in {fichier.chemin for fichier in FICHIERS} | set(outlines):
        link = folder / chemin
        link.parent.mkdir(parents=True, exist_ok=True)
        link.symlink_to(donnees_partagees / chemin)
    return folder


def edit(folder: Path, chemin: str, old: str, new: str) -> None:
    """Replace the first occurrence of a text in one published file."""
    path = folder / chemin
    content = path.read_bytes().decode()
    assert old in content
    path.unlink()
    path.write_bytes(content.replace(old, new, 1).encode())


def refusal(folder: Path, target: Path) -> tuple[Anomalie, ...]:
    with pytest.raises(FichierInvalide) as caught:
        build_pack(folder, target)
    assert not target.exists()
    return caught.value.anomalies


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_committed_pack_is_rebuilt_bit_for_bit(
    built: tuple[Path, BuildReport, list[str]],
) -> None:
    assert contents(built[0]) == contents(PACK_DIR)


def test_report_tells_rows_bytes_and_repairs(
    built: tuple[Path, BuildReport, list[str]],
) -> None:
    target, report, steps = built
    assert report.octets == {name: len(raw) for name, raw in contents(target).items()}
    assert report.lignes["communes"] == 34920
    assert any("75 intercommunalités" in phrase for phrase in report.reparations)
    assert any("9 SIRET" in phrase for phrase in report.reparations)
    assert len(steps) == 3


def test_second_build_replaces_the_first_and_is_the_same(
    built: tuple[Path, BuildReport, list[str]], published: Path
) -> None:
    target = built[0]
    before = contents(target)
    (target / "intrus.parquet").write_bytes(b"")
    build_pack(published, target)
    assert contents(target) == before
    assert [path.name for path in target.parent.iterdir()] == [target.name]


@pytest.mark.parametrize(
    ("chemin", "old", "new", "code", "quoi", "ou"),
    [
        (COMMUNES, "population_2021", "population", "MLG-REF-103", "population_2021", "ligne 1"),
        (COMMUNES, "46.1517", "46,1517x", "MLG-REF-102", "au lieu de", "ligne 2"),
        (COMMUNES, "46.1517", "N46", "MLG-REF-104", "N46", "ligne 2, colonne latitude"),
        (COMMUNES, "46.1517", "461517", "MLG-REF-109", "461517", "ligne 2, colonne latitude"),
        (COMMUNES, "01002,COM", "01001,COM", "MLG-REF-105", "01001", "ligne 3"),
        (COMMUNES, "01001,COM", "01001,", "MLG-REF-106", "", "ligne 2, colonne type"),
        (COMMUNES, "200069193", "299999999", "MLG-REF-107", "299999999", "colonne code_epci"),
        ("besoin/communes_besoin.csv", "\n01001,", "\n01000,", "MLG-REF-107", "01000", "ligne 2"),
        ("besoin/qpv_2024.csv", "01053", "01999", "MLG-REF-107", "01999", "codes_communes"),
        (CIBLES, "26738", "-1", "MLG-REF-109", "-1", "ligne 3, colonne cible"),
        (CIBLES, "2022-12-31", "31/12/2022", "MLG-REF-109", "31/12/2022", "colonne date_cible"),
        (CIBLES, "region,84", "departement,84x", "MLG-REF-107", "84x", "colonne code"),
        ("offre/siae_2020_12.csv", "1,EI,ASP", "1,XX,ASP", "MLG-REF-109", "XX", "colonne kind"),
        ("geo/regions.geojson", '"01"', '"1"', "MLG-REF-108", "région", "regions.geojson"),
        ("geo/regions.geojson", "Polygon", "Point", "MLG-REF-102", "GeoJSON", "regions.geojson"),
        ("geo/regions.geojson", '"01"', '"02"', "MLG-REF-105", "1 codes", "regions.geojson"),
    ],
)
def test_damaged_file_is_refused_and_nothing_is_written(  # noqa: PLR0913, PLR0917 — one case each
    published: Path, tmp_path: Path, chemin: str, old: str, new: str, code: str, quoi: str, ou: str
) -> None:
    edit(published, chemin, old, new)
    first = refusal(published, tmp_path / "pack")[0]
    assert first.code == code
    assert quoi in first.quoi
    assert chemin in first.ou
    assert ou in first.ou


def test_problems_of_every_file_are_told_together(published: Path, tmp_path: Path) -> None:
    (published / COMMUNES).unlink()
    edit(published, CIBLES, "26738", "beaucoup")
    anomalies = refusal(published, tmp_path / "pack")
    assert [a.code for a in anomalies] == ["MLG-REF-101", "MLG-REF-104"]


def test_empty_folder_names_every_missing_file(donnees_partagees: Path, tmp_path: Path) -> None:
    assert donnees_partagees.is_dir()
    anomalies = refusal(tmp_path / "vide", tmp_path / "pack")
    assert {a.code for a in anomalies} == {"MLG-REF-101"}
    assert len(anomalies) == len(FICHIERS) + len(NIVEAUX)


def test_refused_build_leaves_the_former_pack(published: Path, tmp_path: Path) -> None:
    target = tmp_path / "pack"
    target.mkdir()
    (target / "ancien").write_text("ancien")
    edit(published, CIBLES, "26738", "beaucoup")
    with pytest.raises(FichierInvalide):
        build_pack(published, target)
    assert contents(target) == {"ancien": b"ancien"}


def test_failure_while_writing_leaves_the_former_pack(
    published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "pack"
    target.mkdir()
    (target / "ancien").write_text("ancien")

    def fail(_table: object, _path: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(build, "write_table", fail)
    with pytest.raises(EnvironnementInvalide) as caught:
        build_pack(published, target)
    assert caught.value.anomalies[0].code == "MLG-ENV-001"
    assert contents(target) == {"ancien": b"ancien"}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["pack", "publie"]


def test_target_comes_back_when_the_swap_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target, fresh = tmp_path / "pack", tmp_path / "nouveau"
    target.mkdir()
    (target / "ancien").write_text("ancien")
    fresh.mkdir()
    genuine = Path.rename

    def fail_once(path: Path, other: Path) -> Path:
        if path == fresh:
            raise OSError(13, "Permission denied")
        return genuine(path, other)

    monkeypatch.setattr(Path, "rename", fail_once)
    with pytest.raises(OSError, match="Permission denied"):
        build._swap(fresh, target, tmp_path / "sorti")
    assert contents(target) == {"ancien": b"ancien"}


_KILLED_WHILE_WRITING = """
import os, signal, sys
from pathlib import Path
from maillage.data.reference import build

genuine = build.write_table

def kill_after_one(table, path):
    genuine(table, path)
    if path.stem == "territoires":
        os.kill(os.getpid(), signal.SIGKILL)

build.write_table = kill_after_one
build.build_pack(Path(sys.argv[1]), Path(sys.argv[2]))
"""


def test_killed_build_leaves_the_former_pack(donnees_partagees: Path, tmp_path: Path) -> None:
    target = tmp_path / "pack"
    target.mkdir()
    (target / "ancien").write_text("ancien")
    killed = subprocess.run(
        [sys.executable, "-c", _KILLED_WHILE_WRITING, donnees_partagees, target],
        check=False,
        env=os.environ,
    )
    assert killed.returncode == -signal.SIGKILL
    assert contents(target) == {"ancien": b"ancien"}
