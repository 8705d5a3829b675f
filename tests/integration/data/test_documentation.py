"""The reference pages of the pack say what the embedded pack holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from maillage.data.reference.documentation import pack_page, sources_page, write_pages
from maillage.data.reference.pack import open_pack

DOCS = Path(__file__).resolve().parents[3] / "docs" / "reference"
REMEDY = "rewrite it: maillage.data.reference.documentation.write_pages(Path('docs/reference'))"


@pytest.mark.parametrize(
    ("name", "page"), [("sources.md", sources_page()), ("pack.md", pack_page())]
)
def test_page_is_up_to_date(name: str, page: str) -> None:
    assert (DOCS / name).read_text(encoding="utf-8") == page, REMEDY


def test_every_source_has_a_section() -> None:
    page = sources_page()
    for source in open_pack().sources.values():
        assert f"\n## `{source.code}`\n" in page
        assert source.sha256 in page


def test_pages_are_written_together(tmp_path: Path) -> None:
    write_pages(tmp_path)
    for name in ("pack.md", "sources.md"):
        assert (tmp_path / name).read_bytes() == (DOCS / name).read_bytes()
