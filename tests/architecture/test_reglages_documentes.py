"""The page of the settings is the one that the program writes."""

from __future__ import annotations

import re
from pathlib import Path

from maillage.web.config.environnement import REGLAGES
from maillage.web.config.reference_reglages import render_reglages, write

ROOT = Path(__file__).resolve().parents[2]


def test_the_reference_of_settings_is_the_one_the_program_writes() -> None:
    """`make docs` refreshes it."""
    page = ROOT / "docs" / "reference" / "reglages.md"
    assert page.read_text(encoding="utf-8") == render_reglages()


def test_every_setting_that_the_source_names_is_documented() -> None:
    ailleurs = {"MAILLAGE_DONNEES", "MAILLAGE_TRACE", "MAILLAGE_OIDC"}
    nommes = {
        nom
        for chemin in (ROOT / "src" / "maillage" / "web").rglob("*.py")
        for nom in re.findall(r"MAILLAGE_[A-Z_]+[A-Z]", chemin.read_text(encoding="utf-8"))
    }
    assert nommes - ailleurs == {reglage.nom for reglage in REGLAGES}


def test_the_page_is_written(tmp_path: Path) -> None:
    write(tmp_path / "reglages.md")
    assert (tmp_path / "reglages.md").read_text(encoding="utf-8") == render_reglages()
