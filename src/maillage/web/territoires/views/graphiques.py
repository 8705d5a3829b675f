"""Charts as SVG files: drawn once per address, then kept with the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse

from maillage.kernel.errors import Anomalie, Introuvable, SaisieInvalide
from maillage.kernel.francais import guillemets, join_fr
from maillage.web.territoires import donnees
from maillage.web.territoires.charts.drawing import Dessin, draw_svg
from maillage.web.territoires.charts.targets import DESSINS
from maillage.web.territoires.charts.theme import Format, Theme
from maillage.web.territoires.charts.trend import draw_trend
from maillage.web.territoires.views.adresse import parse_niveau

if TYPE_CHECKING:
    from django.http import HttpRequest


def evolution(request: HttpRequest, niveau: str, code: str, indicateur: str) -> HttpResponse:
    """Trend of an indicator in a territory.

    Raises:
        Introuvable: no such territory or indicator, or MLG-WEB-006, no curve.
    """
    courbe = donnees.atlas().courbe(indicateur, parse_niveau(niveau), code)
    if courbe is None:
        raise Introuvable(
            Anomalie(
                "MLG-WEB-006",
                f"{guillemets(indicateur)} n’a pas deux chiffres connus pour ce territoire\u00a0: "
                "il n’y a pas de courbe.",
                "Ouvrez la page du chiffre pour voir ses périodes.",
            )
        )
    theme = parse_theme(request)
    return _svg(draw_trend(courbe, theme, parse_format(request)), theme)


def cibles(request: HttpRequest, dessin: str) -> HttpResponse:
    """One of the charts of the page on the 2022 targets.

    Raises:
        Introuvable: MLG-WEB-007, no such chart.
    """
    if dessin not in DESSINS:
        raise Introuvable(
            Anomalie(
                "MLG-WEB-007",
                f"Le graphique {guillemets(dessin)} n’existe pas.",
                f"Graphiques\u00a0: {join_fr(DESSINS)}.",
            )
        )
    theme = parse_theme(request)
    return _svg(DESSINS[dessin](donnees.cibles(), theme, parse_format(request)), theme)


def parse_theme(request: HttpRequest) -> Theme:
    """Theme asked for by the address, light by default.

    Raises:
        SaisieInvalide: MLG-WEB-008, no such theme.
    """
    texte = request.GET.get("theme", Theme.CLAIR.value)
    try:
        return Theme(texte)
    except ValueError as error:
        raise SaisieInvalide(
            Anomalie(
                "MLG-WEB-008",
                f"Le thème {guillemets(texte)} n’existe pas.",
                f"Thèmes\u00a0: {join_fr((t.value for t in Theme), 'ou')}.",
            )
        ) from error


def parse_format(request: HttpRequest) -> Format:
    """Size asked for by the address, the large one by default.

    Raises:
        SaisieInvalide: MLG-WEB-012, no such size.
    """
    texte = request.GET.get("format", Format.LARGE.value)
    try:
        return Format(texte)
    except ValueError as error:
        raise SaisieInvalide(
            Anomalie(
                "MLG-WEB-012",
                f"Le format {guillemets(texte)} n’existe pas.",
                f"Formats\u00a0: {join_fr((f.value for f in Format), 'ou')}.",
            )
        ) from error


def _svg(chart: Dessin, theme: Theme) -> HttpResponse:
    response = HttpResponse(draw_svg(chart, theme), content_type="image/svg+xml; charset=utf-8")
    response["Cache-Control"] = "max-age=3600"
    return response
