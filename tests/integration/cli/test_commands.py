"""Each command as typed, on the real reference pack, in a data directory of its own."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from maillage.cli import atelier
from maillage.cli.app import run
from maillage.data.reference import pack as pack_module
from maillage.data.reference.pack import PACK_DIR

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from maillage.analyses.diagnosis.atlas import Atlas

HEAVY = {"django", "ibis", "duckdb", "scipy", "altair", "pyarrow", "numpy", "rich", "httpx"}
Capture = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Data directory shared by the commands of this file, so that figures are computed once."""
    return tmp_path_factory.mktemp("donnees")


@pytest.fixture
def environment(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MAILLAGE_DONNEES", str(folder))
    monkeypatch.delenv("MAILLAGE_TRACE", raising=False)
    return folder


@pytest.fixture(scope="module")
def atlas(folder: Path) -> Atlas:
    from maillage.analyses.diagnosis.atlas import open_atlas  # noqa: PLC0415 — heavy

    return open_atlas(folder)


@pytest.fixture
def command(environment: Path, atlas: Atlas, monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    """Runs one command line in this process, on the atlas opened once."""
    del environment
    for module in ("territoire", "diagnostic", "cibles", "indicateurs"):
        monkeypatch.setattr(f"maillage.cli.{module}.open_workshop", lambda: atlas)
    return lambda *words: run(words)


def typed(*words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Runs one command line as a person does."""
    return subprocess.run(
        [sys.executable, "-m", "maillage", *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env=os.environ | variables,
    )


# as typed, in a process of its own


def test_preparer_then_territoire_as_typed(environment: Path) -> None:
    done = typed("preparer")
    assert done.returncode == 0, done.stderr
    assert "indicateurs prêts" in done.stdout
    assert list((environment / "indicateurs").glob("*.parquet")) != []
    done = typed("territoire", "rennes")
    assert done.returncode == 0, done.stderr
    assert "maillage diagnostic commune 35238" in done.stdout
    assert done.stderr == ""


@pytest.mark.usefixtures("environment")
def test_a_terminal_that_only_knows_ascii_still_gets_french() -> None:
    done = typed("indicateurs", LC_ALL="C", LANG="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert done.returncode == 0, done.stderr
    assert "Définition" in done.stdout or "Écart".upper() in done.stdout
    assert "\x1b" not in done.stdout


@pytest.mark.parametrize("words", [["--help"], ["version"], ["diagnostic", "--help"]])
def test_light_commands_import_nothing_heavy(words: list[str]) -> None:
    """A `--help` that imports Django or DuckDB takes seconds."""
    code = (
        "import sys\n"
        "from maillage.cli.app import run\n"
        f"code = run({words!r})\n"
        f"print(sorted({HEAVY!r} & set(sys.modules)), file=sys.stderr)\n"
        "raise SystemExit(code)\n"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stderr.strip() == "[]"


@pytest.mark.usefixtures("environment")
def test_territoire_does_not_import_django() -> None:
    code = (
        "import sys\n"
        "from maillage.cli.app import run\n"
        "assert run(['territoire', 'rennes']) == 0\n"
        "assert 'django' not in sys.modules\n"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.usefixtures("environment")
def test_a_reader_that_leaves_early_is_no_failure() -> None:
    pipe = subprocess.Popen(
        [sys.executable, "-m", "maillage", "indicateurs", "--format", "json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert pipe.stdout is not None
    assert pipe.stderr is not None
    pipe.stdout.close()
    told = pipe.stderr.read()
    pipe.stderr.close()
    assert pipe.wait() == 141
    assert told == b""


# territoire


@pytest.mark.parametrize(
    ("words", "level", "code"),
    [
        (["rennes"], "commune", "35238"),
        (["Ille-et-Vilaine"], "departement", "35"),
        (["35238"], "commune", "35238"),
        (["75056"], "commune", "75056"),
        (["redon", "--niveau", "commune"], "commune", "35236"),
        (["35", "--niveau", "departement"], "departement", "35"),
    ],
)
def test_territoire_finds(
    words: list[str], level: str, code: str, command: Callable[..., int], capsys: Capture
) -> None:
    assert command("territoire", *words, "--format", "json") == 0
    found = json.loads(capsys.readouterr().out)["territoire"]
    assert (found["niveau"], found["code"]) == (level, code)


def test_territoire_page_says_where_it_is(command: Callable[..., int], capsys: Capture) -> None:
    assert command("territoire", "redon", "--niveau", "epci") == 0
    page = capsys.readouterr().out
    assert "Ille-et-Vilaine" in page
    assert "maillage diagnostic epci 243500741" in page


def test_territoire_proposes_when_ambiguous(command: Callable[..., int], capsys: Capture) -> None:
    assert command("territoire", "saint-denis") == 4
    told = capsys.readouterr()
    assert "maillage diagnostic commune 93066" in told.out
    assert "maillage diagnostic commune 97411" in told.out
    assert "MLG-TER-002" in told.err


def test_propositions_are_json_too(command: Callable[..., int], capsys: Capture) -> None:
    assert command("territoire", "35600", "--format", "json") == 4
    found = json.loads(capsys.readouterr().out)["propositions"]
    assert "35236" in {one["code"] for one in found}
    assert all(one["commande"].startswith("maillage diagnostic") for one in found)


@pytest.mark.parametrize("words", [["territoire", "zzzzqqq"], ["diagnostic", "zzzzqqq"]])
def test_an_unknown_territory_is_told(
    words: list[str], command: Callable[..., int], capsys: Capture
) -> None:
    assert command(*words) == 4
    told = capsys.readouterr()
    assert told.out == ""
    assert "MLG-TER-001" in told.err
    assert "Que faire" in told.err


def test_a_commune_of_the_past_leads_to_that_of_today(
    atlas: Atlas, command: Callable[..., int], capsys: Capture
) -> None:
    old = next(a for a in atlas.geographie.anciennes.values() if a.code_actuel == "49023")
    assert command("territoire", old.code, "--format", "json") == 0
    assert json.loads(capsys.readouterr().out)["territoire"]["code"] == "49023"


# diagnostic


def numbers_of(node: Any) -> list[dict[str, Any]]:
    """Every figure of a JSON answer: what has a value and a pedigree."""
    if isinstance(node, list):
        return [found for one in node for found in numbers_of(one)]
    if not isinstance(node, dict):
        return []
    inner = [found for one in node.values() for found in numbers_of(one)]
    return [node, *inner] if "valeur" in node and "pedigree" in node else inner


def test_diagnostic_json_carries_value_unit_state_and_pedigree(
    command: Callable[..., int], capsys: Capture
) -> None:
    assert command("diagnostic", "departement", "35", "--format", "json") == 0
    told = capsys.readouterr()
    figures = numbers_of(json.loads(told.out))
    assert len(figures) > 10
    for figure in figures:
        assert {"valeur", "unite", "etat", "pedigree"} <= figure.keys()
        assert figure["pedigree"]["sources"] != []
        assert (figure["valeur"] is None) == (figure["etat"] != "connue")


@pytest.mark.parametrize(
    "words",
    [
        ["departement", "35"],
        ["commune", "rennes"],
        ["commune", "75056"],
        ["departement", "976"],
        ["france"],
        ["clpe", "CLPE35002"],
        ["commune", "55039"],
    ],
    ids=" ".join,
)
def test_diagnostic_page_of_any_level(
    words: list[str], command: Callable[..., int], capsys: Capture
) -> None:
    assert command("diagnostic", *words) == 0
    page = capsys.readouterr().out
    assert "CHIFFRES CLÉS" in page
    assert "nan" not in page.lower().split()
    assert "None" not in page


def test_diagnostic_csv_has_one_row_per_figure(
    command: Callable[..., int], capsys: Capture
) -> None:
    assert command("diagnostic", "departement", "35", "--format", "csv") == 0
    rows = list(csv.reader(io.StringIO(capsys.readouterr().out)))
    assert len(rows) > 10
    assert {len(row) for row in rows} == {len(rows[0])}


def test_diagnostic_ambiguous_leaves_stdout_clean(
    command: Callable[..., int], capsys: Capture
) -> None:
    assert command("diagnostic", "saint-denis", "--format", "json") == 4
    told = capsys.readouterr()
    assert told.out == ""
    assert "maillage diagnostic commune 93066" in told.err


def test_diagnostic_in_a_file(tmp_path: Path, command: Callable[..., int], capsys: Capture) -> None:
    target = tmp_path / "35.json"
    assert command("diagnostic", "departement", "35", "--sortie", str(target)) == 0
    assert json.loads(target.read_text(encoding="utf-8"))["territoire"]["code"] == "35"
    assert capsys.readouterr().out == ""
    assert command("diagnostic", "departement", "35", "--sortie", str(target)) == 2
    assert "--remplacer" in capsys.readouterr().err


# cibles, indicateurs, tableau, reference


def test_cibles_answer_case_d(command: Callable[..., int], capsys: Capture) -> None:
    assert command("cibles", "--format", "json") == 0
    answer = json.loads(capsys.readouterr().out)
    assert len(answer["departements"]) == 101
    assert command("cibles") == 0
    page = capsys.readouterr().out
    for word in ("239\u202f989", "146\u202f311", "0,98", "0,83", "NE PROUVENT PAS"):
        assert word in page


def test_cibles_of_one_departement(command: Callable[..., int], capsys: Capture) -> None:
    assert command("cibles", "--departement", "1", "--format", "json") == 0
    answer = json.loads(capsys.readouterr().out)
    assert [one["code"] for one in answer["departements"]] == ["01"]
    assert command("cibles", "--departement", "2a", "--format", "csv") == 0
    assert len(capsys.readouterr().out.splitlines()) == 2
    assert command("cibles", "--departement", "35") == 0
    assert "Ille-et-Vilaine" in capsys.readouterr().out
    assert command("cibles", "--departement", "99") == 4
    assert "MLG-CLI-011" in capsys.readouterr().err


def test_every_indicator_has_a_card(
    atlas: Atlas, command: Callable[..., int], capsys: Capture
) -> None:
    assert command("indicateurs", "--format", "json") == 0
    cartes = json.loads(capsys.readouterr().out)["indicateurs"]
    assert {carte["code"] for carte in cartes} == set(atlas.cartes)
    assert command("indicateurs", "demandeurs_emploi") == 0
    assert "LIMITES" in capsys.readouterr().out
    assert command("indicateurs", "demandeur_emploi") == 4
    assert "demandeurs_emploi" in capsys.readouterr().err


def test_tableau_has_every_departement(command: Callable[..., int], capsys: Capture) -> None:
    assert command("tableau", "demandeurs_emploi", "--format", "csv") == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert len(rows) == 101
    assert command("tableau", "demandeurs_emploi", "--niveau", "region", "--format", "json") == 0
    answer = json.loads(capsys.readouterr().out)
    assert len(answer["chiffres"]) == 18
    assert answer["pedigree"]["sources"] != []


def test_tableau_says_which_periods_and_levels_exist(
    command: Callable[..., int], capsys: Capture
) -> None:
    assert command("tableau", "demandeurs_emploi", "--periode", "1850") == 4
    assert "MLG-CLI-009" in capsys.readouterr().err
    assert command("tableau", "part_longue_duree_epci", "--niveau", "commune") == 4
    assert "MLG-CLI-010" in capsys.readouterr().err


@pytest.mark.usefixtures("environment")
def test_reference_etat_names_sources_and_hashes(capsys: Capture) -> None:
    assert run(["reference", "etat", "--format", "json"]) == 0
    state = json.loads(capsys.readouterr().out)
    assert len(state["empreinte"]) == 64
    assert all(len(source["sha256"]) == 64 for source in state["sources"])
    assert run(["reference", "etat"]) == 0
    assert "Aucune" in capsys.readouterr().out


def test_reference_build_of_an_empty_folder_names_what_is_missing(
    tmp_path: Path, capsys: Capture
) -> None:
    (tmp_path / "vide").mkdir()
    words = ["--from", str(tmp_path / "vide"), "--vers", str(tmp_path / "paquet")]
    assert run(["reference", "build", *words]) == 3
    assert capsys.readouterr().err.count("MLG-REF-101") > 5
    assert not (tmp_path / "paquet").exists()


@pytest.mark.usefixtures("environment")
def test_reference_update_refuses_an_unknown_source(capsys: Capture) -> None:
    assert run(["reference", "update", "--source", "inconnue"]) == 2
    assert "MLG-MAJ-001" in capsys.readouterr().err


# what goes wrong on the machine


@pytest.fixture
def other_pack(
    tmp_path: Path, environment: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """An empty folder in the place of the embedded pack."""
    del environment
    monkeypatch.setattr(pack_module.open_pack, "__defaults__", (tmp_path,))
    pack_module.embedded_pack.cache_clear()
    yield tmp_path
    pack_module.embedded_pack.cache_clear()


COMMANDS = [["territoire", "rennes"], ["preparer"], ["reference", "etat"], ["cibles"]]


@pytest.mark.usefixtures("other_pack")
@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_missing_pack_is_told(words: list[str], capsys: Capture) -> None:
    assert run(words) == 5
    told = capsys.readouterr()
    assert told.out == ""
    assert "MLG-REF-001" in told.err
    assert "maillage reference build" in told.err


def test_a_corrupted_table_is_told(other_pack: Path, capsys: Capture) -> None:
    for path in PACK_DIR.iterdir():
        content = path.read_bytes()
        if path.name == "communes.parquet":
            content = content[:-100]
        (other_pack / path.name).write_bytes(content)
    assert run(["territoire", "rennes"]) == 5
    told = capsys.readouterr().err
    assert told.count("MLG-REF-002") == 1
    assert "communes.parquet" in told


def test_corrupted_indicators_are_computed_again(environment: Path, capsys: Capture) -> None:
    assert run(["preparer"]) == 0
    for path in (environment / "indicateurs").glob("*.parquet"):
        path.write_bytes(b"abime")
    assert run(["preparer"]) == 0
    assert "prêts" in capsys.readouterr().out


@pytest.mark.parametrize("words", [["preparer"], ["reference", "update"]], ids=" ".join)
def test_a_data_directory_that_cannot_be_written_is_told(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    """A path below a plain file binds root too, whom access rights do not."""
    (tmp_path / "fichier").write_text("")
    monkeypatch.setenv("MAILLAGE_DONNEES", str(tmp_path / "fichier" / "donnees"))
    assert run(words) == 6
    told = capsys.readouterr()
    assert told.out == ""
    assert "MLG-" in told.err
    assert "Que faire" in told.err


def test_the_workshop_says_what_its_reader_must_know(
    monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    class Warned:
        avertissements = ("la mise à jour est abîmée",)

    monkeypatch.setattr("maillage.analyses.diagnosis.atlas.open_atlas", Warned)
    atelier.open_workshop()
    told = capsys.readouterr()
    assert told.out == ""
    assert "abîmée" in told.err


def test_without_a_writable_directory_reading_still_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    (tmp_path / "fichier").write_text("")
    monkeypatch.setenv("MAILLAGE_DONNEES", str(tmp_path / "fichier" / "donnees"))
    assert run(["territoire", "rennes", "--format", "csv"]) == 0
    told = capsys.readouterr()
    assert told.out.splitlines()[1].startswith("commune,35238,Rennes")
    assert told.err.startswith("À savoir")
