"""The reference page of the indicators is the one that the cards give."""

from __future__ import annotations

from pathlib import Path

from maillage.indicators.cards_markdown import render_cards_markdown
from maillage.indicators.catalogue import CARTES

PAGE = Path(__file__).resolve().parents[3] / "docs" / "reference" / "indicateurs.md"


def test_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == render_cards_markdown()


def test_page_holds_every_card() -> None:
    page = render_cards_markdown()
    assert [code for code in CARTES if f"\n`{code}`\n" not in page] == []
