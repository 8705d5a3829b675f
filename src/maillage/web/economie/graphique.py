"""The cash of a structure, month after month: of the years that it handed over, or of a model."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import altair as alt

from maillage.kernel.francais import format_mois, format_valeur
from maillage.kernel.valeur import Absence
from maillage.web.territoires.charts.drawing import Dessin, plot
from maillage.web.territoires.charts.theme import Format

if TYPE_CHECKING:
    from datetime import date

    from maillage.analyses.comptes.annees import Annees
    from maillage.indicators.modele.modele import Modele
    from maillage.web.territoires.charts.theme import Theme

LARGEUR, HAUTEUR = 700, 260
_CENT = 100


def list_points(annees: Annees) -> list[tuple[date, float]]:
    """Month and cash at its end, euros, of each month whose opening is known."""
    return [
        (mois.debut, mois.position.tresorerie / _CENT)
        for exercice in annees.exercices
        for mois in exercice.mois
        if not isinstance(mois.position, Absence)
    ]


def list_mois(modele: Modele) -> list[tuple[date, float]]:
    """The same of a model: the first day of each month, and the cash at its end."""
    premier = modele.cadre.debut.replace(day=1)
    points = []
    for solde in modele.tresorerie.soldes:
        points.append((premier, float(solde)))
        premier = (premier + timedelta(days=31)).replace(day=1)
    return points


def tell(points: list[tuple[date, float]]) -> str:
    """The same in words, for those who do not see it."""
    if not points:
        return "La trésorerie n’est connue d’aucun mois."
    quand_bas, bas = min(points, key=lambda point: point[1])
    quand_haut, haut = max(points, key=lambda point: point[1])
    return (
        f"Trésorerie à la fin de chaque mois : au plus bas {format_valeur(bas, '€')} en "
        f"{format_mois(quand_bas.year, quand_bas.month)}, au plus haut {format_valeur(haut, '€')} en "
        f"{format_mois(quand_haut.year, quand_haut.month)}."
    )


def draw_cash(
    points: list[tuple[date, float]], theme: Theme, taille: Format = Format.LARGE
) -> Dessin:
    """A line of the cash, and a rule at nil."""
    palette = theme.palette
    rangees = [{"mois": mois.isoformat(), "euros": euros} for mois, euros in points]
    abscisse = alt.X("mois:T", title=None, axis=alt.Axis(format="%m/%Y", labelOverlap=True))
    ordonnee = alt.Y("euros:Q", title="euros", scale=alt.Scale(nice=True))
    ligne = plot(rangees).mark_line(point=True, color=palette.accent, strokeWidth=2.5)
    nulle = plot([{"zero": 0}]).mark_rule(color=palette.alerte, strokeDash=[4, 3])
    return alt.layer(
        nulle.encode(y=alt.Y("zero:Q", title="euros")), ligne.encode(x=abscisse, y=ordonnee)
    ).properties(width=LARGEUR - 90 - taille.reduction * 3, height=HAUTEUR - 90)
