"""One indicator over time: the territory in full, its région and France as references."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import altair as alt

from maillage.indicators.carte import Cumul
from maillage.kernel.errors import UserError
from maillage.kernel.francais import ESPACE_INSECABLE, format_nombre
from maillage.kernel.period import parse_periode
from maillage.kernel.valeur import Absence
from maillage.web.territoires.charts.drawing import Dessin, plot
from maillage.web.territoires.charts.theme import Format
from maillage.web.territoires.figures import intervalle, texte_chiffre, unite_affichee

if TYPE_CHECKING:
    from maillage.analyses.diagnosis.model import Courbe
    from maillage.web.territoires.charts.theme import Theme

LARGEUR = 430
HAUTEUR = 250
_TRAITS = ([1, 0], [6, 3], [2, 2])
_MIN_POINTS_LIGNE = 12
"""Under this many periods each point is marked, so that a gap of years is seen."""


@dataclass(frozen=True, slots=True)
class Resume:
    """What a trend says in words: title, what is drawn, and the text for those who do not see it."""

    titre: str
    detail: str
    alternative: str


def summarise(courbe: Courbe) -> Resume:
    """Title that says what is seen, from the first to the last known figure of the territory."""
    nom, points = courbe.lignes[0]
    connus = [(p, v) for p, v in points if not isinstance(v, Absence)]
    deux_points = f"{ESPACE_INSECABLE}: "
    if not connus:
        return Resume(courbe.carte.nom, nom, f"{courbe.carte.nom}, {nom}{deux_points}inconnu")
    (debut, premier), (fin, dernier) = connus[0], connus[-1]
    titre = (
        f"{courbe.carte.nom}{deux_points}de {format_nombre(premier, courbe.carte.decimales)} à "
        f"{texte_chiffre(courbe.carte, dernier)}"
    )
    noms = ", ".join(nom for nom, _ in _lines(courbe))
    detail = f"{noms}, {intervalle(debut, fin)}"
    return Resume(titre, detail, f"{titre}. {detail}.")


def draw_trend(courbe: Courbe, theme: Theme, taille: Format = Format.LARGE) -> Dessin:
    """Line chart of a trend."""
    lignes = _lines(courbe)
    palette = theme.palette
    noms = [nom for nom, _ in lignes]
    couleurs = [palette.accent, palette.encre_2, palette.alerte][: len(noms)]
    base = plot(_rows(lignes)).encode(
        x=alt.X("quand:T", title=None, axis=alt.Axis(format="%Y", tickCount=6, grid=False)),
        y=alt.Y(
            "valeur:Q",
            title=unite_affichee(courbe.carte) or "nombre",
            scale=alt.Scale(zero=False, nice=True),
            axis=alt.Axis(tickCount=5),
        ),
        color=alt.Color(
            "ligne:N",
            sort=noms,
            scale=alt.Scale(domain=noms, range=couleurs),
            legend=alt.Legend() if len(noms) > 1 else None,
        ),
    )
    trait = base.mark_line(strokeWidth=2.4).encode(
        strokeDash=alt.StrokeDash(
            "ligne:N",
            sort=noms,
            scale=alt.Scale(domain=noms, range=list(_TRAITS[: len(noms)])),
            legend=alt.Legend() if len(noms) > 1 else None,
        )
    )
    couches = [trait]
    if max(len(points) for _, points in lignes) < _MIN_POINTS_LIGNE:
        couches.append(base.mark_point(filled=True, size=45, opacity=1))
    return alt.layer(*couches).properties(
        width=LARGEUR - 70 - taille.reduction * 8 // 10,
        height=HAUTEUR - 70,
        usermeta={"auteur": "Maillage"},
    )


def _lines(courbe: Courbe) -> list[tuple[str, Any]]:
    """The territory alone for a count: France would flatten it to the floor."""
    lignes = [(nom, points) for nom, points in courbe.lignes if points]
    return lignes[:1] if courbe.carte.cumul is Cumul.SOMME else lignes[: len(_TRAITS)]


def _rows(lignes: list[tuple[str, Any]]) -> list[dict[str, Any]]:
    return [
        {
            "ligne": nom,
            "quand": _day(periode),
            "valeur": None if isinstance(valeur, Absence) else valeur,
        }
        for nom, points in lignes
        for periode, valeur in points
    ]


def _day(periode: str) -> str:
    """First day of a period; of its first year for a span."""
    try:
        return parse_periode(periode).debut.isoformat()
    except UserError:
        return f"{periode[:4]}-01-01"
