"""Derives the need figures of communes, each with its state: known, secret, not published…"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from maillage.data.reference.schema import BESOIN_COMMUNES
from maillage.data.sources.cog import ANNEES_POPULATION
from maillage.kernel.valeur import CONNUE, Absence, code_etat

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from maillage.data.sources.publie import Constats

DERNIERE_POPULATION = 2021
_FILOSOFI = {
    "menages_fiscaux": "menages_fiscaux_2020",
    "personnes_menages_fiscaux": "personnes_2020",
    "niveau_vie_median": "niveau_vie_median_2020_eur",
    "taux_pauvrete": "taux_pauvrete_2020_pct",
    "part_minima_sociaux": "part_minima_sociaux_2020_pct",
}
_RECENSEMENT = {
    "pop_15_64": "pop_15_64_2021",
    "actifs_15_64": "actifs_15_64_2021",
    "chomeurs_rp_15_64": "chomeurs_rp_15_64_2021",
}


@dataclass(frozen=True, slots=True)
class _Communes:
    """Communes and arrondissements in code order, with what decides the state of a blank.

    Attributes:
        codes: Sorted. Shape `(n,)`, as every mask below.
        retablies: Restored since the last census: nothing is published for them yet.
        inhabitees: Population zero.
        hors_filosofi: In a département where the 2020 tax data give nothing, an arrondissement
            (figures are given for the whole city), or absent from the census columns as well.
    """

    codes: list[str]
    retablies: NDArray[np.bool_]
    inhabitees: NDArray[np.bool_]
    hors_filosofi: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class _Serie:
    nom: str
    periode: str
    source: str
    nombres: NDArray[np.float64]
    etats: NDArray[np.uint8]


def derive_besoin_communes(
    brut: Mapping[str, pa.Table], communes: pa.Table, constats: Constats
) -> pa.Table:
    """One row per commune or arrondissement, series and period, known or not.

    Sorted by series, period and code: neighbours look alike and compress well.
    """
    codes = communes["code"].to_pylist()
    besoin = _aligned(brut["communes_besoin"], codes)
    cadre = _communes(communes, brut, besoin)
    series = [*_populations(brut, cadre, constats), *_needs(besoin, cadre, constats)]
    series.sort(key=lambda serie: (serie.nom, serie.periode))
    parts = [_table(serie, codes) for serie in series]
    return pa.concat_tables(parts).combine_chunks()


def _aligned(table: pa.Table, codes: list[str]) -> dict[str, NDArray[np.float64]]:
    """Number columns of a table keyed by `code_insee`, in the order of the codes."""
    positions = {code: i for i, code in enumerate(codes)}
    rows = np.array([positions[code] for code in table["code_insee"].to_pylist()])
    columns = {}
    for name in table.column_names:
        if table.schema.field(name).type == pa.float64():
            values = np.full(len(codes), np.nan)
            values[rows] = table[name].to_numpy()
            columns[name] = values
    return columns


def _communes(
    communes: pa.Table, brut: Mapping[str, pa.Table], besoin: dict[str, NDArray[np.float64]]
) -> _Communes:
    codes = communes["code"].to_pylist()
    population = _aligned(brut["communes"], codes)["population_2021"]
    departements = np.array(communes["code_departement"].to_pylist())
    known = ~np.isnan(besoin["niveau_vie_median_2020_eur"])
    couverts = np.unique(departements[known])
    arrondissements = np.array(communes["type"].to_pylist()) == "ARM"
    sans_recensement = np.isnan(besoin["pop_15_64_2021"])
    return _Communes(
        codes=codes,
        retablies=np.isnan(population),
        inhabitees=population == 0,
        hors_filosofi=~np.isin(departements, couverts) | arrondissements | sans_recensement,
    )


def _populations(
    brut: Mapping[str, pa.Table], cadre: _Communes, constats: Constats
) -> list[_Serie]:
    history = _merge_former(brut, cadre.codes, constats)
    latest = _aligned(brut["communes"], cadre.codes)["population_2021"]
    _compare_populations(history, latest, constats)
    series = []
    for annee in ANNEES_POPULATION:
        is_last = annee == DERNIERE_POPULATION
        nombres = latest if is_last else history[f"population_{annee}"]
        source = "communes" if is_last else "communes_population_2013_2021"
        etats = _etats(nombres, cadre.retablies)
        series.append(_Serie("population", str(annee), source, nombres, etats))
    return series


def _merge_former(
    brut: Mapping[str, pa.Table], codes: list[str], constats: Constats
) -> dict[str, NDArray[np.float64]]:
    """Populations by year, those of merged communes added to the current one.

    A year in which one of the merged communes has no figure stays unknown.
    """
    anciennes = brut["communes_anciennes"]
    successors = dict(
        zip(
            anciennes["code_insee_ancien"].to_pylist(),
            anciennes["code_insee_actuel"].to_pylist(),
            strict=True,
        )
    )
    positions = {code: i for i, code in enumerate(codes)}
    table = brut["communes_population_2013_2021"]
    published = table["code_insee"].to_pylist()
    targets = np.array(
        [positions.get(c, positions.get(successors.get(c) or "", -1)) for c in published]
    )
    merged = sum(code not in positions for code in published)
    constats.repair(
        "communes_population_2013_2021",
        f"Codes d’anciennes communes additionnés dans leur commune de 2025 : {merged} ; "
        f"sans successeur connu, laissés de côté : {int((targets < 0).sum())}.",
    )
    seen = np.zeros(len(codes), dtype=np.int64)
    np.add.at(seen, targets[targets >= 0], 1)
    columns = {}
    for annee in ANNEES_POPULATION:
        values = table[f"population_{annee}"].to_numpy()
        total = np.where(seen > 0, 0.0, np.nan)
        np.add.at(total, targets[targets >= 0], values[targets >= 0])
        columns[f"population_{annee}"] = total
    return columns


def _compare_populations(
    history: dict[str, NDArray[np.float64]], latest: NDArray[np.float64], constats: Constats
) -> None:
    same_year = history[f"population_{DERNIERE_POPULATION}"]
    both = ~np.isnan(same_year) & ~np.isnan(latest)
    differing = int((same_year[both] != latest[both]).sum())
    only_latest = int((~np.isnan(latest) & np.isnan(same_year)).sum())
    constats.repair(
        "communes_population_2013_2021",
        f"Communes dont la population de {DERNIERE_POPULATION} diffère de la table des communes, "
        f"qui fait foi : {differing} ; communes absentes de ce fichier, donc inconnues avant "
        f"cette année : {only_latest}.",
    )


def _needs(
    besoin: dict[str, NDArray[np.float64]], cadre: _Communes, constats: Constats
) -> list[_Serie]:
    demandeurs = besoin["demandeurs_emploi_2025"]
    etats = _etats(demandeurs, cadre.retablies)
    blanks = [c for c, e in zip(cadre.codes, etats, strict=True) if e != CONNUE]
    constats.repair("communes_besoin_demandeurs", f"Communes sans chiffre : {', '.join(blanks)}.")
    series = [_Serie("demandeurs_emploi", "2024", "communes_besoin_demandeurs", demandeurs, etats)]
    for serie, colonne in _RECENSEMENT.items():
        nombres = besoin[colonne]
        etats = _etats(nombres, cadre.retablies)
        series.append(_Serie(serie, "2021", "communes_besoin_recensement", nombres, etats))
    for serie, colonne in _FILOSOFI.items():
        nombres = besoin[colonne]
        etats = _etats_filosofi(nombres, cadre)
        series.append(_Serie(serie, "2020", "communes_besoin_filosofi", nombres, etats))
    return series


def _etats(nombres: NDArray[np.float64], retablies: NDArray[np.bool_]) -> NDArray[np.uint8]:
    """States of a series where a blank is unknown, or not yet published for restored communes."""
    return np.select(
        [~np.isnan(nombres), retablies],
        [CONNUE, code_etat(Absence.PAS_ENCORE_PUBLIEE)],
        code_etat(Absence.INCONNUE),
    ).astype(np.uint8)


def _etats_filosofi(nombres: NDArray[np.float64], cadre: _Communes) -> NDArray[np.uint8]:
    """States of a tax series: a blank is secret where INSEE covers the territory."""
    return np.select(
        [
            ~np.isnan(nombres),
            cadre.inhabitees,
            cadre.retablies,
            cadre.hors_filosofi,
        ],
        [
            CONNUE,
            code_etat(Absence.SANS_OBJET),
            code_etat(Absence.PAS_ENCORE_PUBLIEE),
            code_etat(Absence.INCONNUE),
        ],
        code_etat(Absence.SECRETE),
    ).astype(np.uint8)


def _table(serie: _Serie, codes: list[str]) -> pa.Table:
    n = len(codes)
    return pa.table(
        [
            pa.array(codes, pa.string()),
            pa.array([serie.nom] * n, pa.string()),
            pa.array([serie.periode] * n, pa.string()),
            pa.array(serie.nombres, pa.float64(), mask=serie.etats != CONNUE),
            pa.array(serie.etats, pa.uint8()),
            pa.array([serie.source] * n, pa.string()),
        ],
        schema=BESOIN_COMMUNES,
    )
