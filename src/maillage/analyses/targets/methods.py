"""How each part of the analysis of the targets is computed, in words that allow doing it again."""

from __future__ import annotations

from dataclasses import dataclass

from maillage.analyses.targets.columns import CIBLE, STOCK
from maillage.analyses.typography import typeset


@dataclass(frozen=True, slots=True)
class Calcul:
    """Method of one part of `Cibles`.

    Attributes:
        code: Attribute of `Cibles` that holds its figures.
        nom: Its name on screen.
        methode: What is done, in French.
        indicateurs: Series that it reads; empty when it reads them all.
    """

    code: str
    nom: str
    methode: str
    indicateurs: tuple[str, ...]


_DEMANDEURS = "demandeurs_emploi"

CALCULS: tuple[Calcul, ...] = tuple(
    Calcul(code, nom, typeset(methode), indicateurs)
    for code, nom, methode, indicateurs in (
        (
            "totaux",
            "Sommes",
            (
                "Chaque total additionne les départements dont le chiffre est connu ; leur nombre est "
                "écrit à côté. Le total publié, quand il existe, vient de la ligne « France » de la même "
                "source, sans addition. La part atteinte divise l’effectif de fin septembre 2022 par la "
                "somme des cibles."
            ),
            (CIBLE, STOCK),
        ),
        (
            "correlations",
            "Corrélations",
            (
                "Corrélation de Pearson entre les valeurs, et de Spearman entre les rangs, sur les "
                "départements qui ont les deux chiffres, chacun comptant pour un. Les tailles comparent "
                "des nombres de personnes ; les rapports, des parts et des taux. Un département sans "
                "chiffre est écarté et nommé, jamais compté pour zéro."
            ),
            (),
        ),
        (
            "dispersions",
            "Croissance demandée",
            (
                "Par département : cible de fin 2022 divisée par l’effectif de départ, moins un. Quartiles "
                "et médiane par interpolation linéaire, chaque département comptant pour un ; "
                "« Ensemble » compare les deux sommes."
            ),
            (CIBLE, STOCK),
        ),
        (
            "cles",
            "Clés de besoin",
            (
                "La somme des cibles des départements connus est répartie selon leur part du besoin. Les "
                "personnes à déplacer sont la moitié de la somme des écarts absolus entre la cible réelle "
                "et cette répartition ; l’écart d’un département est sa cible moins ce que donnerait la "
                "clé."
            ),
            (),
        ),
        (
            "regression",
            "Régression",
            (
                "Moindres carrés ordinaires du logarithme de la cible sur les logarithmes de l’effectif de "
                "décembre 2019 et du nombre de demandeurs d’emploi, sur les départements où les trois sont "
                "connus et positifs. « 10 % de plus » se lit 1,1 à la puissance de l’élasticité."
            ),
            (CIBLE, STOCK, _DEMANDEURS),
        ),
    )
)
"""In the order of the page."""
