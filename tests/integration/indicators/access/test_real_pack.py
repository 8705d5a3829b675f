"""Access on the embedded pack: brute force, islands, divided cities, published numbers of communes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pytest
from access import Access
from access.weights import step_fn

from maillage.data.reference.pack import Pack, embedded_pack
from maillage.indicators.access.cartes import CARTES
from maillage.indicators.access.compute import KINDS, AccessResult, compute_access
from maillage.indicators.access.lieux import KINDS_IAE, read_structures
from maillage.indicators.access.travel import RAYON_TERRE_KM
from maillage.kernel.niveau import Niveau
from maillage.kernel.valeur import Absence, Valeur

UNINHABITED = ("55039", "55050", "55139", "55189", "55239", "55307")
SPEED = {"1": 25, "2": 25, "3": 40, "4": 40, "5": 55, "6": 55, "7": 55, None: 40}
DIVIDED = {"75056": "75", "69123": "69", "13055": "13"}


@dataclass(frozen=True)
class Country:
    """The real country, computed once for the module."""

    pack: Pack
    codes: dict[Niveau, tuple[str, ...]]
    result: AccessResult
    communes: dict[str, dict[str, Any]]

    def figure(self, indicateur: str, niveau: Niveau, code: str) -> Valeur:
        colonne = self.result.colonnes[indicateur, niveau]
        return colonne[self.codes[niveau].index(code)]


@pytest.fixture(scope="module")
def country() -> Country:
    pack = embedded_pack()
    communes = {row["code"]: row for row in pack.tables["communes"].to_pylist()}
    codes: dict[Niveau, tuple[str, ...]] = {Niveau.COMMUNE: tuple(communes)}
    for row in pack.tables["territoires"].to_pylist():
        niveau = Niveau(row["niveau"])
        codes[niveau] = (*codes.get(niveau, ()), row["code"])
    return Country(pack, codes, compute_access(pack, codes), communes)


def demandeurs(country: Country) -> dict[str, float | None]:
    """Job seekers by commune and arrondissement."""
    return {
        row["code"]: row["valeur"]
        for row in country.pack.tables["besoin_communes"].to_pylist()
        if row["serie"] == "demandeurs_emploi"
    }


def minutes_to_all(country: Country, code: str) -> list[tuple[dict[str, Any], float]]:
    """Each structure of the IAE and the minutes to it, by haversine, without any index."""
    origin, communes = country.communes[code], country.communes
    from_density = (origin if origin["densite"] else communes[origin["code_parent"]])["densite"]
    found = []
    for row in country.pack.tables["structures"].to_pylist():
        if row["kind"] not in KINDS_IAE or row["latitude"] is None:
            continue
        place = communes.get(row["code_commune"], {"densite": None, "code_parent": None})
        density = place["densite"] or communes.get(place["code_parent"], {}).get("densite")
        phi = np.radians([origin["latitude"], row["latitude"]])
        half_lat = (phi[1] - phi[0]) / 2
        half_lon = np.radians(row["longitude"] - origin["longitude"]) / 2
        h = np.sin(half_lat) ** 2 + np.cos(phi[0]) * np.cos(phi[1]) * np.sin(half_lon) ** 2
        half_road = 1.3 * RAYON_TERRE_KM * np.arcsin(np.sqrt(h))
        found.append((row, 60 * half_road * (1 / SPEED[from_density] + 1 / SPEED[density])))
    return found


def test_fifty_communes_agree_with_brute_force(country: Country) -> None:
    sampled = np.random.default_rng(2020).choice(country.result.codes_origines, 47, replace=False)
    for code in [*sampled, "75118", "69387", "2A004"]:
        everything = minutes_to_all(country, code)
        if country.figure("structures_45min_tous", Niveau.COMMUNE, code) is Absence.SANS_OBJET:
            continue
        for kind in KINDS:
            for limit in (15, 30, 45):
                expected = sum(
                    minutes <= limit and kind in {"tous", row["kind"].lower()}
                    for row, minutes in everything
                )
                indicateur = f"structures_{limit}min_{kind}"
                assert country.figure(indicateur, Niveau.COMMUNE, code) == expected


def test_divided_cities_are_the_mean_of_their_arrondissements(country: Country) -> None:
    demande = demandeurs(country)
    assert not set(DIVIDED) & set(country.result.codes_origines)
    for city in DIVIDED:
        parts = [c for c, row in country.communes.items() if row["code_parent"] == city]
        expected = np.average(
            [country.figure("structures_30min_tous", Niveau.COMMUNE, c) for c in parts],
            weights=[demande[c] or 0.0 for c in parts],
        )
        found = country.figure("structures_30min_tous", Niveau.COMMUNE, city)
        assert found == pytest.approx(expected, rel=1e-12)
    paris = country.figure("structures_30min_tous", Niveau.DEPARTEMENT, "75")
    assert paris == country.figure("structures_30min_tous", Niveau.COMMUNE, "75056")


def test_scores_share_out_every_structure_once(country: Country) -> None:
    """France's mean score × its job seekers = structures that some job seeker reaches in 45 min."""
    origins = set(country.result.codes_origines)
    demande = [number for code, number in demandeurs(country).items() if code in origins and number]
    structures = read_structures(country.pack.tables["structures"], country.pack.tables["communes"])
    reached = len(np.unique(country.result.pairs.structure))
    score = country.figure("acces_e2sfca_tous", Niveau.FRANCE, "FR")
    assert isinstance(score, float)
    assert score * sum(demande) / 1000 == pytest.approx(reached, rel=1e-12)
    assert reached == len(structures.kinds) == 3666  # 3,671 in the register, 5 without a point


