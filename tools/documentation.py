"""Writes the generated pages of docs/reference again. Tests fail while one is out of date."""

from __future__ import annotations

from pathlib import Path

from maillage.cli.documentation import write
from maillage.data.reference.documentation import write_pages
from maillage.indicators.cards_markdown import render_cards_markdown
from maillage.regles.engine import documentation as regles
from maillage.web.config import reference_reglages
from maillage.web.droits import documentation as droits
from maillage.web.terminal import setup_django

REFERENCE = Path(__file__).resolve().parents[1] / "docs" / "reference"


def main() -> None:
    """Write every generated page: sources, pack, indicators, commands, law, settings, rights."""
    write_pages(REFERENCE)
    (REFERENCE / "indicateurs.md").write_text(render_cards_markdown(), encoding="utf-8")
    write(REFERENCE / "commandes.md")
    regles.write(REFERENCE / "parametres.md")
    reference_reglages.write(REFERENCE / "reglages.md")
    droits.write(REFERENCE / "droits.md")
    setup_django()  # the columns of dialogue follow its tables
    from maillage.web.dialogue.echange import documentation as dialogue  # noqa: PLC0415

    dialogue.write(REFERENCE / "formats-dialogue.md")


if __name__ == "__main__":
    main()
