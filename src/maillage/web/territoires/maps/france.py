"""The map of France coloured by an indicator: inline SVG, one link per territory."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from html import escape  # Django’s is wrapped for lazy texts, ten times slower
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString, mark_safe

from maillage.kernel.niveau import Niveau
from maillage.web.territoires.figures import texte_chiffre, url_territoire
from maillage.web.territoires.maps.frame import (
    HAUTEUR,
    ILE_DE_FRANCE,
    LARGEUR,
    OUTREMER,
    Cadre,
    find_cadre,
)
from maillage.web.territoires.maps.path import emprise, trace_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from maillage.analyses.diagnosis.model import Chiffre, Contour
    from maillage.web.territoires.maps.classes import Classement

NIVEAUX_CARTE = (
    Niveau.REGION,
    Niveau.DEPARTEMENT,
    Niveau.ZONE_EMPLOI,
    Niveau.EPCI,
    Niveau.CLPE,
)
"""Levels that have outlines."""
_NIVEAUX_FINS = frozenset({Niveau.ZONE_EMPLOI, Niveau.EPCI, Niveau.CLPE})

HACHURES = (
    '<pattern id="hachures" width="12" height="12" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><rect width="12" height="12" class="hachure-fond"/>'
    '<path d="M0 0V12" class="hachure"/></pattern>'
)


@dataclass(frozen=True, slots=True)
class Trace:
    """Paths of one territory: in its frame, and again in the enlarged inset or empty."""

    principal: str
    encart: str


@dataclass(frozen=True, slots=True)
class Forme:
    """What one territory of a map shows, and where it leads.

    Attributes:
        code: Official code.
        style: CSS class of its shape.
        nom: Its name and what it shows, as read out.
        url: Page that it opens.
    """

    code: str
    style: str
    nom: str
    url: str


class Fond:
    """Paths of every territory of a level, computed once from the outlines."""

    def __init__(self, contours: Mapping[str, Contour]) -> None:
        self.traces = {
            code: trace for code, contour in contours.items() if (trace := _trace(contour))
        }


def _trace(contour: Contour) -> Trace | None:
    boite = emprise(contour.anneaux)
    cadre = find_cadre(contour.projection, *boite.milieu)
    if cadre is None:
        return None
    agrandi = contour.projection == ILE_DE_FRANCE.projection and boite.intersects(
        ILE_DE_FRANCE.fenetre
    )
    encart = trace_path(contour.anneaux, ILE_DE_FRANCE.placer) if agrandi else ""
    return Trace(trace_path(contour.anneaux, cadre.placer), encart)


def render_france(
    fond: Fond,
    chiffres: Sequence[Chiffre],
    classement: Classement,
    titre: str,
    frontieres: Fond | None = None,
) -> SafeString:
    """SVG of the map.

    Shapes are links, out of the tab order: the table under the map carries the keyboard, and the
    script of the site adds one tab stop with arrow keys.

    Args:
        fond: Paths of the level.
        chiffres: One per territory; those without an outline are left to the table.
        classement: Classes of the figures.
        titre: Name of the map for screen readers.
        frontieres: Borders drawn over the shapes for orientation.
    """
    formes = [
        Forme(
            chiffre.code,
            classement.style(chiffre.valeur),
            f"{chiffre.nom_territoire}\u00a0: {texte_chiffre(chiffre.carte, chiffre.valeur)}",
            url_territoire(chiffre.niveau, chiffre.code),
        )
        for chiffre in chiffres
    ]
    is_fin = any(chiffre.niveau in _NIVEAUX_FINS for chiffre in chiffres)
    return render_formes(fond, formes, titre, frontieres, is_fin=is_fin)


def render_formes(
    fond: Fond,
    formes: Iterable[Forme],
    titre: str,
    frontieres: Fond | None = None,
    *,
    is_fin: bool = False,
    motifs: str = "",
) -> SafeString:
    """SVG of a map whose territories show anything that has a style and a name.

    Args:
        fond: Paths of the level.
        formes: One per territory; those without an outline are left to the table.
        titre: Name of the map for screen readers.
        frontieres: Borders drawn over the shapes for orientation.
        is_fin: Whether the shapes are so many that their edges must be thin.
        motifs: Patterns that the styles fill shapes with, besides the hatching.
    """
    principales: list[str] = []
    encarts: list[str] = []
    for forme in formes:
        trace = fond.traces.get(forme.code)
        if trace is None:
            continue
        principales.append(_forme(forme, trace.principal))
        if trace.encart:
            encarts.append(_copie(forme, trace.encart))
    fin = " carte-fine" if is_fin and principales else ""
    bords = "" if frontieres is None else _frontieres(frontieres)
    return mark_safe(  # noqa: S308 — names and values went through escape()
        f'<svg class="carte carte-france{fin}" viewBox="0 0 {LARGEUR} {HAUTEUR}" role="group" '
        f'aria-label="{escape(titre)}" data-carte><defs>{HACHURES}{motifs}{_decoupe(ILE_DE_FRANCE)}'
        f"</defs><g>{''.join(principales)}</g>{bords}"
        f'<g clip-path="url(#decoupe)" aria-hidden="true">{"".join(encarts)}'
        f"{'' if frontieres is None else _frontieres_encart(frontieres)}</g>{_encarts()}</svg>"
    )


def _forme(forme: Forme, chemin: str) -> str:
    nom = escape(forme.nom)
    return (
        f'<a href="{escape(forme.url)}" tabindex="-1" '
        f'aria-label="{nom}"><title>{nom}</title><path class="{forme.style}" d="{chemin}"/></a>'
    )


def _copie(forme: Forme, chemin: str) -> str:
    nom = escape(forme.nom)
    return (
        f'<a href="{escape(forme.url)}" tabindex="-1">'
        f'<title>{nom}</title><path class="{forme.style}" d="{chemin}"/></a>'
    )


def _frontieres(fond: Fond) -> str:
    chemins = "".join(trace.principal for trace in fond.traces.values())
    return f'<path class="frontieres" d="{chemins}" aria-hidden="true"/>'


def _frontieres_encart(fond: Fond) -> str:
    chemins = "".join(trace.encart for trace in fond.traces.values())
    return f'<path class="frontieres" d="{chemins}"/>'


@lru_cache(maxsize=1)
def _encarts() -> str:
    """Boxes and names of the insets."""
    return '<g aria-hidden="true">' + "".join(map(_encart, (*OUTREMER, ILE_DE_FRANCE))) + "</g>"


def _encart(cadre: Cadre) -> str:
    place = cadre.place
    milieu = round((place.x0 + place.x1) / 2)
    return (
        f'<rect class="encart" x="{place.x0:g}" y="{place.y0:g}" '
        f'width="{place.x1 - place.x0:g}" height="{place.y1 - place.y0:g}" rx="8"/>'
        f'<text class="encart-nom" x="{milieu}" y="{place.y1 + 50:g}">{cadre.nom}</text>'
    )


def _decoupe(cadre: Cadre) -> str:
    place = cadre.place
    return (
        f'<clipPath id="decoupe"><rect x="{place.x0:g}" y="{place.y0:g}" '
        f'width="{place.x1 - place.x0:g}" height="{place.y1 - place.y0:g}" rx="8"/></clipPath>'
    )