# `access` 1.1 calls pandas in a way that pandas 3.1 announces the end of; nothing of ours does.
@pytest.mark.filterwarnings("ignore:The inplace keyword in DataFrame:pandas.errors.Pandas4Warning")
def test_the_whole_country_agrees_with_pysal(country: Country) -> None:
    pairs, origins = country.result.pairs, country.result.codes_origines
    demande = demandeurs(country)
    engine = Access(
        demand_df=pd.DataFrame(
            {"geoid": range(len(origins)), "demand": [demande.get(c) or 0.0 for c in origins]}
        ),
        demand_index="geoid",
        demand_value="demand",
        supply_df=pd.DataFrame({"geoid": range(pairs.nombre_structures), "supply": 1.0}),
        supply_index="geoid",
        supply_value="supply",
        cost_df=pd.DataFrame(
            {
                "origin": np.repeat(np.arange(pairs.nombre_origines), np.diff(pairs.debut)),
                "dest": pairs.structure,
                "cost": pairs.minutes,
            }
        ),
        cost_origin="origin",
        cost_dest="dest",
        cost_name="cost",
    )
    theirs = engine.enhanced_two_stage_fca(
        name="score", weight_fn=step_fn({15: 1, 30: 0.68, 45: 0.22}), max_cost=45
    )["score_supply"].fillna(0)  # PySAL says nothing of origins that reach nothing
    colonne = country.result.colonnes["acces_e2sfca_tous", Niveau.COMMUNE]
    place = {code: rank for rank, code in enumerate(country.codes[Niveau.COMMUNE])}
    ours = colonne.nombres[[place[code] for code in origins]]
    known = ~np.isnan(ours)  # the six uninhabited communes have no figure
    assert known.sum() == len(origins) - len(UNINHABITED)
    np.testing.assert_allclose(
        ours[known], 1000 * theirs.loc[range(len(origins))].to_numpy()[known], rtol=1e-12
    )


def reached_departements(country: Country, departement: str) -> set[str]:
    """Départements of the structures within 45 minutes of the communes of one."""
    pairs = country.result.pairs
    rows = [
        row
        for row in country.pack.tables["structures"].to_pylist()
        if row["kind"] in KINDS_IAE and row["latitude"] is not None
    ]
    return {
        rows[rank]["code_departement"]
        for i, code in enumerate(country.result.codes_origines)
        if country.communes[code]["code_departement"] == departement
        for rank in pairs.structure[pairs.debut[i] : pairs.debut[i + 1]]
    }


@pytest.mark.parametrize("departement", ["971", "972", "973", "974", "976"])
def test_each_overseas_departement_reaches_only_its_own(country: Country, departement: str) -> None:
    assert reached_departements(country, departement) == {departement}


def test_corse_reaches_no_structure_of_the_mainland(country: Country) -> None:
    assert reached_departements(country, "2A") | reached_departements(country, "2B") == {"2A", "2B"}
    assert isinstance(country.figure("structures_30min_tous", Niveau.COMMUNE, "2A004"), float)


def test_the_six_uninhabited_communes_have_no_access_figure(country: Country) -> None:
    for code in UNINHABITED:
        for carte in CARTES:
            found = country.figure(carte.code, Niveau.COMMUNE, code)
            assert found is Absence.SANS_OBJET


def test_every_territory_above_the_commune_has_every_figure(country: Country) -> None:
    for carte in CARTES:
        for niveau in set(Niveau) - {Niveau.COMMUNE}:
            assert country.result.colonnes[carte.code, niveau].connues.all(), (carte.code, niveau)


def test_communes_without_a_published_centre_are_unknown(country: Country) -> None:
    without = [code for code, row in country.communes.items() if row["latitude"] is None]
    assert len(without) == 8
    for code in without:
        found = country.figure("structures_30min_tous", Niveau.COMMUNE, code)
        assert found is Absence.INCONNUE


def test_cards_name_files_that_the_pack_describes(country: Country) -> None:
    for carte in CARTES:
        assert set(carte.sources) <= set(country.pack.sources)


def test_the_national_share_lies_inside_its_band(country: Country) -> None:
    low, central, high = (
        country.figure(f"part_sans_tous_30min{suffix}", Niveau.FRANCE, "FR")
        for suffix in ("_bas", "", "_haut")
    )
    assert 0 < float(low) < float(central) < float(high) < 100  # type: ignore[arg-type]  # an Absence fails float()
