"""Answers « Qu’ont suivi les cibles de 2022 ? » from the figures of the atlas."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from maillage.analyses.targets.columns import (
    CIBLE,
    PERIODE_CIBLE,
    Departements,
    Serie,
    divide,
    growth,
    read_departements,
)
from maillage.analyses.targets.measures import MIN_PAIRES, fit, pearson, spearman
from maillage.analyses.targets.model import (
    CibleDepartement,
    Cibles,
    CleBesoin,
    Coefficient,
    Correlation,
    Dispersion,
    PartCle,
    Regression,
    Total,
)
from maillage.analyses.targets.sentences import LIMITES_REGRESSION, describe, state_limits
from maillage.indicators.gap import COMPOSITE, POIDS_PAR_DEFAUT
from maillage.kernel.niveau import Niveau
from maillage.kernel.valeur import Absence, Colonne, Valeur

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from maillage.analyses.diagnosis.atlas import Atlas
    from maillage.kernel.pedigree import Pedigree

TAILLE, RAPPORT = "taille", "rapport"
_EXTREMES = 5


def analyser_cibles(atlas: Atlas) -> Cibles:
    """What the targets of people in IAE for 31 December 2022 followed, by département."""
    departements = read_departements(atlas)
    parts = [_key_targets(departements, serie) for serie in departements.cles]
    totaux = _totals(atlas, departements)
    correlations = (*_on_sizes(departements), *_on_ratios(departements))
    dispersions = tuple(
        _spread(departements, stock) for stock in (departements.stock_2019, departements.stock_2021)
    )
    cles = tuple(
        _key(departements, serie, part)
        for serie, part in zip(departements.cles, parts, strict=True)
    )
    rows = _rows(departements, parts)
    regression = _regression(departements)
    return Cibles(
        phrases=describe(totaux, correlations, dispersions, regression),
        limites=state_limits(correlations),
        totaux=totaux,
        correlations=correlations,
        dispersions=dispersions,
        cles=cles,
        departements=rows,
        regression=regression,
        pedigrees=_pedigrees(atlas, departements),
    )


def _totals(atlas: Atlas, departements: Departements) -> tuple[Total, ...]:
    series = (
        departements.cible,
        departements.stock_2019,
        departements.stock_2021,
        departements.stock_2022,
    )
    return tuple(
        Total(
            code=serie.code,
            nom=serie.nom,
            periode=serie.periode,
            valeur=float(np.nansum(serie.nombres)),
            nombre=int(serie.colonne.connues.sum()),
            publie=atlas.cube.valeur(serie.indicateur, Niveau.FRANCE, "FR", serie.periode),
        )
        for serie in series
    )


# correlations


def _on_sizes(departements: Departements) -> tuple[Correlation, ...]:
    return tuple(
        found
        for serie in departements.tailles
        for found in _correlate(departements, ("cible", departements.cible.colonne), serie, TAILLE)
    )


def _on_ratios(departements: Departements) -> tuple[Correlation, ...]:
    """Intensity and required growth, against past intensity and rates of need."""
    demandeurs = departements.get("demandeurs")
    past = _derive(
        "intensite_2019",
        "Personnes en IAE pour 1\u202f000\u00a0demandeurs d’emploi",
        departements.stock_2019,
        divide(departements.stock_2019, demandeurs, 1000.0),
    )
    explained = (
        (
            "cible pour 1\u202f000\u00a0demandeurs d’emploi",
            divide(departements.cible, demandeurs, 1000.0),
        ),
        (
            "croissance demandée depuis décembre 2019",
            growth(departements.cible, departements.stock_2019),
        ),
    )
    return tuple(
        found
        for what in explained
        for serie in (past, *departements.taux)
        for found in _correlate(departements, what, serie, RAPPORT)
    )


def _derive(code: str, nom: str, origine: Serie, colonne: Colonne) -> Serie:
    return Serie(code, nom, origine.indicateur, origine.periode, colonne)


def _correlate(
    departements: Departements, what: tuple[str, Colonne], serie: Serie, nature: str
) -> tuple[Correlation, ...]:
    """One correlation, none when too few départements have both figures or one is constant."""
    label, colonne = what
    both = colonne.connues & serie.colonne.connues
    if both.sum() < MIN_PAIRES:
        return ()
    x, y = colonne.nombres[both], serie.nombres[both]
    if np.ptp(x) == 0 or np.ptp(y) == 0:
        return ()
    return (
        Correlation(
            code=serie.code,
            nom=serie.nom,
            nature=nature,
            cible=label,
            pearson=pearson(x, y),
            spearman=spearman(x, y),
            n=int(both.sum()),
            manquants=_missing(departements, both),
            periode=serie.date,
        ),
    )


def _missing(departements: Departements, kept: NDArray[np.bool_]) -> tuple[str, ...]:
    return tuple(
        code for code, is_kept in zip(departements.codes, kept, strict=True) if not is_kept
    )


# required growth


def _spread(departements: Departements, stock: Serie) -> Dispersion:
    colonne = growth(departements.cible, stock)
    known = colonne.connues
    order = [int(rank) for rank in np.argsort(colonne.nombres, kind="stable") if known[rank]]
    named = [
        (departements.codes[rank], departements.noms[rank], float(colonne.nombres[rank]))
        for rank in order
    ]
    low, q1, middle, q3, high = np.quantile(colonne.nombres[known], [0.0, 0.25, 0.5, 0.75, 1.0])
    both = departements.cible.colonne.connues & stock.colonne.connues
    whole = departements.cible.nombres[both].sum() / stock.nombres[both].sum() - 1.0
    return Dispersion(
        depart=stock.periode,
        minimum=float(low),
        quartile_1=float(q1),
        mediane=float(middle),
        quartile_3=float(q3),
        maximum=float(high),
        ensemble=float(whole),
        plus_bas=tuple(named[:_EXTREMES]),
        plus_haut=tuple(reversed(named[-_EXTREMES:])),
        n=int(known.sum()),
        manquants=_missing(departements, known),
    )


# keys of need


def _key_targets(departements: Departements, part: Serie) -> Colonne:
    """Sum of the targets of the départements known under a key, shared by that key."""
    known = part.colonne.connues & departements.cible.colonne.connues
    total = departements.cible.nombres[known].sum()
    shares = np.where(known, part.nombres, 0.0)
    weight = shares.sum()
    numbers = np.where(known, shares * total / weight if weight > 0 else np.nan, np.nan)
    return Colonne.from_nombres(numbers, Absence.INCONNUE)


def _key(departements: Departements, serie: Serie, given: Colonne) -> CleBesoin:
    known = given.connues
    moved = np.abs(departements.cible.nombres[known] - given.nombres[known]).sum() / 2
    cle = serie.code.removeprefix("part_")
    return CleBesoin(
        cle=cle,
        nom=serie.nom,
        periode=serie.date,
        n=int(known.sum()),
        manquants=_missing(departements, known),
        deplaces=float(moved),
        poids=tuple(POIDS_PAR_DEFAUT.items()) if cle == COMPOSITE else (),
    )


def _rows(departements: Departements, parts: list[Colonne]) -> tuple[CibleDepartement, ...]:
    croissance_2019 = growth(departements.cible, departements.stock_2019)
    croissance_2021 = growth(departements.cible, departements.stock_2021)
    atteinte = divide(departements.stock_2022, departements.cible)
    intensite = divide(departements.cible, departements.get("demandeurs"), 1000.0)
    return tuple(
        CibleDepartement(
            code=departements.codes[rank],
            nom=departements.noms[rank],
            cible=departements.cible.colonne[rank],
            stock_2019_12=departements.stock_2019.colonne[rank],
            stock_2021_12=departements.stock_2021.colonne[rank],
            stock_2022_09=departements.stock_2022.colonne[rank],
            croissance_2019=croissance_2019[rank],
            croissance_2021=croissance_2021[rank],
            atteinte=atteinte[rank],
            cible_pour_1000_demandeurs=intensite[rank],
            cles=tuple(
                _part(serie, departements.cible.colonne[rank], given[rank])
                for serie, given in zip(departements.cles, parts, strict=True)
            ),
        )
        for rank in np.argsort(np.array(departements.codes), kind="stable")
    )


def _part(serie: Serie, cible: Valeur, given: Valeur) -> PartCle:
    cle = serie.code.removeprefix("part_")
    if isinstance(cible, Absence):
        return PartCle(cle, given, cible)
    if isinstance(given, Absence):
        return PartCle(cle, given, given)
    return PartCle(cle, given, cible - given)


# regression


def _regression(departements: Departements) -> Regression:
    variables = (departements.stock_2019, departements.get("demandeurs"))
    columns = [departements.cible.nombres, *(serie.nombres for serie in variables)]
    known = np.all([np.nan_to_num(column) > 0 for column in columns], axis=0)
    logs = [np.log(column[known]) for column in columns]
    found = fit(logs[0], logs[1:])
    return Regression(
        coefficients=tuple(
            Coefficient(
                serie.code,
                serie.nom,
                found.coefficients[rank],
                found.erreurs[rank],
                found.r2_partiels[rank],
            )
            for rank, serie in enumerate(variables)
        ),
        constante=found.constante,
        r2=found.r2,
        n=found.n,
        manquants=_missing(departements, known),
        limites=LIMITES_REGRESSION,
    )


def _pedigrees(atlas: Atlas, departements: Departements) -> tuple[Pedigree, ...]:
    series = (departements.stock_2022, *departements.tailles, *departements.taux)
    wanted = {(CIBLE, PERIODE_CIBLE): None} | {
        (serie.indicateur, serie.periode): None for serie in series if serie.periode
    }
    return tuple(
        atlas.pedigree(indicateur, Niveau.DEPARTEMENT, periode) for indicateur, periode in wanted
    )
