"""The year of a structure as a chart: what was agreed each month, and what was done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt

from maillage.kernel.francais import format_mois, format_nombre
from maillage.web.territoires.charts.drawing import Dessin, plot
from maillage.web.territoires.charts.theme import Format

if TYPE_CHECKING:
    from collections.abc import Sequence

    from maillage.indicators.pilotage.tableaux import LigneMois
    from maillage.web.territoires.charts.theme import Theme

LARGEUR, HAUTEUR = 700, 280
_AGREES, _FAIT, _RETARD, _VENIR = "ETP agréés", "réalisé", "en retard", "à venir"
_INITIALES = "JFMAMJJASOND"


def tell(annee: int, mois: Sequence[LigneMois]) -> str:
    """The same in words, for those who do not see it."""
    faits = [m for m in mois if m.annexes_faites]
    if not faits:
        return f"Aucun mois de {annee} n’est fait."
    haut, bas = (f(faits, key=lambda m: m.realise) for f in (max, min))
    return (
        f"ETP de {annee}, mois par mois : au plus haut {format_nombre(haut.realise, 2)} en "
        f"{format_mois(annee, haut.mois)}, au plus bas {format_nombre(bas.realise, 2)} en "
        f"{format_mois(annee, bas.mois)}."
    )


def draw_months(mois: Sequence[LigneMois], theme: Theme, taille: Format = Format.LARGE) -> Dessin:
    """Bars of what was done, a line of what was agreed; months late and to come have no bar."""
    palette = theme.palette
    largeur = LARGEUR - 90 - taille.reduction * 3
    barres = plot([_bar(m) for m in mois]).mark_bar(size=26 if taille is Format.LARGE else 14)
    traits = plot([_line(m) for m in mois if _agreed(m)]).mark_tick(
        thickness=3, size=38 if taille is Format.LARGE else 20, color=palette.encre
    )
    axe = alt.X(
        "mois:O",
        title=None,
        sort=None,
        axis=alt.Axis(
            labelAngle=0,
            labelExpr=f"'{_INITIALES}'[datum.value - 1]",
            grid=False,
        ),
    )
    ordonnee = alt.Y("etp:Q", title="ETP du mois", scale=alt.Scale(zero=True, nice=True))
    couleurs = {_FAIT: palette.accent, _RETARD: palette.alerte, _VENIR: palette.trait}
    return alt.layer(
        barres.encode(
            x=axe,
            y=ordonnee,
            color=alt.Color(
                "etat:N",
                scale=alt.Scale(domain=list(couleurs), range=list(couleurs.values())),
                legend=alt.Legend(symbolType="square"),
            ),
            fillOpacity=alt.condition(f"datum.etat == '{_FAIT}'", alt.value(1), alt.value(0.35)),
        ),
        traits.encode(x=axe, y=ordonnee),
    ).properties(width=largeur, height=HAUTEUR - 90)


def _agreed(mois: LigneMois) -> float:
    return mois.conventionne_fait + mois.conventionne_en_retard + mois.conventionne_a_venir


def _state(mois: LigneMois) -> str:
    if mois.annexes_faites:
        return _FAIT
    return _RETARD if mois.annexes_en_retard else _VENIR


def _bar(mois: LigneMois) -> dict[str, Any]:
    """What was done; for a month that is not, what was agreed, pale: nobody knows what was done."""
    etat = _state(mois)
    return {
        "mois": mois.mois,
        "etat": etat,
        "etp": mois.realise if etat == _FAIT else _agreed(mois),
    }


def _line(mois: LigneMois) -> dict[str, Any]:
    return {"mois": mois.mois, "etp": _agreed(mois)}
