"""Derives the long table of published series above the commune."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from maillage.data.reference.recipes import RECETTES
from maillage.data.reference.schema import IDBANK, SERIES
from maillage.data.sources.besoin import CHOMAGE
from maillage.kernel.niveau import Niveau
from maillage.kernel.valeur import CONNUE, Absence, code_etat

if TYPE_CHECKING:
    from collections.abc import Mapping

    from maillage.data.reference.recipes import Recette
    from maillage.data.sources.publie import Constats

Cle = tuple[str, str, str, str]
"""Level, series, code and period of one figure."""
Points = dict[Cle, float | Absence]
"""Figures of one published file."""

_FRANCE = Niveau.FRANCE.value
_DEP, _REG, _EPCI = Niveau.DEPARTEMENT.value, Niveau.REGION.value, Niveau.EPCI.value


def derive_series(
    brut: Mapping[str, pa.Table], territoires: pa.Table, constats: Constats
) -> pa.Table:
    """One row per level, territory, series and period, sorted by level, series, code, period.

    Published figures only: no sum, no mean. A territory that a series does not cover, from the
    first period it could have, has a row whose state says that the figure is unknown.
    """
    known = _codes_by_level(territoires)
    twins = _single_departement_regions(territoires)
    rows: list[dict[str, Any]] = []
    for recette in RECETTES:
        source = recette.fichier.code
        points = _drop_former(_published(recette, brut[source]), known, source, constats)
        _share_with_twin(points, twins)
        _drop_empty_periods(points, recette)
        if recette.covers:
            _complete(points, known)
        rows += [_row(key, value, source) for key, value in points.items()]
    rows.sort(key=lambda row: (row["niveau"], row["serie"], row["code"], row["periode"]))
    return pa.Table.from_pylist(rows, schema=SERIES)


def derive_idbank(brut: Mapping[str, pa.Table]) -> pa.Table:
    """INSEE's identifier of each series of the localised unemployment rate, sorted by identifier."""
    recette = next(r for r in RECETTES if r.fichier is CHOMAGE)
    colonne = next(iter(recette.series))
    found = {
        (
            row["idbank"],
            recette.level(row),
            recette.code_territoire(row),
            recette.name(colonne, row),
        )
        for row in brut[CHOMAGE.code].to_pylist()
    }
    rows = [dict(zip(IDBANK.names, key, strict=True)) for key in sorted(found)]
    return pa.Table.from_pylist(rows, schema=IDBANK)


def _published(recette: Recette, table: pa.Table) -> Points:
    points: Points = {}
    for row in table.to_pylist():
        niveau, code, periode = (
            recette.level(row),
            recette.code_territoire(row),
            recette.periode(row),
        )
        for colonne in recette.series:
            value = row[colonne]
            if value is None and recette.skips_blank:
                continue
            serie = recette.name(colonne, row)
            points[niveau, serie, code, periode] = recette.figure(serie, row, value)
    return points


def _drop_former(
    points: Points, known: Mapping[str, set[str]], source: str, constats: Constats
) -> Points:
    """Leave out the EPCI that no longer exist, and count them."""
    kept = {key: v for key, v in points.items() if key[0] != _EPCI or key[2] in known[_EPCI]}
    former = {key[2] for key in points} - {key[2] for key in kept}
    if former:
        constats.repair(
            source,
            f"{len(former)} intercommunalités disparues depuis ne sont pas reprises : leurs "
            "chiffres ne se répartissent pas entre celles de 2025.",
        )
    return kept


def _share_with_twin(points: Points, twins: Mapping[tuple[str, str], tuple[str, str]]) -> None:
    """Give a figure published for an overseas région to its only département, and conversely.

    Only at a level where the file itself gives that series: nothing is raised from one level to
    another.
    """
    published = {(niveau, serie, periode) for niveau, serie, _, periode in points}
    for (niveau, serie, code, periode), value in list(points.items()):
        twin = twins.get((niveau, code))
        if twin is not None and (twin[0], serie, periode) in published:
            points.setdefault((twin[0], serie, twin[1], periode), value)


def _drop_empty_periods(points: Points, recette: Recette) -> None:
    """Remove the periods in which a series does not exist: nobody has a figure."""
    alive = {(k[0], k[1], k[3]) for k, v in points.items() if not isinstance(v, Absence)}
    for niveau, serie, code, periode in list(points):
        if (niveau, serie, periode) not in alive and serie not in recette.keeps_blank:
            del points[niveau, serie, code, periode]


def _complete(points: Points, known: Mapping[str, set[str]]) -> None:
    """Add an unknown figure where a territory of the level has none.

    From its own first published period; from the first of the series when it has none at all.
    """
    periods: dict[tuple[str, str], set[str]] = defaultdict(set)
    first: dict[tuple[str, str, str], str] = {}
    for niveau, serie, code, periode in points:
        periods[niveau, serie].add(periode)
        key = (niveau, serie, code)
        first[key] = min(periode, first.get(key, periode))
    for (niveau, serie), all_periods in periods.items():
        if niveau == _FRANCE:
            continue
        for code in known[niveau]:
            start = first.get((niveau, serie, code), "")
            for periode in all_periods:
                if periode >= start:
                    points.setdefault((niveau, serie, code, periode), Absence.INCONNUE)


def _row(key: Cle, value: float | Absence, source: str) -> dict[str, Any]:
    niveau, serie, code, periode = key
    etat = code_etat(value)
    return {
        "niveau": niveau,
        "code": code,
        "serie": serie,
        "periode": periode,
        "valeur": value if etat == CONNUE else None,
        "etat": etat,
        "source": source,
    }


def _codes_by_level(territoires: pa.Table) -> dict[str, set[str]]:
    codes: dict[str, set[str]] = defaultdict(set)
    for row in territoires.select(["niveau", "code"]).to_pylist():
        codes[row["niveau"]].add(row["code"])
    return codes


def _single_departement_regions(
    territoires: pa.Table,
) -> dict[tuple[str, str], tuple[str, str]]:
    """Régions made of one département, both ways: the same land under two codes."""
    twins: dict[tuple[str, str], tuple[str, str]] = {}
    for row in territoires.to_pylist():
        if row["niveau"] == _REG and len(row["codes_departements"]) == 1:
            region, departement = (_REG, row["code"]), (_DEP, row["codes_departements"][0])
            twins |= {region: departement, departement: region}
    return twins
