"""The cash of a structure, month after month, over all the years that it handed over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt

from maillage.kernel.francais import format_mois, format_valeur
from maillage.kernel.valeur import Absence
from maillage.web.territoires.charts.drawing import Dessin, plot
from maillage.web.territoires.charts.theme import Format

if TYPE_CHECKING:
    from maillage.analyses.comptes.annees import Annees
    from maillage.web.territoires.charts.theme import Theme

LARGEUR, HAUTEUR = 700, 260
_CENT = 100


def list_points(annees: Annees) -> list[dict[str, Any]]:
    """Cash at the end of each month whose opening is known, euros."""
    return [
        {"mois": mois.debut.isoformat(), "euros": mois.position.tresorerie / _CENT}
        for exercice in annees.exercices
        for mois in exercice.mois
        if not isinstance(mois.position, Absence)
    ]


def tell(annees: Annees) -> str:
    """The same in words, for those who do not see it."""
    connus = [
        (mois.position.tresorerie / _CENT, mois.debut)
        for exercice in annees.exercices
        for mois in exercice.mois
        if not isinstance(mois.position, Absence)
    ]
    if not connus:
        return "La trésorerie n’est connue d’aucun mois."
    (bas, quand_bas), (haut, quand_haut) = min(connus), max(connus)
    return (
        f"Trésorerie à la fin de chaque mois : au plus bas {format_valeur(bas, '€')} en "
        f"{format_mois(quand_bas.year, quand_bas.month)}, au plus haut {format_valeur(haut, '€')} en "
        f"{format_mois(quand_haut.year, quand_haut.month)}."
    )


def draw_cash(annees: Annees, theme: Theme, taille: Format = Format.LARGE) -> Dessin:
    """A line of the cash, and a rule at nil."""
    palette = theme.palette
    points = list_points(annees)
    abscisse = alt.X("mois:T", title=None, axis=alt.Axis(format="%m/%Y", labelOverlap=True))
    ordonnee = alt.Y("euros:Q", title="euros", scale=alt.Scale(nice=True))
    ligne = plot(points).mark_line(point=True, color=palette.accent, strokeWidth=2.5)
    nulle = plot([{"zero": 0}]).mark_rule(color=palette.alerte, strokeDash=[4, 3])
    return alt.layer(
        nulle.encode(y=alt.Y("zero:Q", title="euros")), ligne.encode(x=abscisse, y=ordonnee)
    ).properties(width=LARGEUR - 90 - taille.reduction * 3, height=HAUTEUR - 90)
