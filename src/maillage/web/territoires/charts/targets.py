"""Charts of « Qu’ont suivi les cibles de 2022 ? »."""

from __future__ import annotations

import math
import statistics
import textwrap
from typing import TYPE_CHECKING, Any, Literal

import altair as alt

from maillage.kernel.valeur import Absence, Valeur
from maillage.web.territoires.charts.drawing import Dessin, plot
from maillage.web.territoires.charts.theme import Format
from maillage.web.territoires.figures import libelle_periode

if TYPE_CHECKING:
    from collections.abc import Callable

    from maillage.analyses.targets.model import CibleDepartement, Cibles, Correlation
    from maillage.web.territoires.charts.theme import Palette, Theme

LARGEUR = 470
HAUTEUR = 390
_COLONNES = {Format.LARGE: 38, Format.ETROIT: 22}
"""Signs of a line of a name on the chart of correlations."""
_LEGENDE = {Format.LARGE: 60, Format.ETROIT: 20}
"""Signs of a line of its legend."""
_ECART_NOMS = 0.12
"""Least difference of logarithm between two points whose names are both written."""
_BOITE = (0.24, 0.06)
"""Room of a name on the linear scatter, as parts of the axes."""
_PAS = 0.1
"""Width of a column of the dot plot, as growth: ten points."""


def draw_stock(cibles: Cibles, theme: Theme, taille: Format = Format.LARGE) -> Dessin:
    """Target against the stock of December 2019, both on logarithmic axes."""
    points = [
        {"nom": d.nom, "x": stock, "y": cible}
        for d in cibles.departements
        for stock, cible in [_positives(d.stock_2019_12, d.cible)]
        if stock and cible
    ]
    return _scatter(
        points,
        (theme, taille),
        ("Personnes en IAE fin décembre 2019", "Cible pour fin décembre 2022"),
        "log",
        "Trait plein\u00a0: la cible égale l’effectif de 2019",
    )


def draw_ratio(cibles: Cibles, theme: Theme, taille: Format = Format.LARGE) -> Dessin:
    """The same question on ratios: per 1,000 job seekers, the target against the stock."""
    points = [
        {"nom": d.nom, "x": stock / cible * taux, "y": taux}
        for d in cibles.departements
        for stock, cible, taux in [
            _positives(d.stock_2019_12, d.cible, d.cible_pour_1000_demandeurs)
        ]
        if stock and cible and taux
    ]
    return _scatter(
        points,
        (theme, taille),
        (
            "Personnes en IAE fin 2019, pour 1\u202f000\u00a0demandeurs d’emploi",
            "Cible 2022, pour 1\u202f000\u00a0demandeurs d’emploi",
        ),
        "linear",
        "Trait plein\u00a0: la cible égale l’effectif de 2019",
    )


def draw_growth(cibles: Cibles, theme: Theme, taille: Format = Format.LARGE) -> Dessin:
    """Required growth from December 2019: one dot per département, stacked by ten points."""
    rows = _stack(cibles, lambda d: d.croissance_2019)
    palette = theme.palette
    dots = (
        plot(rows)
        .mark_circle(size=95, color=palette.accent, opacity=1)
        .encode(
            x=alt.X(
                "x:Q",
                title="Croissance demandée entre fin 2019 et fin 2022, en %",
                axis=alt.Axis(
                    format="+d",
                    grid=False,
                    tickCount=8,
                    labelExpr="datum.value ? datum.label : '0'",
                ),
                scale=alt.Scale(zero=True),
            ),
            y=alt.Y(
                "rang:Q",
                title="Départements",
                axis=alt.Axis(tickCount=5),
                scale=alt.Scale(zero=True),
            ),
        )
    )
    mediane = 100 * next(d.mediane for d in cibles.dispersions if d.depart == "2019-12")
    trait = (
        plot([{"x": mediane}])
        .mark_rule(color=palette.alerte, strokeWidth=2, strokeDash=[6, 3])
        .encode(x="x:Q")
    )
    haut = max((row["rang"] for row in rows), default=1)
    nom = (
        plot([{"x": mediane, "y": haut + 1.5, "t": f"médiane\u00a0: +{mediane:.0f} %"}])
        .mark_text(align="left", dx=6, color=palette.alerte, fontWeight="bold")
        .encode(x="x:Q", y="y:Q", text="t:N")
    )
    extremes = (
        plot([row for row in rows if row["extreme"]])
        .mark_text(align="left", baseline="middle", angle=270, dx=10)
        .encode(x="x:Q", y="rang:Q", text="nom:N")
    )
    return alt.layer(dots, trait, nom, extremes).properties(
        width=LARGEUR - 80 - taille.reduction, height=HAUTEUR - 150
    )


