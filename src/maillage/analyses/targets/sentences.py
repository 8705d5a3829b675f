"""What the analysis of the targets says, and what it does not prove, in French."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.analyses.diagnosis.phrase import Phrase
from maillage.analyses.typography import typeset
from maillage.kernel.francais import format_nombre, join_fr

if TYPE_CHECKING:
    from collections.abc import Iterable

    from maillage.analyses.targets.model import (
        Coefficient,
        Correlation,
        Dispersion,
        Regression,
        Total,
    )

_BESOINS = ("demandeurs", "longue_duree", "rsa", "pauvrete")
_ARTICLES = {
    "stock_2019_12": "le nombre de personnes en IAE en décembre 2019",
    "stock_2021_12": "le nombre de personnes en IAE en décembre 2021",
    "structures": "le nombre de structures de décembre 2020",
    "demandeurs": "le nombre de demandeurs d’emploi",
    "longue_duree": "le nombre de demandeurs d’emploi de longue durée",
    "rsa": "le nombre d’allocataires du RSA",
    "pauvrete": "le nombre de personnes sous le seuil de pauvreté",
    "population_20_64": "la population de 20 à 64 ans",
    "population": "la population",
}
_NOMS_TAUX = {
    "demandeurs_pour_100": "la part de demandeurs d’emploi dans la population de 15 à 64 ans",
    "chomage": "le taux de chômage",
    "pauvrete": "le taux de pauvreté",
    "rsa_pour_100": "la part d’allocataires du RSA dans la population de 20 à 64 ans",
    "longue_duree": "la part de longue durée parmi les demandeurs d’emploi",
}

LIMITES_REGRESSION = tuple(
    typeset(limite)
    for limite in (
        "La régression compte chaque département pour un, Paris comme la Lozère.",
        (
            "Le nombre de personnes déjà en IAE reflète lui-même une part du besoin passé : ce qu’elle "
            "attribue au stock n’est pas tout entier étranger au besoin."
        ),
        (
            "Les deux variables varient ensemble : les élasticités disent ce qui accompagne la cible, "
            "pas ce qui l’a causée."
        ),
    )
)


def describe(
    totaux: tuple[Total, ...],
    correlations: tuple[Correlation, ...],
    dispersions: tuple[Dispersion, ...],
    regression: Regression,
) -> tuple[Phrase, ...]:
    """The answer to « Qu’ont suivi les cibles de 2022 ? », most important sentence first."""
    sizes = {c.code: c for c in correlations if c.nature == "taille"}
    sentences = [
        (_followed(sizes), ("correlations",)),
        (_control(sizes), ("correlations",)),
        (
            _growth(dispersions[0]) + _growth_and_need(correlations),
            ("dispersions", "correlations"),
        ),
        (_regression(regression.coefficients), ("regression",)),
        (_attained(totaux), ("totaux",)),
    ]
    return tuple(
        Phrase(typeset(sentence), calculs=calculs) for sentence, calculs in sentences if sentence
    )


def state_limits(correlations: tuple[Correlation, ...]) -> tuple[Phrase, ...]:
    """« Ce que ces chiffres ne prouvent pas », one sentence each."""
    sizes = {c.code: c for c in correlations if c.nature == "taille"}
    population = sizes.get("population")
    witness = "" if population is None else f" ({_r(population)} avec la seule population)"
    limits = (
        (
            "Une corrélation entre grandeurs dit peu : presque tout ce que l’on compte dans un "
            f"département augmente avec sa population{witness}. Les parts et les rapports, plus bas, en "
            "disent davantage."
        ),
        (
            "Une corrélation ne dit pas comment les cibles ont été fixées : les sources réunies ici ne "
            "publient pas la règle."
        ),
        (
            f"Les séries du besoin n’ont pas la date des cibles : {_dates(sizes)}. La source des "
            "demandeurs d’emploi ne dit ni leur catégorie ni leur date, déduites de leur total."
        ),
        (
            "Deux rapports qui ont le même dénominateur (cible et stock pour 1 000 demandeurs d’emploi) "
            "se ressemblent en partie pour cette raison."
        ),
        (
            "La croissance demandée contient le stock de départ : elle est mécaniquement plus forte là "
            "où ce stock était faible."
        ),
        (
            "Le stock compte des personnes en fin de mois, tous types de structures ensemble, et non des "
            "équivalents temps plein."
        ),
        (
            "Répartir les cibles selon une clé de besoin est un calcul de comparaison, pas une "
            "proposition : aucune clé ne mesure à elle seule le besoin d’insertion."
        ),
    )
    first, *others = (typeset(limit) for limit in limits)
    return (Phrase(first, calculs=("correlations",)), *(Phrase(limit) for limit in others))


def _followed(sizes: dict[str, Correlation]) -> str:
    past = sizes.get("stock_2019_12")
    needs = [sizes[code] for code in _BESOINS if code in sizes]
    if past is None or not needs:
        return ""
    closest = max(need.pearson for need in needs)
    verdict = (
        "ont suivi l’existant plus que le besoin"
        if past.pearson > closest
        else "n’ont pas suivi l’existant plus que le besoin"
    )
    cited = [sizes[code] for code in ("demandeurs", "rsa") if code in sizes]
    listed = join_fr(f"{_r(need)} avec {_ARTICLES[need.code]}" for need in cited)
    return (
        f"Les cibles de 2022 {verdict} : d’un département à l’autre, leur corrélation est de "
        f"{_r(past)} avec {_ARTICLES[past.code]}, contre {listed}."
    )


def _dates(sizes: dict[str, Correlation]) -> str:
    named = (
        ("demandeurs", "les demandeurs d’emploi sont de"),
        ("rsa", "le RSA de"),
        ("pauvrete", "la pauvreté de"),
        ("longue_duree", "la part de longue durée de"),
    )
    return join_fr(f"{nom} {sizes[code].periode}" for code, nom in named if code in sizes)


def _control(sizes: dict[str, Correlation]) -> str:
    population = sizes.get("population")
    if population is None:
        return ""
    return (
        f"La population seule donne {_r(population)} : à ce niveau, une corrélation entre grandeurs "
        "ne distingue pas le besoin de la taille."
    )


def _growth(dispersion: Dispersion) -> str:
    low, high = dispersion.plus_bas[0], dispersion.plus_haut[0]
    return (
        f"La croissance demandée depuis décembre {dispersion.depart[:4]} va de {_percent(low[2])} "
        f"({low[1]}) à {_percent(high[2])} ({high[1]}), la moitié des départements étant entre "
        f"{_percent(dispersion.quartile_1)} et {_percent(dispersion.quartile_3)}"
    )


def _growth_and_need(correlations: Iterable[Correlation]) -> str:
    rates = [
        c
        for c in correlations
        if c.nature == "rapport" and c.cible.startswith("croissance") and c.code in _NOMS_TAUX
    ]
    if not rates:
        return "."
    strongest = max(rates, key=lambda c: abs(c.pearson))
    return (
        " ; elle est peu liée au besoin : sa corrélation la plus forte est de "
        if abs(strongest.pearson) < _FAIBLE
        else " ; sa corrélation la plus forte avec un taux de besoin est de "
    ) + f"{_r(strongest)}, avec {_NOMS_TAUX[strongest.code]}."


def _regression(coefficients: tuple[Coefficient, ...]) -> str:
    stock, need = coefficients
    return (
        "À nombre de demandeurs d’emploi égal, 10 % de personnes en IAE de plus en décembre 2019 "
        f"accompagnent une cible plus forte de {_gain(stock)} % ; à stock égal, 10 % de demandeurs "
        f"d’emploi de plus, de {_gain(need)} %."
    )


def _attained(totaux: tuple[Total, ...]) -> str:
    by_code = {total.code: total for total in totaux}
    target, now = by_code["cible"], by_code["stock_2022_09"]
    return (
        f"Au 30 septembre 2022, {format_nombre(now.valeur)} personnes étaient en IAE, soit "
        f"{format_nombre(100 * now.valeur / target.valeur)} % des {format_nombre(target.valeur)} "
        f"visées par les {target.nombre} départements pour le 31 décembre."
    )


_FAIBLE = 0.3
"""Correlation under which less than a tenth of the variance is shared."""


def _r(correlation: Correlation) -> str:
    return format_nombre(correlation.pearson, 2)


def _percent(growth: float) -> str:
    sign = "+" if growth > 0 else ""
    return f"{sign}{format_nombre(100 * growth)} %"


def _gain(coefficient: Coefficient) -> str:
    """Growth of the target that goes with 10 % more of the variable, in percent."""
    return format_nombre(100 * (1.1**coefficient.elasticite - 1), 1)
