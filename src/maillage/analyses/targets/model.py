"""What the analysis of the 2022 targets is made of: the shapes that pages, commands and files show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from maillage.analyses.diagnosis.phrase import Phrase
    from maillage.kernel.pedigree import Pedigree
    from maillage.kernel.valeur import Valeur


@dataclass(frozen=True, slots=True)
class Total:
    """A sum, beside the published one when there is one.

    Attributes:
        code: Stable ASCII name (cible, stock_2019_12, stock_2021_12, stock_2022_09, …).
        nom: Name on screen.
        periode: Period, in the form of `kernel.period`.
        valeur: Sum over the départements whose figure is known.
        nombre: Number of départements summed.
        publie: National figure as published, or why there is none.
    """

    code: str
    nom: str
    periode: str
    valeur: float
    nombre: int
    publie: Valeur


@dataclass(frozen=True, slots=True)
class Correlation:
    """How two columns of départements move together.

    Attributes:
        code: Stable ASCII name of the candidate (stock_2019_12, demandeurs, rsa, population, …).
        nom: Its name on screen, with its year.
        nature: `taille` when both columns are sizes; `rapport` when both are ratios.
        cible: What is correlated with the candidate (« cible », « croissance demandée »…).
        pearson: Correlation of the values, −1 to 1.
        spearman: Correlation of the ranks, −1 to 1.
        n: Départements used.
        manquants: Codes of the départements left out because a figure is absent.
        periode: Period of the candidate.
    """

    code: str
    nom: str
    nature: str
    cible: str
    pearson: float
    spearman: float
    n: int
    manquants: tuple[str, ...]
    periode: str


@dataclass(frozen=True, slots=True)
class Dispersion:
    """Spread of the growth that the targets required, target ÷ stock − 1.

    Attributes:
        depart: Period of the stock it starts from (« 2019-12 », « 2021-12 »).
        minimum, quartile_1, mediane, quartile_3, maximum: Growth, 0.64 for +64 %.
        ensemble: Growth of the sums.
        plus_bas, plus_haut: (code, name, growth) of the extremes, most extreme first.
        n: Départements used.
        manquants: Codes of those left out (no stock, or a stock of zero).
    """

    depart: str
    minimum: float
    quartile_1: float
    mediane: float
    quartile_3: float
    maximum: float
    ensemble: float
    plus_bas: tuple[tuple[str, str, float], ...]
    plus_haut: tuple[tuple[str, str, float], ...]
    n: int
    manquants: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PartCle:
    """What one key of need would have given one département.

    Attributes:
        cle: Code of the key (demandeurs, longue_duree, rsa, pauvrete, composite).
        cible: Its share of the sum of the targets of the départements known, in people.
        ecart: Real target minus that, in people: positive when it had more than the key gives.
    """

    cle: str
    cible: Valeur
    ecart: Valeur


@dataclass(frozen=True, slots=True)
class CibleDepartement:
    """One département: its target, where it came from, what need would have given, where it stood.

    Attributes:
        code, nom: Which.
        cible: Target for 31 December 2022, people in IAE.
        stock_2019_12, stock_2021_12, stock_2022_09: People in IAE at the end of those months.
        croissance_2019, croissance_2021: Required growth, target ÷ stock − 1.
        atteinte: Stock of September 2022 ÷ target.
        cible_pour_1000_demandeurs: Target per 1,000 job seekers.
        cles: What each key would have given, in the order of `Cibles.cles`.
    """

    code: str
    nom: str
    cible: Valeur
    stock_2019_12: Valeur
    stock_2021_12: Valeur
    stock_2022_09: Valeur
    croissance_2019: Valeur
    croissance_2021: Valeur
    atteinte: Valeur
    cible_pour_1000_demandeurs: Valeur
    cles: tuple[PartCle, ...]


@dataclass(frozen=True, slots=True)
class CleBesoin:
    """One key of need over all départements.

    Attributes:
        cle: Code (demandeurs, longue_duree, rsa, pauvrete, composite).
        nom: Name on screen, with its year.
        periode: Period of its figures.
        n: Départements whose figure is known.
        manquants: Codes of the others.
        deplaces: People that would have to move from one département to another for the targets
            to follow the key: half the sum of the absolute differences.
        poids: Weights of the composite, (key, weight); empty for the others.
    """

    cle: str
    nom: str
    periode: str
    n: int
    manquants: tuple[str, ...]
    deplaces: float
    poids: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Coefficient:
    """One explanatory variable of the regression of log(target).

    Attributes:
        code, nom: Of the variable.
        elasticite: Relative change of the target for a relative change of the variable, the others
            being equal.
        erreur: Standard error of the elasticity.
        r2_partiel: Part of what the others leave unexplained that this one explains, 0–1.
    """

    code: str
    nom: str
    elasticite: float
    erreur: float
    r2_partiel: float


@dataclass(frozen=True, slots=True)
class Regression:
    """Ordinary least squares of log(target) on log(stock) and log(need).

    Attributes:
        coefficients: One per variable, constant left out.
        constante: Intercept.
        r2: Part of the variance explained, 0–1.
        n: Départements used.
        manquants: Codes of those left out.
        limites: What it does not prove, one French sentence each.
    """

    coefficients: tuple[Coefficient, ...]
    constante: float
    r2: float
    n: int
    manquants: tuple[str, ...]
    limites: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cibles:
    """The whole answer to « Qu’ont suivi les cibles de 2022 ? ».

    Attributes:
        phrases: The answer in two to four French sentences, figures included.
        limites: « Ce que ces chiffres ne prouvent pas », one French sentence each.
        totaux: Sums, beside the published figures.
        correlations: On sizes first (population as the control), then on ratios.
        dispersions: Required growth from December 2019 and from December 2021.
        cles: The five keys of need.
        departements: The 101 départements, by code.
        regression: What a regression attributes to the stock and to need.
        pedigrees: Where each series comes from, in the order of the page.
    """

    phrases: tuple[Phrase, ...]
    limites: tuple[Phrase, ...]
    totaux: tuple[Total, ...]
    correlations: tuple[Correlation, ...]
    dispersions: tuple[Dispersion, ...]
    cles: tuple[CleBesoin, ...]
    departements: tuple[CibleDepartement, ...]
    regression: Regression
    pedigrees: tuple[Pedigree, ...]
