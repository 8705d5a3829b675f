"""Where a structure stands, ratio by ratio: the middle half of its group, the median, its own point."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt

from maillage.indicators.panel.quartiles import Quartiles
from maillage.kernel.valeur import Absence
from maillage.web.panel.mots import find_decimales, format_chiffre, split_libelle, tell_place
from maillage.web.territoires.charts.drawing import Dessin, plot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from maillage.indicators.panel.position import Position
    from maillage.web.territoires.charts.theme import Format, Palette, Theme

LARGEUR, BANDE, HAUTEUR = 700, 34, 92
"""Width of the drawing, height of a strip, height of a strip with its title and axis."""


def list_comparees(positions: Sequence[Position]) -> list[tuple[Position, Quartiles]]:
    """Those that have quartiles: the only ones that can be drawn."""
    return [(une, une.quartiles) for une in positions if isinstance(une.quartiles, Quartiles)]


def tell(positions: Sequence[Position]) -> str:
    """The same in words, for those who do not see it."""
    phrases = []
    for une, quartiles in list_comparees(positions):
        decimales = find_decimales(quartiles)
        premier, mediane, troisieme = (format_chiffre(q, decimales) for q in quartiles[:3])
        nom, unite = split_libelle(une.ratio)
        phrases.append(
            f"{nom} {unite} : quartiles {premier}, {mediane} et {troisieme} ; structure "
            f"{format_chiffre(une.valeur, decimales)}, {tell_place(une)}."
        )
    return " ".join(phrases)


def draw_places(positions: Sequence[Position], theme: Theme, taille: Format) -> Dessin:
    """One strip per ratio, each on its own axis."""
    largeur = LARGEUR - 40 - taille.reduction * 3
    bandes = [
        _draw(une, quartiles, theme.palette, largeur)
        for une, quartiles in list_comparees(positions)
    ]
    return alt.vconcat(*bandes, spacing=12)


def _draw(position: Position, quartiles: Quartiles, palette: Palette, largeur: int) -> Dessin:
    nom, unite = split_libelle(position.ratio)
    echelle = alt.Scale(zero=False, nice=True, domain=_bounds(position, quartiles))
    reperes: dict[str, Any] = {
        "bas": quartiles.premier,
        "milieu": quartiles.mediane,
        "haut": quartiles.troisieme,
    }
    axe = alt.X("bas:Q", title=unite, scale=echelle, axis=alt.Axis(tickCount=5, grid=False))
    base = plot([reperes])
    couches = [
        base.mark_bar(height=18, color=palette.accent, opacity=0.3).encode(x=axe, x2="haut:Q"),
        base.mark_tick(color=palette.accent, thickness=3, size=26).encode(
            x=alt.X("milieu:Q", title=unite, scale=echelle)
        ),
    ]
    if not isinstance(position.valeur, Absence):
        couches.append(
            plot([{"moi": position.valeur}])
            .mark_point(shape="diamond", filled=True, size=170, color=palette.alerte, opacity=1)
            .encode(x=alt.X("moi:Q", title=unite, scale=echelle))
        )
    titre = alt.TitleParams(
        nom, anchor="start", color=palette.encre, fontSize=14, fontWeight="bold"
    )
    return alt.layer(*couches).properties(width=largeur, height=BANDE, title=titre)


def _bounds(position: Position, quartiles: Quartiles) -> list[float]:
    """From the lowest to the highest of what is drawn, with room on both sides."""
    dits = [*quartiles[:3], *([] if isinstance(position.valeur, Absence) else [position.valeur])]
    marge = (max(dits) - min(dits)) / 10
    return [min(dits) - marge, max(dits) + marge]
