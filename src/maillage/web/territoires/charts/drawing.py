"""Draws a chart as SVG, in French, once per theme."""

from __future__ import annotations

from typing import Any, TypeAlias

import altair as alt
import vl_convert

from maillage.web.territoires.charts.theme import Theme, config

Dessin: TypeAlias = alt.LayerChart | alt.FacetChart | alt.VConcatChart
"""What the functions that draw return: layers on the same axes, or such drawings one under another."""

# Thousands and decimals as the rest of the site writes them.
_NOMBRES = {
    "decimal": ",",
    "thousands": "\N{NARROW NO-BREAK SPACE}",
    "grouping": [3],
    "currency": ["", "\N{NARROW NO-BREAK SPACE}€"],
    "percent": "\N{NARROW NO-BREAK SPACE}%",
    "minus": "\N{MINUS SIGN}",
}


def plot(rows: list[dict[str, Any]]) -> alt.Chart:
    """Chart of a few rows, carried in the specification itself."""
    return alt.Chart(alt.Data(values=rows))  # type: ignore[no-untyped-call]  # Altair's own gap


def draw_svg(chart: Dessin, theme: Theme) -> str:
    """SVG of a chart. Numbers and dates are French; nothing is fetched.

    Raises:
        ValueError: a NaN reached the drawing.
    """
    spec: dict[str, Any] = chart.to_dict()
    spec["config"] = config(theme)
    svg: str = vl_convert.vegalite_to_svg(
        spec, format_locale=_NOMBRES, time_format_locale="fr-FR", allowed_base_urls=[]
    )
    if "NaN" in svg:
        msg = "a NaN reached the drawing of a chart"
        raise ValueError(msg)
    return svg
