"""The page of one mechanism: finding, curve, calculator, formula, texts, cases, what is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render

from maillage.kernel.francais import typeset
from maillage.regles.engine.legislation import load_legislation
from maillage.regles.engine.valeur_legale import CONFIANCES
from maillage.web.regles.cas import count_discordants, list_verifies
from maillage.web.regles.droit import group_manques, texte_confiance
from maillage.web.regles.etapes import list_etapes
from maillage.web.regles.fiches.catalogue import FICHES
from maillage.web.regles.mecanismes import get_mecanisme
from maillage.web.regles.series import HAUTEUR, LARGEUR, draw
from maillage.web.regles.valeurs import (
    feuilles_de,
    list_non_verifiees,
    phrase_verification,
    table_dernieres,
)
from maillage.web.territoires.charts.drawing import draw_svg
from maillage.web.territoires.views.graphiques import parse_theme

if TYPE_CHECKING:
    from django.http import HttpRequest

    from maillage.regles.engine.legislation import Legislation
    from maillage.web.regles.fiches.modele import Courbe, Fiche


def page(request: HttpRequest, slug: str) -> HttpResponse:
    """The page of a mechanism; its calculator answers when the address holds a question."""
    fiche = FICHES[slug]
    legislation = load_legislation()
    feuilles = feuilles_de(legislation, fiche.code)
    cas = list_verifies(fiche.code)
    contexte: dict[str, object] = {
        "fil": [("/regles/", "Règles"), ("", fiche.titre)],
        "fiche": fiche,
        "mecanisme": get_mecanisme(fiche.code),
        "constat": fiche.constat(legislation),
        "g": _graphique(fiche, fiche.courbe, legislation) if fiche.courbe else None,
        "lectures": [typeset(lecture) for lecture in fiche.lectures],
        "tables": fiche.tables(legislation),
        "etapes": list_etapes(fiche.code),
        "confiances": [texte_confiance(lettre) for lettre in CONFIANCES],
        "valeurs": table_dernieres(legislation, feuilles),
        "nombre_feuilles": len(feuilles),
        "verification": phrase_verification(feuilles),
        "non_verifiees": list_non_verifiees(feuilles),
        "groupes": group_manques(feuilles),
        "cas": cas,
        "discordants": count_discordants(cas),
        "autres": [(autre.url, autre.titre) for autre in FICHES.values() if autre is not fiche],
    }
    statut = 200
    if fiche.calculette is not None:
        formulaire, reponse = fiche.calculette.read(request.GET.dict())
        contexte |= {**formulaire.to_context(), "reponse": reponse, "calculette": fiche.calculette}
        statut = 400 if formulaire.erreurs else 200
    return render(request, "regles/mecanisme.html", contexte, status=statut)


def graphique(request: HttpRequest, slug: str) -> HttpResponse:
    """The curve of a mechanism as an SVG file.

    Raises:
        SaisieInvalide: MLG-WEB-008, no such theme.
    """
    courbe = FICHES[slug].courbe
    assert courbe is not None  # noqa: S101 — only the pages that have a curve have this address
    theme = parse_theme(request)
    etroit = request.GET.get("format") == "etroit"
    svg = draw_svg(draw(courbe.trace(load_legislation()), theme, etroit=etroit), theme)
    response = HttpResponse(svg, content_type="image/svg+xml; charset=utf-8")
    response["Cache-Control"] = "max-age=3600"
    return response


def _graphique(fiche: Fiche, courbe: Courbe, legislation: Legislation) -> dict[str, object]:
    """What the fragment of the chart needs."""
    legende = courbe.legende(legislation)
    return {
        "titre": legende.titre,
        "detail": legende.detail,
        "alternative": f"{legende.titre}. {legende.detail}.",
        "url": f"{fiche.url}courbe.svg",
        "largeur": LARGEUR,
        "hauteur": HAUTEUR,
        "source": legende.source,
        "tableau": "#tables",
    }
