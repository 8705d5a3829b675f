"""Models of the invented structures, as shipped, with changes of a few of their lines."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from maillage.analyses.modele.exemples import read_exemple
from maillage.analyses.modele.hypotheses import compute_hypotheses, to_valeurs
from maillage.analyses.modele.lecture import parse_hypotheses
from maillage.regles.engine.legislation import load_legislation

if TYPE_CHECKING:
    from maillage.analyses.modele.hypotheses import Hypotheses, ModeleCalcule
    from maillage.indicators.modele.cadre import Nombres
    from maillage.indicators.modele.modele import Modele

GENRES = ("AI", "ACI", "EI", "ETTI")


def ecrire(genre: str = "AI", *changements: tuple[str, str]) -> str:
    """Text of an example where some pieces are replaced, each found once at least."""
    texte = read_exemple(genre)
    for avant, apres in changements:
        assert avant in texte, avant
        texte = texte.replace(avant, apres)
    return texte


def lire(genre: str = "AI", *changements: tuple[str, str]) -> Hypotheses:
    """Hypotheses of an example."""
    return parse_hypotheses(ecrire(genre, *changements), "modele.toml")


@cache
def calcule(genre: str = "AI", *changements: tuple[str, str]) -> ModeleCalcule:
    """An example computed under the law."""
    return compute_hypotheses(lire(genre, *changements), load_legislation())


def modele(genre: str = "AI", *changements: tuple[str, str]) -> Modele:
    """The same, without the texts."""
    return calcule(genre, *changements).modele


def valeurs(genre: str = "AI", **autres: float) -> dict[str, Nombres]:
    """Figures of an example; `aide__retard_mois=2` changes « aide.retard_mois »."""
    lues = to_valeurs(calcule(genre).hypotheses)
    for nom, valeur in autres.items():
        chemin = nom.replace("__", ".")
        assert chemin in lues, chemin
        lues[chemin] = np.array([float(valeur)])
    return lues
