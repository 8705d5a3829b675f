"""Classes of a map: five or six, with bounds that can be read, and how they were cut."""

from __future__ import annotations

import itertools
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from maillage.kernel.francais import format_nombre
from maillage.kernel.valeur import Absence, Valeur

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

NOMBRE_CLASSES = 6
_BORNES_MIN = 4  # fewer: the lowest figure is repeated too often for quantiles
_CHIFFRES_SIGNIFICATIFS = (2, 3, 4)
_SEQUENTIELLES = {
    1: ("s4",),
    2: ("s2", "s5"),
    3: ("s1", "s3", "s5"),
    4: ("s1", "s3", "s4", "s6"),
    5: ("s1", "s2", "s3", "s5", "s6"),
    6: ("s1", "s2", "s3", "s4", "s5", "s6"),
}
_DIVERGENTES = ("d1", "d2", "d3", "d4", "d5", "d6")


@dataclass(frozen=True, slots=True)
class Classe:
    """One class of the legend.

    Attributes:
        style: CSS class of its shapes.
        libelle: Its bounds, in French.
        effectif: Number of territories in it.
    """

    style: str
    libelle: str
    effectif: int


@dataclass(frozen=True, slots=True)
class Classement:
    """How figures are cut into classes.

    Attributes:
        bornes: Inner bounds, ascending; a figure equal to a bound goes to the class above.
        styles: CSS class of each class, one more than the bounds.
        methode: How the bounds were chosen, one French sentence.
    """

    bornes: tuple[float, ...]
    styles: tuple[str, ...]
    methode: str

    def style(self, valeur: Valeur) -> str:
        """CSS class of a figure; `n0` (hatched) for an absence."""
        if isinstance(valeur, Absence):
            return "n0"
        return self.styles[bisect_right(self.bornes, valeur)]


def cut_sequential(valeurs: Iterable[Valeur], decimales: int = 0) -> Classement:
    """Classes of about equal size, bounds rounded; fewer when figures are few or repeated.

    Where many territories share the lowest figure (no one without access, say), that figure is a
    class of its own and the others are cut among themselves.
    """
    connues = sorted(v for v in valeurs if not isinstance(v, Absence))
    bornes = _inner_quantiles(connues, NOMBRE_CLASSES)
    methode = "Classes d’effectifs à peu près égaux (quantiles), bornes arrondies."
    if len(bornes) < _BORNES_MIN and connues and connues[0] < connues[-1]:
        seuil = round(connues[0], decimales) + 10**-decimales
        autres = [v for v in connues if v >= seuil]
        bornes = sorted({seuil, *_inner_quantiles(autres, NOMBRE_CLASSES - 1)})
        methode = (
            "Première classe\u00a0: la valeur la plus basse, très répandue. Les autres territoires\u00a0: "
            "classes d’effectifs à peu près égaux (quantiles), bornes arrondies."
        )
    return Classement(tuple(bornes), _SEQUENTIELLES[len(bornes) + 1], methode)


def _inner_quantiles(triees: Sequence[float], classes: int) -> list[float]:
    """Rounded bounds between classes of equal size, inside the range of the figures."""
    bornes = _readable([_quantile(triees, k / classes) for k in range(1, classes)])
    return [borne for borne in bornes if triees and triees[0] < borne <= triees[-1]]


def cut_diverging(valeurs: Iterable[Valeur]) -> Classement:
    """Three classes on each side of zero, the same distances on both."""
    ecarts = sorted(abs(v) for v in valeurs if not isinstance(v, Absence))
    bornes = _readable([_quantile(ecarts, 1 / 3), _quantile(ecarts, 2 / 3)])
    methode = (
        "Classes symétriques autour de zéro\u00a0; bornes aux tiers des écarts en valeur absolue, "
        "arrondies."
    )
    if bornes[0] <= 0 or len(bornes) == 1:
        return Classement((0.0,), ("d2", "d5"), methode)
    proche, loin = bornes
    return Classement((-loin, -proche, 0.0, proche, loin), _DIVERGENTES, methode)


def legend(classement: Classement, valeurs: Iterable[Valeur], decimales: int) -> list[Classe]:
    """Legend, lowest class first, then one line per kind of absence met."""
    valeurs = list(valeurs)
    effectifs = dict.fromkeys(classement.styles, 0)
    absences: dict[Absence, int] = {}
    for valeur in valeurs:
        if isinstance(valeur, Absence):
            absences[valeur] = absences.get(valeur, 0) + 1
        else:
            effectifs[classement.style(valeur)] += 1
    bornes = [_format_borne(borne, decimales) for borne in classement.bornes]
    libelles = _libelles(bornes) if bornes else ["toutes les valeurs"]
    classes = [
        Classe(style, libelle, effectifs[style])
        for style, libelle in zip(classement.styles, libelles, strict=True)
    ]
    return classes + [Classe("n0", absence.value, n) for absence, n in absences.items()]


def _libelles(bornes: Sequence[str]) -> list[str]:
    milieux = [f"de {bas} à {haut}" for bas, haut in itertools.pairwise(bornes)]
    return [f"moins de {bornes[0]}", *milieux, f"{bornes[-1]} et plus"]


def _format_borne(borne: float, decimales: int) -> str:
    texte = format_nombre(borne, max(decimales, _decimales_utiles(borne)))
    return texte.rstrip("0").rstrip(",") if "," in texte else texte


def _decimales_utiles(borne: float) -> int:
    texte = f"{borne:.6f}".rstrip("0")
    return len(texte.partition(".")[2])


def _quantile(triees: Sequence[float], part: float) -> float:
    """Linear quantile of sorted numbers; 0 when there is none."""
    if not triees:
        return 0.0
    place = part * (len(triees) - 1)
    bas = int(place)
    haut = min(bas + 1, len(triees) - 1)
    return triees[bas] + (triees[haut] - triees[bas]) * (place - bas)


def _readable(bornes: list[float]) -> list[float]:
    """Bounds with as few digits as keep them apart; equal ones are merged."""
    distinctes = sorted(set(bornes))
    for chiffres in _CHIFFRES_SIGNIFICATIFS:
        arrondies = [float(f"{borne:.{chiffres}g}") for borne in distinctes]
        if len(set(arrondies)) == len(distinctes):
            return arrondies
    return sorted(set(arrondies)) if distinctes else []
