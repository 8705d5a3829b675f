"""Where does my structure stand among those that are like it?

Its director opens it before a board or a bank: each ratio of the structure beside the quartiles of the closest
group that may be published. It gives to the panel, so it reads the panel; nobody else opens this page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from maillage.indicators.panel.position import situate
from maillage.kernel.valeur import Absence
from maillage.web.economie.entete import describe
from maillage.web.network.requete import organisation_of
from maillage.web.panel import graphique as dessin
from maillage.web.panel.choix import RATIOS, REGLE
from maillage.web.panel.enregistrement import read_affiche
from maillage.web.panel.models import EditionDuPanel
from maillage.web.panel.mots import (
    find_decimales,
    format_chiffre,
    name_groupe,
    tell,
    tell_place,
)
from maillage.web.panel.recueil import is_d_accord, load_contributions
from maillage.web.regles.montants import NOMS_TYPES
from maillage.web.territoires.charts.drawing import draw_svg
from maillage.web.territoires.tables import Cellule, Colonne, Ligne, render_table, texte
from maillage.web.territoires.views.graphiques import parse_format, parse_theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest
    from django.utils.safestring import SafeString

    from maillage.indicators.panel.contribution import Contribution
    from maillage.indicators.panel.edition import Affiche
    from maillage.indicators.panel.position import Position
    from maillage.indicators.panel.quartiles import Quartiles
    from maillage.web.network.models import Organisation


@dataclass(frozen=True, slots=True)
class _Lecture:
    """What a director reads: one structure of the organisation, beside one edition."""

    affiche: Affiche
    contributions: list[Contribution]
    choisie: Contribution
    positions: tuple[Position, ...]


def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Its place ratio by ratio; before that, what to do to have one."""
    del pk
    organisation = organisation_of(request)
    d_accord = is_d_accord(organisation, timezone.localdate())
    editions = list(EditionDuPanel.objects.published()) if d_accord else []
    contexte = describe(organisation, ("", "Panel")) | {
        "d_accord": d_accord,
        "editions": editions,
        "annees": sorted({une.annee for une in editions}, reverse=True),
        "seuil": REGLE.structures_min,
        "methode": REGLE.methode,
    }
    lecture = _read(request, organisation, editions)
    if lecture is not None:
        contexte |= _describe(lecture)
    return render(request, "panel/structure.html", contexte)


def graphique(request: HttpRequest, pk: int) -> HttpResponse:
    """The same as a drawing; empty when nothing can be compared."""
    del pk
    organisation = organisation_of(request)
    d_accord = is_d_accord(organisation, timezone.localdate())
    editions = list(EditionDuPanel.objects.published()) if d_accord else []
    lecture = _read(request, organisation, editions)
    if lecture is None or not dessin.list_comparees(lecture.positions):
        return HttpResponse(status=204)
    theme = parse_theme(request)
    svg = draw_svg(dessin.draw_places(lecture.positions, theme, parse_format(request)), theme)
    answer = HttpResponse(svg, content_type="image/svg+xml; charset=utf-8")
    answer["Cache-Control"] = "no-store"
    return answer


def _read(
    request: HttpRequest, organisation: Organisation, editions: list[EditionDuPanel]
) -> _Lecture | None:
    """What the address asks for; None without an edition, or when the extract does not have the structure."""
    if not editions:
        return None
    voulue = request.GET.get("annee", "")
    edition = next((une for une in editions if str(une.annee) == voulue), editions[0])
    affiche = read_affiche(edition.contenu)
    siennes = load_contributions([organisation], affiche.annee, timezone.localdate())
    contributions = sorted(siennes.get(organisation.pk, []), key=lambda une: une.structure)
    if not contributions:
        return None
    nom = request.GET.get("structure", "")
    choisie = next((une for une in contributions if une.structure == nom), contributions[0])
    return _Lecture(affiche, contributions, choisie, situate(affiche, choisie))


def _describe(lecture: _Lecture) -> dict[str, Any]:
    comparees = len(dessin.list_comparees(lecture.positions))
    return {
        "annee": lecture.affiche.annee,
        "au": lecture.affiche.au,
        "constat": tell(lecture.positions),
        "choisie": lecture.choisie,
        "type": NOMS_TYPES.get(lecture.choisie.profil.type, lecture.choisie.profil.type),
        "structures": [(une.structure, une.profil.type) for une in lecture.contributions],
        "tableau": _table(lecture) if comparees else "",
        "vides": _empty(lecture.positions) if comparees < len(lecture.positions) else "",
        "alternative": dessin.tell(lecture.positions),
        "a_un_graphique": comparees > 0,
        "largeur": dessin.LARGEUR,
        "hauteur": dessin.HAUTEUR * comparees,
        "requete": f"annee={lecture.affiche.annee}&structure={lecture.choisie.structure}",
    }


def _table(lecture: _Lecture) -> SafeString:
    colonnes = [
        Colonne("ratio", "Ratio", droite=False),
        Colonne("moi", "Ma structure"),
        Colonne("q1", "Premier quartile"),
        Colonne("q2", "Médiane"),
        Colonne("q3", "Troisième quartile"),
        Colonne("place", "Ma place", droite=False),
        Colonne("groupe", "Comparée à", droite=False),
    ]
    lignes = [
        Ligne(_cells(lecture.affiche, une, quartiles))
        for une, quartiles in dessin.list_comparees(lecture.positions)
    ]
    return render_table(f"Ma place, {lecture.affiche.annee}", colonnes, lignes, entier=True)


def _cells(affiche: Affiche, position: Position, quartiles: Quartiles) -> tuple[Cellule, ...]:
    decimales = find_decimales(quartiles)
    parution = affiche.parutions[position.ratio, position.groupe]
    date = "" if parution.au == affiche.au else f", au {parution.au:%d/%m/%Y}"
    return (
        texte(RATIOS.get(position.ratio, position.ratio)),
        texte(format_chiffre(position.valeur, decimales)),
        *(texte(format_chiffre(q, decimales)) for q in quartiles[:3]),
        texte(tell_place(position)),
        texte(f"{quartiles.nombre} structures\u00a0: {name_groupe(position.groupe)}{date}"),
    )


def _empty(positions: Sequence[Position]) -> SafeString:
    """Ratios without quartiles: the own figure all the same, and why it is beside nothing."""
    colonnes = [
        Colonne("ratio", "Ratio", droite=False),
        Colonne("moi", "Ma structure"),
        Colonne("pourquoi", "Pourquoi rien en face", droite=False),
    ]
    lignes = [
        Ligne(
            (
                texte(RATIOS.get(une.ratio, une.ratio)),
                texte(format_chiffre(une.valeur, find_decimales(une.quartiles))),
                texte(une.raison),
            )
        )
        for une in positions
        if isinstance(une.quartiles, Absence)
    ]
    return render_table("Ratios encore sans repère", colonnes, lignes, entier=True)