def draw_correlations(cibles: Cibles, theme: Theme, taille: Format = Format.LARGE) -> Dessin:
    """Pearson correlation of the target with each candidate, sizes and ratios side by side."""
    palette = theme.palette
    colonnes = _COLONNES[taille]
    comparees = list(dict.fromkeys(_wrap(c.cible, _LEGENDE[taille]) for c in cibles.correlations))
    rows: list[dict[str, Any]] = [
        {
            "nom": _wrap(nom_date(c), colonnes),
            "comparee": _wrap(c.cible, _LEGENDE[taille]),
            "r": c.pearson,
        }
        for c in cibles.correlations
        if c.pearson == c.pearson
    ]
    ordre = list(dict.fromkeys(str(row["nom"]) for row in rows))
    couleurs = [palette.encre_2, palette.accent, palette.alerte]
    formes = ["square", "circle", "triangle-up"]
    large = taille is Format.LARGE
    # names go to the line rather than being cut; the split is done here, Vega only breaks at a sign
    axe = alt.Axis(labelLimit=0, labelPadding=8, labelExpr="split(datum.label, '|')")
    legende = alt.Legend(columns=1, labelLimit=400, labelExpr="split(datum.label, '|')")
    base = plot(rows).encode(
        y=alt.Y("nom:N", sort=ordre, title=None, axis=axe),
        x=alt.X("r:Q", title="Corrélation de Pearson", scale=alt.Scale(domain=[-0.5, 1])),
        color=alt.Color(
            "comparee:N",
            scale=alt.Scale(domain=comparees, range=couleurs[: len(comparees)]),
            legend=legende,
        ),
        shape=alt.Shape(
            "comparee:N",
            scale=alt.Scale(domain=comparees, range=formes[: len(comparees)]),
            legend=legende,
        ),
    )
    zero = plot([{"x": 0}]).mark_rule(color=palette.encre_2).encode(x="x:Q")
    points = base.mark_point(filled=True, size=110, opacity=1)
    return alt.layer(zero, points).properties(width=190 if large else 150, height=alt.Step(34))


def _wrap(nom: str, colonnes: int) -> str:
    """Name cut into lines of so many signs, « | » between them."""
    return "|".join(textwrap.wrap(nom, colonnes, break_long_words=False))


def nom_date(correlation: Correlation) -> str:
    """Name of a candidate with its period: the same stock appears at two dates."""
    return f"{correlation.nom}, {libelle_periode(correlation.periode)}"


DESSINS: dict[str, Callable[[Cibles, Theme, Format], Dessin]] = {
    "effectif": draw_stock,
    "croissance": draw_growth,
    "rapport": draw_ratio,
    "correlations": draw_correlations,
}
"""Name in the address to chart."""


def _scatter(
    points: list[dict[str, Any]],
    aspect: tuple[Theme, Format],
    titres: tuple[str, str],
    echelle: Literal["log", "linear"],
    note: str,
) -> Dessin:
    theme, taille = aspect
    palette = theme.palette
    axe = alt.Axis(format=",d", tickCount=5, values=_graduations(echelle))
    bas = min(min(p["x"], p["y"]) for p in points)
    haut = max(max(p["x"], p["y"]) for p in points)
    domaine = [bas * 0.9, haut * 1.1] if echelle == "log" else [0, haut * 1.05]
    scale = alt.Scale(type=echelle, domain=domaine, nice=False)
    base = plot(points).encode(
        x=alt.X("x:Q", title=titres[0], scale=scale, axis=axe),
        y=alt.Y("y:Q", title=titres[1], scale=scale, axis=axe),
    )
    cercles = base.mark_circle(size=70, color=palette.accent, opacity=0.75)
    depart = bas if echelle == "log" else 0
    egalite = (
        plot([{"x": depart, "y": depart}, {"x": haut, "y": haut}])
        .mark_line(color=palette.encre_2, strokeWidth=1.5)
        .encode(x="x:Q", y="y:Q")
    )
    legende = (
        plot([{"x": domaine[1], "y": depart, "t": note}])
        .mark_text(align="right", dx=-6, dy=-12, color=palette.encre_2)
        .encode(x="x:Q", y="y:Q", text="t:N")
    )
    nommes = _remarkable(points)
    # names stand outside the cloud: on the left of the dots that are above it
    marge = haut / 4 if echelle == "linear" else bas * 2
    gauche = [
        p["nom"] for p in nommes if p["y"] / p["x"] > _rapport_median(points) and p["x"] > marge
    ]
    droite = [p["nom"] for p in nommes if p["nom"] not in gauche]
    hauts = [p for p in nommes if p["nom"] in droite and _is_above(p, points, echelle)]
    droite = [nom for nom in droite if nom not in {p["nom"] for p in hauts}]
    noms = [
        base.transform_filter(alt.FieldOneOfPredicate("nom", choisis))
        .mark_text(align="right" if choisis is gauche else "left", dx=ecart, dy=-4)
        .encode(text="nom:N")
        for choisis, ecart in ((gauche, -7), (droite, 7))
    ]
    return alt.layer(egalite, cercles, *noms, *_lifted(hauts, points, palette), legende).properties(
        width=LARGEUR - 90 - taille.reduction, height=HAUTEUR - 70
    )


