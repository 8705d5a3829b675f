"""A text page for a terminal or a file: headings, wrapped sentences, aligned tables.

On a terminal, sentences and tables fit its width. In a pipe or a file nothing is wrapped, coloured
or cut, so that other tools can read it.
"""

from __future__ import annotations

import re
import shutil
import sys
import textwrap
from dataclasses import dataclass, field
from unicodedata import combining, east_asian_width

LARGEUR_MAXIMALE = 120
_MINIMUM = 14
_ECART = 2
_INSECABLE = "\N{NO-BREAK SPACE}"
_AVANT = re.compile(r" (?=[:;!?%€»›](?: |$))")
_OUVRANT = re.compile(r"(?<=«) ")


def page_width() -> int | None:
    """Columns to fit on the terminal; None when the output is a pipe or a file."""
    if not sys.stdout.isatty():
        return None
    return max(min(shutil.get_terminal_size((100, 24)).columns, LARGEUR_MAXIMALE), 40)


@dataclass(slots=True)
class Page:
    """Lines written from top to bottom.

    Attributes:
        width: Columns to fit; None to let each line be as long as it is.
        lines: What is written so far.
    """

    width: int | None = None
    lines: list[str] = field(default_factory=list)

    def title(self, text: str) -> None:
        """Name of the page, underlined."""
        text = typographie(text)
        self.lines += [text, "═" * display_width(text)]

    def heading(self, text: str) -> None:
        """Name of a part, with a blank line above."""
        self.lines += ["", typographie(text).upper()]

    def text(self, text: str, bullet: str = "") -> None:
        """A sentence or a paragraph, behind a bullet if one is given."""
        indent = " " * len(bullet)
        self.lines += wrap(typographie(text), self.width, typographie(bullet), indent)

    def blank(self) -> None:
        """An empty line."""
        self.lines.append("")

    def table(
        self,
        headers: list[str],
        rows: list[list[str]],
        right: set[int] | None = None,
        unwrapped: set[int] | None = None,
    ) -> None:
        """Aligned columns under their headers.

        Args:
            headers: One per column.
            rows: Cells as shown, one list per row.
            right: Positions of the columns of figures, aligned on the right and never wrapped.
            unwrapped: Positions of the other columns whose cells stay on one line.
        """
        table = Table(headers, rows, frozenset(right or ()), frozenset(unwrapped or ()))
        self.lines += table_lines(table, self.width)

    def render(self) -> str:
        """The page, one final line feed included."""
        return "\n".join(line.rstrip(" ") for line in self.lines) + "\n"


def typographie(text: str) -> str:
    """Text whose French punctuation is held to its word by no-break spaces."""
    return _OUVRANT.sub(_INSECABLE, _AVANT.sub(_INSECABLE, text))


def wrap(text: str, width: int | None, first: str = "", indent: str = "") -> list[str]:
    """Lines of a text; a no-break space never ends one."""
    if width is None:
        return [first + text]
    return textwrap.wrap(
        text,
        width,
        initial_indent=first,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    ) or [first]


def display_width(text: str) -> int:
    """Columns that a text takes on a terminal."""
    return sum(0 if combining(c) else 1 + (east_asian_width(c) in "WF") for c in text)


@dataclass(frozen=True, slots=True)
class Table:
    """Cells and how their columns behave; see `Page.table`."""

    headers: list[str]
    rows: list[list[str]]
    right: frozenset[int] = frozenset()
    unwrapped: frozenset[int] = frozenset()


def table_lines(table: Table, width: int | None) -> list[str]:
    """Lines of a table: headers, a rule, rows; text columns are wrapped to fit the width."""
    widths = _natural_widths(table, folded=False)
    if width is not None and sum(widths) + _ECART * (len(widths) - 1) > width:
        widths = _natural_widths(table, folded=True)
        widths = fit_widths(widths, table.right | table.unwrapped, width)
    lines = _row_lines(table.headers, widths, table.right, frozenset())
    lines.append("─" * (sum(widths) + _ECART * (len(widths) - 1)))
    for row in table.rows:
        lines += _row_lines(row, widths, table.right, table.right | table.unwrapped)
    return lines


def _natural_widths(table: Table, *, folded: bool) -> list[int]:
    """Widths that no cell exceeds; headers of figures may fold between their words."""
    widths = []
    for column, header in enumerate(table.headers):
        cells = max((display_width(row[column]) for row in table.rows), default=0)
        words = header.split(" ") if folded and column in table.right else [header]
        widths.append(max(cells, *(display_width(word) for word in words)))
    return widths


def fit_widths(natural: list[int], fixed: frozenset[int], width: int) -> list[int]:
    """Widths that fit, the widest text columns giving way first, down to a readable minimum."""
    widths = list(natural)
    room = width - _ECART * (len(widths) - 1)
    while sum(widths) > room:
        texts = [c for c in range(len(widths)) if c not in fixed and widths[c] > _MINIMUM]
        if not texts:
            break
        widths[max(texts, key=lambda c: widths[c])] -= 1
    return widths


def _row_lines(
    row: list[str], widths: list[int], right: frozenset[int], whole: frozenset[int]
) -> list[str]:
    cells = [[cell] if c in whole else wrap(cell, max(widths[c], 1)) for c, cell in enumerate(row)]
    height = max(len(cell) for cell in cells)
    return [
        (" " * _ECART).join(
            _pad(cell[line] if line < len(cell) else "", widths[c], ">" if c in right else "<")
            for c, cell in enumerate(cells)
        )
        for line in range(height)
    ]


def _pad(text: str, width: int, side: str) -> str:
    gap = " " * (width - display_width(text))
    return gap + text if side == ">" else text + gap
