"""Words of the pages: no line of French breaks before a colon or inside quotation marks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import maillage
from maillage.kernel.francais import typeset

PAGES = sorted(Path(maillage.__file__).parent.rglob("templates/**/*.html"))
BALISES = re.compile(
    r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}|<(?:script|style|code|pre)\b.*?</(?:script|style|code|pre)>|<[^>]*>",
    re.DOTALL,
)


def find_breakable(gabarit: str) -> list[str]:
    """Texts between the tags that could be written with the spaces that French never breaks."""
    return [t.strip() for t in BALISES.split(gabarit) if typeset(t) != t]


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_spaces_that_french_never_breaks(page: Path) -> None:
    assert find_breakable(page.read_text(encoding="utf-8")) == []


def test_a_breakable_space_is_found() -> None:
    assert find_breakable("<p>Nature : {{ x }}, « non »</p>") == ["Nature :", ", « non »"]
