"""What the documentation says is what the program does: every command, every error code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from maillage.cli.documentation import render_commands

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = ROOT / "docs" / "reference"
CODE = re.compile(r"\bMLG-[A-Z]{2,4}-\d{3}\b")


def find_codes(folder: Path) -> dict[str, str]:
    """Error codes written in the source, each with a file that writes it."""
    return {
        code: path.relative_to(folder).as_posix()
        for path in sorted(folder.rglob("*.py"))
        for code in CODE.findall(path.read_text(encoding="utf-8"))
    }


def read_documented(text: str) -> dict[str, tuple[str, str]]:
    """Documented codes: when they are met, and what to do.

    Raises:
        ValueError: a code is documented twice.
    """
    found: dict[str, tuple[str, str]] = {}
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 3 and CODE.fullmatch(cells[0].strip("`")):
            code = cells[0].strip("`")
            if code in found:
                msg = f"{code} is documented twice"
                raise ValueError(msg)
            found[code] = (cells[1], cells[2])
    return found


def test_the_reference_of_commands_is_the_one_the_program_writes() -> None:
    """`maillage.cli.documentation.write(Path("docs/reference/commandes.md"))` refreshes it."""
    assert (REFERENCE / "commandes.md").read_text(encoding="utf-8") == render_commands()


def test_every_error_code_is_documented_and_every_documented_code_exists() -> None:
    folders = ("src", "tools", "openfisca/openfisca_maillage")
    written = {code: path for name in folders for code, path in find_codes(ROOT / name).items()}
    documented = read_documented((REFERENCE / "erreurs.md").read_text(encoding="utf-8"))
    undocumented = {code: path for code, path in written.items() if code not in documented}
    assert undocumented == {}
    assert documented.keys() - written.keys() == set()


def test_every_documented_code_says_when_and_what_to_do() -> None:
    documented = read_documented((REFERENCE / "erreurs.md").read_text(encoding="utf-8"))
    assert {code for code, cells in documented.items() if not all(cells)} == set()


# each check above fails on a bad sample


def test_a_code_of_the_source_is_found(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text('Anomalie("MLG-XXX-001", "…", "…")\n')
    assert find_codes(tmp_path) == {"MLG-XXX-001": "a.py"}


def test_a_row_of_the_documentation_is_read() -> None:
    assert read_documented("| `MLG-XXX-001` | quand |  |") == {"MLG-XXX-001": ("quand", "")}


def test_a_code_documented_twice_is_refused() -> None:
    row = "| `MLG-XXX-001` | quand | que faire |\n"
    with pytest.raises(ValueError, match="twice"):
        read_documented(row * 2)
