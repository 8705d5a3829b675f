"""The shape of the repository: sizes, names, layers, clocks, prints, dependencies, versions."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src" / "maillage"
LINES_MAX = 500
ATTICS = {"utils", "util", "helpers", "helper", "common", "misc"}
CLOCKS = {
    ("date", "today"),
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("time", "time"),
    ("time", "time_ns"),
    ("time", "localtime"),
    ("time", "gmtime"),
    ("timezone", "now"),
}
ROOMS_WITH_CLOCK = {"web", "cli"}
ROOMS_THAT_PRINT = {"cli"}
OPTIONAL_FIELDS = {"denominateur", "parametres", "decimales"}


def python_files(folder: Path = SRC) -> Iterator[Path]:
    return iter(sorted(folder.rglob("*.py")))


def room(path: Path) -> str:
    return path.relative_to(SRC).parts[0]


def find_too_long(texts: Iterable[tuple[str, str]], limit: int = LINES_MAX) -> list[str]:
    return [name for name, text in texts if len(text.splitlines()) > limit]


def find_attics(paths: Iterable[Path]) -> list[str]:
    return [str(path) for path in paths if ATTICS & {*path.parts[:-1], path.stem}]


def find_calls(code: str, wanted: set[tuple[str, str]]) -> list[tuple[str, str]]:
    """Calls `owner.name(…)`, whatever the module is imported as a part of."""
    found = []
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = node.func.value
            name = str(getattr(owner, "id", None) or getattr(owner, "attr", ""))
            if (name, node.func.attr) in wanted:
                found.append((name, node.func.attr))
    return found


def find_clock_imports(code: str) -> list[str]:
    """Names of clocks imported bare: `from time import time`."""
    return [
        f"{node.module}.{alias.name}"
        for node in ast.walk(ast.parse(code))
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if (str(node.module).rpartition(".")[2], alias.name) in CLOCKS
    ]


def find_prints(code: str) -> list[int]:
    return [
        node.lineno
        for node in ast.walk(ast.parse(code))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "print"
    ]


def find_unexplained(pyproject: str) -> list[str]:
    """Run-time dependencies whose line in pyproject.toml gives no reason."""
    start = pyproject.index("\ndependencies = [")
    block = pyproject[start : pyproject.index("\n]", start)]
    lines = [line.strip() for line in block.splitlines()[2:]]
    return [line for line in lines if line.startswith('"') and not re.search(r'",\s+# \S', line)]


def find_hosts(requirements: str) -> list[str]:
    return re.findall(
        r"(?m)^.*(?:\w+://|--index-url|--extra-index-url|--find-links|@ file).*$", requirements
    )


def find_empty_fields(carte: object) -> list[str]:
    """Fields of a definition card that a reader would find empty."""
    return [
        field.name
        for field in fields(carte)  # type: ignore[arg-type]  # a Carte, or the sample of a test
        if field.name not in OPTIONAL_FIELDS and getattr(carte, field.name) in {"", (), None}
    ]


def test_no_file_of_the_source_is_over_the_limit() -> None:
    # migrations are written by Django's own command, each in one piece
    written = (path for path in python_files() if "migrations" not in path.parts)
    texts = ((str(path), path.read_text(encoding="utf-8")) for path in written)
    assert find_too_long(texts) == []


def test_no_module_is_an_attic() -> None:
    assert find_attics(path.relative_to(SRC) for path in python_files()) == []


def test_nothing_below_web_and_cli_reads_the_clock() -> None:
    found = {
        str(path.relative_to(SRC)): found
        for path in python_files()
        if room(path) not in ROOMS_WITH_CLOCK
        for code in [path.read_text(encoding="utf-8")]
        for found in [[*find_calls(code, CLOCKS), *find_clock_imports(code)]]
        if found
    }
    assert found == {}


def test_only_the_command_line_prints() -> None:
    found = {
        str(path.relative_to(SRC)): lines
        for path in python_files()
        if room(path) not in ROOMS_THAT_PRINT
        for lines in [find_prints(path.read_text(encoding="utf-8"))]
        if lines
    }
    assert found == {}


def test_every_dependency_gives_its_reason() -> None:
    assert find_unexplained((ROOT / "pyproject.toml").read_text(encoding="utf-8")) == []


def test_no_requirements_file_names_a_host() -> None:
    files = sorted((ROOT / "requirements").glob("*.txt"))
    assert files != []
    found = {path.name: find_hosts(path.read_text(encoding="utf-8")) for path in files}
    assert not any(found.values()), found


def test_the_version_is_the_same_everywhere() -> None:
    from maillage import __version__  # noqa: PLC0415 — the version under test

    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert declared["project"]["version"] == __version__


def test_layers_and_forbidden_imports_hold() -> None:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_figure_is_without_a_complete_definition_card() -> None:
    from factories.atlas import real_atlas  # noqa: PLC0415 — heavy

    atlas = real_atlas()
    shown = {indicateur for indicateur, _ in atlas.cube.releves}
    assert shown - set(atlas.cartes) == set()
    empty = {code: find_empty_fields(carte) for code, carte in atlas.cartes.items()}
    assert {code: names for code, names in empty.items() if names} == {}


# each check above fails on a bad sample


def test_a_long_file_is_found() -> None:
    texts = [("short", "x = 1\n" * 500), ("long", "x = 1\n" * 501)]
    assert find_too_long(texts) == ["long"]


@pytest.mark.parametrize("name", ["data/utils.py", "helpers/files.py", "common.py"])
def test_an_attic_is_found(name: str) -> None:
    assert find_attics([Path(name), Path("data/store.py")]) == [str(Path(name))]


@pytest.mark.parametrize(
    "code",
    [
        "date.today()",
        "datetime.datetime.now()",
        "import time\ntime.time()",
        "from django.utils import timezone\ntimezone.now()",
    ],
)
def test_a_clock_is_found(code: str) -> None:
    assert find_calls(code, CLOCKS) != []
    assert find_calls("today = jour\ncube.now\nx.find()", CLOCKS) == []


def test_a_bare_clock_is_found() -> None:
    assert find_clock_imports("from time import time") == ["time.time"]
    assert find_clock_imports("from datetime import date") == []


def test_a_print_is_found() -> None:
    assert find_prints("x = 1\nprint(x)") == [2]
    assert find_prints("page.print(x)") == []


def test_a_dependency_without_reason_is_found() -> None:
    sample = '[project]\ndependencies = [\n  # group\n  "a>=1",  # because\n  "b>=2",\n]\n'
    assert find_unexplained(sample) == ['"b>=2",']


def test_a_host_is_found() -> None:
    sample = "a==1 --hash=sha256:0\n--index-url https://registry.invalid/simple\nb @ file:///x\n"
    assert len(find_hosts(sample)) == 2


def test_an_empty_field_is_found() -> None:
    from factories.cli import make_carte  # noqa: PLC0415 — only this check needs it

    assert find_empty_fields(make_carte()) == []
    assert find_empty_fields(make_carte(limites=(), champ="")) == ["champ", "limites"]
