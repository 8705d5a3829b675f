"""The two looks of a chart, light and dark: the colours of the style sheet, one font stack."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any

POLICE = (
    "-apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Helvetica Neue', 'Liberation Sans', Arial,"
    " sans-serif"
)


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours of one theme; the names are those of the style sheet."""

    papier: str
    trait: str
    encre: str
    encre_2: str
    accent: str
    alerte: str
    positif: str


class Format(Enum):
    """Size of a chart; the value is the word in the address."""

    LARGE = "large"
    ETROIT = "etroit"

    @property
    def reduction(self) -> int:
        """Pixels taken off the width of the plot, so that a phone shows the text at its size."""
        return 0 if self is Format.LARGE else 110


class Theme(Enum):
    """Theme of a chart; the value is the word in the address."""

    CLAIR = "clair"
    SOMBRE = "sombre"

    @property
    def palette(self) -> Palette:
        """Its colours."""
        return _PALETTES[self]


_PALETTES = {
    Theme.CLAIR: Palette(
        "#fffdf9", "#ddd3c2", "#241f1a", "#5c5347", "#0c5562", "#98330f", "#2c673a"
    ),
    Theme.SOMBRE: Palette(
        "#201d19", "#3f392f", "#efe8db", "#bcb09c", "#83c9d1", "#f2a981", "#97d1a1"
    ),
}


def config(theme: Theme) -> dict[str, Any]:
    """Vega-Lite configuration of a theme."""
    p = theme.palette
    return {
        "background": "transparent",
        "font": POLICE,
        "view": {"stroke": None},
        "axis": {
            "labelColor": p.encre_2,
            "titleColor": p.encre_2,
            "titleFontWeight": "normal",
            "labelFontSize": 13,
            "titleFontSize": 13,
            "gridColor": p.trait,
            "domainColor": p.encre_2,
            "tickColor": p.trait,
            "titlePadding": 8,
        },
        "axisY": {"domain": False, "ticks": False},
        "legend": {
            "labelColor": p.encre,
            "labelFontSize": 13,
            "labelLimit": 260,
            "symbolStrokeWidth": 2.5,
            "orient": "top",
            "title": None,
            "padding": 0,
            "offset": 6,
        },
        "text": {"color": p.encre, "fontSize": 12.5},
    }
