"""What one step of each hypothesis does to the result and to the lowest cash, the largest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maillage.indicators.modele.cles import Unite, list_cles
from maillage.indicators.modele.leviers import LIBELLES_ENSEMBLE, scale, shift
from maillage.indicators.modele.modele import compute_modele

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maillage.indicators.modele.cadre import Valeurs
    from maillage.indicators.modele.cles import Cle
    from maillage.indicators.modele.modele import Modele

POUR_CENT = 0.01


@dataclass(frozen=True, slots=True)
class Effet:
    """What one step of a hypothesis does, euros.

    Attributes:
        chemin: Path of the figure.
        libelle: As shown.
        pas: The step, in words: « +1 % », « +1 point », « +1 mois ».
        resultat: Change of the result of the year.
        point_bas: Change of the lowest cash of the path.
    """

    chemin: str
    libelle: str
    pas: str
    resultat: float
    point_bas: float


def measure_sensibilite(modele: Modele) -> tuple[Effet, ...]:
    """Effect of one step of each hypothesis, by size of the change of the result, then of the cash.

    A sum, a price or a volume moves by 1 %, a rate by one point, a delay by one month. What is nil and
    moves by 1 % stays nil: it is left out.
    """
    effets = [
        _measure(modele, chemin, libelle, "+1 %", _scaled(modele, chemin))
        for chemin, libelle in LIBELLES_ENSEMBLE.items()
    ]
    for cle in list_cles(modele.cadre):
        effets += [
            _measure(modele, cle.chemin, cle.libelle, pas, valeurs)
            for pas, valeurs in _move(modele, cle)
        ]
    return tuple(sorted(effets, key=lambda un: (-abs(un.resultat), -abs(un.point_bas), un.chemin)))


def _move(modele: Modele, cle: Cle) -> Iterator[tuple[str, Valeurs]]:
    valeur = float(modele.valeurs[cle.chemin][0])
    if cle.unite is Unite.MOIS:
        yield "+1 mois", shift(modele.valeurs, cle.chemin, 1.0)
    elif cle.unite is Unite.PART and not cle.chemin.endswith(".coefficient"):
        yield "+1 point", shift(modele.valeurs, cle.chemin, POUR_CENT)
    elif valeur:
        yield "+1 %", _scaled(modele, cle.chemin)


def _scaled(modele: Modele, chemin: str) -> Valeurs:
    return scale(modele.cadre, modele.valeurs, chemin, 1 + POUR_CENT)


def _measure(modele: Modele, chemin: str, libelle: str, pas: str, valeurs: Valeurs) -> Effet:
    change = compute_modele(modele.cadre, valeurs, modele.bareme)
    return Effet(
        chemin,
        libelle,
        pas,
        change.resultat - modele.resultat,
        change.tresorerie.point_bas - modele.tresorerie.point_bas,
    )
