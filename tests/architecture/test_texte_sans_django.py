"""The text engine of publications can be imported, and works, without Django."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEXTE = ROOT / "src" / "maillage" / "web" / "publications" / "texte"
SITE = {"figures.py"}
"""What reads the atlas for the site, and takes from the pages of territories how a figure is written."""
MODULES = sorted(
    ".".join(path.relative_to(ROOT / "src").with_suffix("").parts)
    for path in TEXTE.rglob("*.py")
    if path.name not in SITE
)


def imports(code: str) -> set[str]:
    """First word of everything that a module imports."""
    found = set()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(str(node.module).partition(".")[0])
    return found


@pytest.mark.parametrize("path", sorted(TEXTE.rglob("*.py")), ids=lambda path: path.name)
def test_no_module_imports_django(path: Path) -> None:
    assert "django" not in imports(path.read_text(encoding="utf-8"))


def test_the_engine_is_loaded_without_django() -> None:
    code = f"import sys, {', '.join(MODULES)}; sys.exit('django' in sys.modules)"
    env = {"PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(
        [sys.executable, "-c", code], env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_an_import_of_django_is_found() -> None:
    assert "django" in imports("from django.db import models")
    assert "django" in imports("import django.conf")
    assert "django" not in imports("import djangoish")
