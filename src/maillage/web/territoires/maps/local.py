"""The map of one territory: its communes sized by job seekers, its structures, its zones blanches.

A commune is a disc; one without any structure within reach is a crossed square, so that shape says
it as well as colour. Each kind of structure has its own shape.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from html import escape  # Django’s is wrapped for lazy texts, ten times slower
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString, mark_safe

from maillage.kernel.francais import ESPACE_INSECABLE, accorder
from maillage.kernel.niveau import Niveau
from maillage.kernel.valeur import Absence
from maillage.web.territoires.figures import url_territoire
from maillage.web.territoires.maps.frame import Boite
from maillage.web.territoires.maps.path import trace_path

if TYPE_CHECKING:
    from collections.abc import Sequence

    from maillage.analyses.diagnosis.model import Contour, PointCommune, PointStructure

COTE = 1000
"""Longer side of the map, in units of the drawing."""
_MARGE = 40
_RAYON_MAX = 46.0
_RAYON_MIN = 4.0
_MIN_ETENDUE = 4_000  # metres: a single commune is not blown up beyond this

#: kind → path around (0, 0), about 14 units wide; the drawing of `.structure-<kind>`.
FORMES = {
    "ACI": "M0-8L7 6H-7z",  # triangle
    "AI": "M-6-6H6V6H-6z",  # square
    "EI": "M0-8L7 0 0 8-7 0z",  # lozenge
    "ETTI": "M-2.5-7.5h5v5h5v5h-5v5h-5v-5h-5v-5h5z",  # cross
    "GEIQ": "M0-6a6 6 0 1 0 .01 0z",  # ring
}


@dataclass(frozen=True, slots=True)
class Vue:
    """How metres become units of the drawing."""

    etendue: Boite
    echelle: float

    @property
    def largeur(self) -> int:
        """Width of the drawing."""
        return round((self.etendue.x1 - self.etendue.x0) * self.echelle) + 2 * _MARGE

    @property
    def hauteur(self) -> int:
        """Height of the drawing."""
        return round((self.etendue.y1 - self.etendue.y0) * self.echelle) + 2 * _MARGE

    def placer(self, x: float, y: float) -> tuple[int, int]:
        """Point of the drawing for a point in metres."""
        return (
            _MARGE + round((x - self.etendue.x0) * self.echelle),
            _MARGE + round((self.etendue.y1 - y) * self.echelle),
        )


def frame_points(
    contour: Contour | None,
    communes: Sequence[PointCommune],
    structures: Sequence[PointStructure],
) -> Vue | None:
    """Window that holds the outline and the communes; None when nothing has a position."""
    xs = [c.x for c in communes if c.x is not None]
    ys = [c.y for c in communes if c.y is not None]
    if contour is None and communes:
        xs += [s.x for s in structures if s.x is not None]
        ys += [s.y for s in structures if s.y is not None]
    for anneau in contour.anneaux if contour else ():
        xs += anneau[0::2]
        ys += anneau[1::2]
    if not xs or not ys:
        return None
    etendue = _at_least(Boite(min(xs), min(ys), max(xs), max(ys)))
    longueur = max(etendue.x1 - etendue.x0, etendue.y1 - etendue.y0)
    return Vue(etendue, COTE / longueur)


def _at_least(boite: Boite) -> Boite:
    x, y = boite.milieu
    demi_x = max((boite.x1 - boite.x0) / 2, _MIN_ETENDUE)
    demi_y = max((boite.y1 - boite.y0) / 2, _MIN_ETENDUE)
    return Boite(x - demi_x, y - demi_y, x + demi_x, y + demi_y)


def render_local(
    titre: str,
    contour: Contour | None,
    communes: Sequence[PointCommune],
    structures: Sequence[PointStructure],
    ici: str = "",
) -> SafeString | None:
    """SVG of the map, or None when nothing has a published position.

    Args:
        titre: Name of the map for screen readers.
        contour: Outline of the territory, None when there is none.
        communes: Drawn as discs and crossed squares.
        structures: Drawn by kind.
        ici: Code of the commune to ring, empty for none.
    """
    vue = frame_points(contour, communes, structures)
    if vue is None:
        return None
    maximum = max(map(_nombre, communes), default=1.0)
    bords = "" if contour is None else _contour(contour, vue)
    # the largest first, so that a small commune is never hidden under its big neighbour
    ordre = sorted(communes, key=lambda c: -_nombre(c))
    discs = "".join(_commune(c, vue, maximum) for c in ordre if c.x is not None)
    anneau = "".join(_anneau(c, vue, maximum) for c in communes if c.code == ici)
    points = "".join(_structure(s, vue) for s in structures if _visible(s, vue))
    return mark_safe(  # noqa: S308 — names went through escape()
        f'<svg class="carte carte-locale" viewBox="0 0 {vue.largeur} {vue.hauteur}" role="group" '
        f'aria-label="{escape(titre)}" data-carte>{bords}<g>{discs}</g><g>{points}</g>'
        f"{anneau}</svg>"
    )


def _contour(contour: Contour, vue: Vue) -> str:
    return f'<path class="contour" d="{trace_path(contour.anneaux, vue.placer)}"/>'


def _connu(commune: PointCommune) -> bool:
    return not isinstance(commune.demandeurs, Absence)


def _nombre(commune: PointCommune) -> float:
    return 0.0 if isinstance(commune.demandeurs, Absence) else commune.demandeurs


def _visible(structure: PointStructure, vue: Vue) -> bool:
    """Whether its published position lies on the sheet: a few were geocoded hundreds of km away."""
    return (
        structure.x is not None
        and structure.y is not None
        and vue.etendue.contains(structure.x, structure.y)
    )


def _commune(commune: PointCommune, vue: Vue, maximum: float) -> str:
    if commune.x is None or commune.y is None:
        return ""
    x, y = vue.placer(commune.x, commune.y)
    rayon = _rayon(commune, maximum)
    nom = escape(_legende(commune))
    forme = _carre(x, y, rayon) if commune.blanche else _disque(commune, x, y, rayon)
    url = url_territoire(Niveau.COMMUNE, commune.code)
    return f'<a href="{url}" tabindex="-1" aria-label="{nom}"><title>{nom}</title>{forme}</a>'


def _anneau(commune: PointCommune, vue: Vue, maximum: float) -> str:
    if commune.x is None or commune.y is None:
        return ""
    x, y = vue.placer(commune.x, commune.y)
    return f'<circle class="commune-ici" cx="{x}" cy="{y}" r="{_rayon(commune, maximum) + 8:.1f}"/>'


def _rayon(commune: PointCommune, maximum: float) -> float:
    return max(_RAYON_MIN, _RAYON_MAX * math.sqrt(_nombre(commune) / max(maximum, 1.0)))


def _disque(commune: PointCommune, x: int, y: int, rayon: float) -> str:
    classe = "commune" if _connu(commune) else "commune-inconnue"
    return f'<circle class="{classe}" cx="{x}" cy="{y}" r="{rayon:.1f}"/>'


def _carre(x: int, y: int, rayon: float) -> str:
    """Square of the disc's surface, crossed."""
    demi = max(9.0, rayon * math.sqrt(math.pi) / 2)
    cote = 2 * demi
    return (
        f'<path class="blanche" d="M{x - demi:.1f} {y - demi:.1f}h{cote:.1f}v{cote:.1f}h-{cote:.1f}z'
        f'm0 0l{cote:.1f} {cote:.1f}m0-{cote:.1f}l-{cote:.1f} {cote:.1f}"/>'
    )


def _structure(structure: PointStructure, vue: Vue) -> str:
    if structure.x is None or structure.y is None or structure.kind not in FORMES:
        return ""
    x, y = vue.placer(structure.x, structure.y)
    nom = escape(f"{structure.kind} · {structure.nom}")
    return (
        f'<path class="structure structure-{structure.kind}" transform="translate({x} {y})scale(1.25)" '
        f'd="{FORMES[structure.kind]}"><title>{nom}</title></path>'
    )


def _legende(commune: PointCommune) -> str:
    deux_points = f"{ESPACE_INSECABLE}: "
    if isinstance(commune.demandeurs, Absence):
        demandeurs = f"demandeurs d’emploi{deux_points}{commune.demandeurs.value}"
    else:
        demandeurs = accorder(commune.demandeurs, "demandeur d’emploi", "demandeurs d’emploi")
    if isinstance(commune.atteignables, Absence):
        acces = f"structures atteignables{deux_points}{commune.atteignables.value}"
    else:
        acces = accorder(
            commune.atteignables,
            "structure à moins de 30 minutes",
            "structures à moins de 30 minutes",
        )
    return f"{commune.nom}{deux_points}{demandeurs}, {acces}"
