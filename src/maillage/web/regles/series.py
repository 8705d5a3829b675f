"""Curves of the mechanisms: steps over time, or figures against the SMIC, each line named."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import altair as alt

from maillage.web.territoires.charts.drawing import plot

if TYPE_CHECKING:
    from maillage.web.territoires.charts.drawing import Dessin
    from maillage.web.territoires.charts.theme import Theme

LARGEUR = 760
HAUTEUR = 340
ETROIT = 360
"""Width for a phone, so that the words keep their size."""
_MARGE_NOMS = 118
_MARGE = 44
_TRAITS = ([1, 0], [7, 3], [2, 2], [9, 3, 2, 3])


@dataclass(frozen=True, slots=True)
class Serie:
    """One line of a curve.

    Attributes:
        nom: What it is; written at its end, or in the legend.
        points: Places on the axis (a day in ISO form, or a number) and figures, in order.
    """

    nom: str
    points: tuple[tuple[str | float, float], ...]


@dataclass(frozen=True, slots=True)
class Trace:
    """Lines on the same axes.

    Attributes:
        series: The lines, four at most.
        titre_y: Title of the vertical axis, with its unit.
        titre_x: Title of the horizontal axis; empty when it is time.
        paliers: Whether a figure holds until the next one.
        legende: Whether the names stand above, for lines that meet at their end.
        zero: Whether the vertical axis starts at zero.
    """

    series: tuple[Serie, ...]
    titre_y: str
    titre_x: str = ""
    paliers: bool = True
    legende: bool = False
    zero: bool = True


def draw(trace: Trace, theme: Theme, *, etroit: bool) -> Dessin:
    """The lines in the colours of a theme."""
    palette = theme.palette
    couleurs = (palette.accent, palette.alerte, palette.positif, palette.encre)
    noms = [serie.nom for serie in trace.series]
    legende = alt.Legend(columns=1) if trace.legende else None
    x = _abscisse(trace, 3 if etroit else 6)
    y = alt.Y(
        "valeur:Q",
        title=trace.titre_y,
        scale=alt.Scale(zero=trace.zero, nice=True),
        axis=alt.Axis(tickCount=6),
    )
    couleur = alt.Color(
        "nom:N",
        sort=None,
        scale=alt.Scale(domain=noms, range=list(couleurs[: len(noms)])),
        legend=legende,
    )
    trait = (
        plot([ligne for serie in trace.series for ligne in _rows(serie)])
        .mark_line(interpolate="step-after" if trace.paliers else "linear", strokeWidth=2.6)
        .encode(
            x=x,
            y=y,
            color=couleur,
            strokeDash=alt.StrokeDash(
                "nom:N",
                sort=None,
                scale=alt.Scale(domain=noms, range=list(_TRAITS[: len(noms)])),
                legend=legende,
            ),
        )
    )
    couches = [trait]
    if not trace.legende:
        fins = [_rows(serie)[-1] for serie in trace.series]
        couches.append(
            plot(fins)
            .mark_text(align="left", dx=8, fontSize=13, fontWeight="bold")
            .encode(x=x, y=y, text="nom:N", color=couleur)
        )
    largeur = (ETROIT if etroit else LARGEUR) - _MARGE - (0 if trace.legende else _MARGE_NOMS)
    return alt.layer(*couches).properties(width=largeur, height=HAUTEUR - 60)


def _abscisse(trace: Trace, reperes: int) -> alt.X:
    if trace.titre_x:
        return alt.X(
            "place:Q",
            title=trace.titre_x,
            scale=alt.Scale(nice=False, zero=False),
            axis=alt.Axis(tickCount=reperes, grid=False),
        )
    return alt.X("place:T", title=None, axis=alt.Axis(format="%Y", tickCount=reperes, grid=False))


def _rows(serie: Serie) -> list[dict[str, Any]]:
    return [{"nom": serie.nom, "place": place, "valeur": v} for place, v in serie.points]
