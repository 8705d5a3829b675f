"""Aid of one hour as a share of the SMIC, drawn step by step for four kinds of structure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt

from maillage.kernel.francais import ESPACE_INSECABLE
from maillage.web.regles.montants import TYPES_COURBE, chemin_socle, list_parts
from maillage.web.territoires.charts.drawing import plot

if TYPE_CHECKING:
    from maillage.regles.engine.legislation import Legislation
    from maillage.web.territoires.charts.drawing import Dessin
    from maillage.web.territoires.charts.theme import Theme

LARGEUR = 760
HAUTEUR = 340
ETROIT = 360
"""Width for a phone, so that the words keep their size."""
_MARGE = 118
_TRAITS = ([1, 0], [7, 3], [2, 2], [1, 0])
_TERRITOIRE = "metropole_drom"


def resume(legislation: Legislation) -> dict[str, Any]:
    """What the chart says, for its title, its text alternative and the fragment that shows it."""
    ai, aci, etti, ei = (list_parts(legislation, t) for t in ("AI", "ACI", "ETTI", "EI"))
    titre = (
        "Rapportée au SMIC, l’aide d’une heure ne bouge pas en AI ni en ACI\u202f; elle a baissé en "
        "ETTI, et monté en EI en 2025"
    )
    detail = (
        f"AI\u202f: de {ai[0].texte} à {ai[-1].texte}\u202f; ACI\u202f: de {aci[0].texte} à "
        f"{aci[-1].texte}\u202f; ETTI\u202f: de {etti[0].texte} à {etti[-1].texte}\u202f; EI\u202f: "
        f"de {ei[0].texte} à {ei[-1].texte}. Métropole et outre-mer hors Mayotte, 2014 à 2025"
    )
    return {
        "titre": titre,
        "detail": detail,
        "alternative": f"{titre}. {detail}.",
        "url": "/regles/aide-au-poste/smic.svg",
        "largeur": LARGEUR,
        "hauteur": HAUTEUR,
        "source": "arrêtés fixant les montants et décrets du SMIC, calcul par les règles.",
        "tableau": "#parts",
    }


def draw(legislation: Legislation, theme: Theme, *, etroit: bool) -> Dessin:
    """Steps of the share of the SMIC, each kind named at the end of its line."""
    palette = theme.palette
    couleurs = [palette.encre, palette.positif, palette.alerte, palette.accent]
    lignes = [ligne for t in TYPES_COURBE for ligne in _rows(legislation, t)]
    genre = alt.Color(
        "type:N", sort=None, scale=alt.Scale(domain=list(TYPES_COURBE), range=couleurs), legend=None
    )
    y = alt.Y(
        "part:Q",
        title=f"en{ESPACE_INSECABLE}% du SMIC horaire",
        scale=alt.Scale(zero=True, nice=True),
        axis=alt.Axis(tickCount=6),
    )
    x = alt.X("quand:T", title=None, axis=alt.Axis(format="%Y", tickCount=6, grid=False))
    trait = (
        plot(lignes)
        .mark_line(interpolate="step-after", strokeWidth=2.6)
        .encode(
            x=x,
            y=y,
            color=genre,
            strokeDash=alt.StrokeDash(
                "type:N",
                sort=None,
                scale=alt.Scale(domain=list(TYPES_COURBE), range=list(_TRAITS)),
                legend=None,
            ),
        )
    )
    noms = (
        plot([_rows(legislation, t)[-1] for t in TYPES_COURBE])
        .mark_text(align="left", dx=8, fontSize=13, fontWeight="bold")
        .encode(x=x, y=y, text="nom:N", color=genre)
    )
    largeur = ETROIT if etroit else LARGEUR
    return alt.layer(trait, noms).properties(width=largeur - _MARGE - 40, height=HAUTEUR - 60)


def _rows(legislation: Legislation, type_siae: str) -> list[dict[str, Any]]:
    """One point per step, and the last amount carried to the last day it is known."""
    parts = list_parts(legislation, type_siae)
    fin = legislation.leaf(chemin_socle(_TERRITOIRE, type_siae)).valable_jusqu_au
    points = [(part.date_effet, part) for part in parts]
    points += [(fin, parts[-1])] if fin is not None else []
    return [
        {
            "type": type_siae,
            "nom": f"{type_siae} {part.texte}",
            "quand": jour.isoformat(),
            "part": float(part.taux * 100),
        }
        for jour, part in points
    ]
