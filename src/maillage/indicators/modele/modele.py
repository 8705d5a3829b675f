"""One model computed from end to end: its year, its thresholds, its cash."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maillage.indicators.modele.annee import compute_annee
from maillage.indicators.modele.seuils import compute_seuils
from maillage.indicators.modele.tresorerie import compute_tresorerie

if TYPE_CHECKING:
    from maillage.indicators.modele.annee import Annee
    from maillage.indicators.modele.bareme import Bareme
    from maillage.indicators.modele.cadre import Cadre, Valeurs
    from maillage.indicators.modele.seuils import Seuils
    from maillage.indicators.modele.tresorerie import Tresorerie


@dataclass(frozen=True, slots=True, eq=False)
class Modele:
    """A model and all that follows from it.

    Attributes:
        cadre: What it is made of.
        valeurs: Its figures, of shape `(1,)`.
        bareme: The law.
        annee: The year.
        seuils: The hour, the volume and the price that balance the year.
        tresorerie: The path of the cash.
    """

    cadre: Cadre
    valeurs: Valeurs
    bareme: Bareme
    annee: Annee
    seuils: Seuils
    tresorerie: Tresorerie

    @property
    def resultat(self) -> float:
        """Result of the year, euros."""
        return float(self.annee.resultat[0])


def compute_modele(cadre: Cadre, valeurs: Valeurs, bareme: Bareme) -> Modele:
    """A model computed from end to end.

    Args:
        cadre: What it is made of.
        valeurs: Its figures, of shape `(1,)`.
        bareme: The law.
    """
    annee = compute_annee(cadre, valeurs, bareme)
    return Modele(
        cadre=cadre,
        valeurs=valeurs,
        bareme=bareme,
        annee=annee,
        seuils=compute_seuils(cadre, valeurs, annee),
        tresorerie=compute_tresorerie(cadre, valeurs, annee, bareme),
    )