def _is_above(point: dict[str, Any], points: list[dict[str, Any]], echelle: str) -> bool:
    """Whether a name beside the axis would be written over the cloud on its right."""
    return echelle == "linear" and point["y"] / point["x"] > _rapport_median(points)


def _lifted(
    hauts: list[dict[str, Any]], points: list[dict[str, Any]], palette: Palette
) -> list[alt.Chart]:
    """Names lifted above the cloud, each with a line down to its dot."""
    etendue = max(max(p["x"], p["y"]) for p in points)
    rows = [{**p, "y2": _clear_height(p, points, etendue)} for p in hauts]
    if not rows:
        return []
    base = plot(rows).encode(x="x:Q", y="y2:Q")
    trait = base.mark_rule(strokeWidth=1, color=palette.encre_2).encode(y2="y:Q")
    return [trait, base.mark_text(align="left", dx=-4, dy=-7).encode(text="nom:N")]


def _clear_height(point: dict[str, Any], points: list[dict[str, Any]], etendue: float) -> float:
    """Lowest height above a dot where its name crosses no other dot."""
    largeur, hauteur = _BOITE[0] * etendue, _BOITE[1] * etendue
    y: float = point["y"] + hauteur
    while any(
        point["x"] - 1 <= p["x"] <= point["x"] + largeur
        and y - hauteur / 3 <= p["y"] <= y + hauteur
        for p in points
        if p is not point
    ):
        y += hauteur / 4
    return y


def _graduations(echelle: str) -> Any:  # what Altair takes for « as you like »
    return [200, 500, 1000, 2000, 5000, 10_000] if echelle == "log" else alt.Undefined


def _rapport_median(points: list[dict[str, Any]]) -> float:
    return float(statistics.median(p["y"] / p["x"] for p in points))


def _remarkable(points: list[dict[str, Any]], nombre: int = 3) -> list[dict[str, Any]]:
    """Points whose name is written beside them: the largest, and the furthest from the identity."""
    ecart = sorted(points, key=lambda p: p["y"] / p["x"])
    taille = sorted(points, key=lambda p: p["x"])
    choisis = (*taille[-nombre + 1 :], *taille[:1], *ecart[:1], *reversed(ecart[-nombre:]))
    gardes: list[dict[str, Any]] = []
    for point in choisis:
        if all(_apart(point, autre) for autre in gardes):
            gardes.append(point)
    return gardes


def _apart(point: dict[str, Any], autre: dict[str, Any]) -> bool:
    """Whether two names would not be written over each other."""
    return bool(abs(math.log(point["y"] / autre["y"])) > _ECART_NOMS)


def _stack(
    cibles: Cibles, croissance: Callable[[CibleDepartement], Valeur]
) -> list[dict[str, Any]]:
    """Dots of a dot plot: centre of the column in per cent, place in the column from 1."""
    hauteurs: dict[int, int] = {}
    connus = [
        (v, d.nom)
        for d in cibles.departements
        for v in [croissance(d)]
        if not isinstance(v, Absence)
    ]
    connus.sort()
    extremes = {nom for _, nom in (*connus[:1], *connus[-2:])}
    rows = []
    for valeur, nom in connus:
        colonne = int(valeur // _PAS)
        hauteurs[colonne] = hauteurs.get(colonne, 0) + 1
        centre = 100 * (colonne + 0.5) * _PAS
        rows.append(
            {"x": centre, "rang": hauteurs[colonne], "nom": nom, "extreme": nom in extremes}
        )
    return rows


def _positives(*valeurs: Valeur) -> tuple[float, ...]:
    """The figures, 0 in place of an absence: neither can stand on a logarithmic axis."""
    return tuple(0.0 if isinstance(v, Absence) else v for v in valeurs)
