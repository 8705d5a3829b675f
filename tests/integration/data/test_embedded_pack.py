"""The pack that Maillage ships agrees with the totals that its producers publish.

Reads the embedded pack alone: these tests run on any machine.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from maillage.data.reference.descriptor import load_catalogue
from maillage.data.reference.pack import PACK_DIR, Pack, open_pack
from maillage.data.reference.schema import TABLES
from maillage.kernel.niveau import Niveau
from maillage.kernel.valeur import Absence, code_etat

VIDE = code_etat(Absence.INCONNUE)
SECRETE = code_etat(Absence.SECRETE)
A_VENIR = code_etat(Absence.PAS_ENCORE_PUBLIEE)
SANS_OBJET = code_etat(Absence.SANS_OBJET)
RETABLIES = {"15031", "15035", "15047", "15171", "60694", "85165", "85212"}
DETRUITES = {"55039", "55050", "55139", "55189", "55239", "55307"}


@pytest.fixture(scope="module")
def pack() -> Pack:
    return open_pack()


@pytest.fixture(scope="module")
def entieres(pack: Pack) -> set[str]:
    """Codes of the communes proper, arrondissements aside."""
    table = pack.tables["communes"]
    return set(table.filter(pc.equal(table["type"], "COM"))["code"].to_pylist())


def select(table: pa.Table, **wanted: str) -> pa.Table:
    for name, value in wanted.items():
        table = table.filter(pc.equal(table[name], value))
    return table


def known(table: pa.Table) -> dict[str, float]:
    return {r["code"]: r["valeur"] for r in table.to_pylist() if r["valeur"] is not None}


def commune_sum(pack: Pack, entieres: set[str], serie: str, periode: str) -> float:
    table = select(pack.tables["besoin_communes"], serie=serie, periode=periode)
    return sum(v for code, v in known(table).items() if code in entieres)


def etats(pack: Pack, serie: str, periode: str) -> dict[str, int]:
    table = select(pack.tables["besoin_communes"], serie=serie, periode=periode)
    return {row["code"]: row["etat"] for row in table.to_pylist()}


def series_sum(pack: Pack, niveau: Niveau, serie: str, periode: str) -> float:
    table = select(pack.tables["series"], niveau=niveau.value, serie=serie, periode=periode)
    return sum(known(table).values())


def test_communes_and_arrondissements(pack: Pack) -> None:
    assert Counter(pack.tables["communes"]["type"].to_pylist()) == {"COM": 34875, "ARM": 45}


def test_territories_above_the_commune(pack: Pack) -> None:
    assert Counter(pack.tables["territoires"]["niveau"].to_pylist()) == {
        "france": 1,
        "region": 18,
        "departement": 101,
        "zone-emploi": 306,
        "epci": 1253,
        "clpe": 355,
    }


def test_pseudo_epci_is_nowhere(pack: Pack) -> None:
    assert "ZZZZZZZZZ" not in pack.tables["territoires"]["code"].to_pylist()
    assert "ZZZZZZZZZ" not in pack.tables["structures"]["code_epci"].to_pylist()
    communes = pack.tables["communes"]
    islands = communes.filter(pc.is_null(communes["code_epci"]))["nom"].to_pylist()
    assert sorted(islands) == ["L'Île-d'Yeu", "Ouessant", "Île-de-Bréhat", "Île-de-Sein"]


def test_every_commune_belongs_to_territories_that_exist(pack: Pack) -> None:
    codes: dict[str, set[str]] = {}
    for row in pack.tables["territoires"].to_pylist():
        codes.setdefault(row["niveau"], set()).add(row["code"])
    for column, niveau in {
        "code_departement": "departement",
        "code_region": "region",
        "code_epci": "epci",
        "code_zone_emploi": "zone-emploi",
        "code_clpe": "clpe",
    }.items():
        used = set(pack.tables["communes"][column].drop_null().to_pylist())
        assert used == codes[niveau], column


def test_population_of_2021(pack: Pack, entieres: set[str]) -> None:
    assert commune_sum(pack, entieres, "population", "2021") == 67_660_996


def test_job_seekers_without_counting_cities_twice(pack: Pack, entieres: set[str]) -> None:
    assert commune_sum(pack, entieres, "demandeurs_emploi", "2024") == 5_461_905


def test_arrondissements_make_up_their_city(pack: Pack) -> None:
    communes = {r["code"]: r["code_parent"] for r in pack.tables["communes"].to_pylist()}
    population = known(select(pack.tables["besoin_communes"], serie="population", periode="2021"))
    for city in ("75056", "69123", "13055"):
        parts = [population[code] for code, parent in communes.items() if parent == city]
        assert sum(parts) == population[city]


def test_people_in_iae_at_the_end_of_september_2022(pack: Pack) -> None:
    for niveau in (Niveau.DEPARTEMENT, Niveau.REGION, Niveau.FRANCE):
        assert series_sum(pack, niveau, "personnes_iae", "2022-09") == 146_311


def test_targets_of_2022(pack: Pack) -> None:
    assert series_sum(pack, Niveau.DEPARTEMENT, "cible_iae", "2022-12") == 239_989
    assert series_sum(pack, Niveau.FRANCE, "cible_iae", "2022-12") == 240_000
    targets = select(pack.tables["series"], niveau="departement", serie="cible_iae")
    assert targets.num_rows == 101


def test_rsa_of_2019(pack: Pack) -> None:
    assert series_sum(pack, Niveau.DEPARTEMENT, "rsa_allocataires", "2019") == 1_916_129


def test_a_series_by_departement_says_nothing_of_regions(pack: Pack) -> None:
    assert select(pack.tables["series"], niveau="region", serie="rsa_allocataires").num_rows == 0


def test_priority_districts(pack: Pack) -> None:
    qpv = pack.tables["qpv"]
    assert qpv.num_rows == 1609
    assert pc.sum(qpv["population"]).as_py() == pytest.approx(5.93e6, abs=5e3)
    assert pc.sum(qpv["allocataires_rsa_socle"]).as_py() == 381_249
    assert qpv["population"].null_count == 91


def test_zonings(pack: Pack) -> None:
    frr = Counter(pack.tables["communes"]["frr_2025"].drop_null().to_pylist())
    assert frr == {"NC": 14941, "S": 13313, "P": 4456, "B": 2134, "SP": 20, "BP": 11}
    labels = {(r["typologie"], r["code"]) for r in pack.tables["typologies"].to_pylist()}
    for name in ("densite", "ruralite", "centralite", "massif", "zrr_2022", "frr_2025"):
        used = pc.unique(pack.tables["communes"][name].drop_null()).to_pylist()
        assert {(name, code) for code in used} <= labels


def test_register_of_structures(pack: Pack) -> None:
    table = pack.tables["structures"]
    keys = list(zip(table["siret"].to_pylist(), table["kind"].to_pylist(), strict=True))
    assert len(keys) == len(set(keys)) == 3842
    assert len(set(table["siret"].to_pylist())) == 3831
    assert Counter(table["kind"].to_pylist()) == {
        "ACI": 1815,
        "EI": 938,
        "AI": 620,
        "ETTI": 298,
        "GEIQ": 171,
    }
    assert table["siret_valide"].to_pylist().count(False) == 9
    assert table["code_commune"].null_count == 5


def test_no_structure_is_kept_far_from_its_commune(pack: Pack) -> None:
    rows = pack.tables["structures"].to_pylist()
    assert Counter(r["localisation"] for r in rows) == {
        "adresse": 3540,
        "commune": 297,
        "inconnue": 5,
    }
    on_address = [r for r in rows if r["localisation"] == "adresse"]
    assert max(r["distance_chef_lieu_km"] for r in on_address) <= 30
    assert min(r["score_geocodage"] for r in on_address) >= 0.6
    assert max(r["distance_chef_lieu_km"] or 0 for r in rows) > 900


def test_states_of_restored_and_destroyed_communes(pack: Pack) -> None:
    population = etats(pack, "population", "2021")
    assert {c for c, e in population.items() if e == A_VENIR} == RETABLIES
    assert {c for c, e in population.items() if e == VIDE} == set()
    poverty = etats(pack, "taux_pauvrete", "2020")
    assert {c for c, e in poverty.items() if e == SANS_OBJET} == DETRUITES
    assert {c for c, e in poverty.items() if e == A_VENIR} == RETABLIES


def test_states_of_tax_series(pack: Pack) -> None:
    counts = Counter(etats(pack, "niveau_vie_median", "2020").values())
    assert counts[0] == 31_214
    assert Counter(etats(pack, "taux_pauvrete", "2020").values())[0] == 4_323
    poverty = etats(pack, "taux_pauvrete", "2020")
    departement = {r["code"]: r["code_departement"] for r in pack.tables["communes"].to_pylist()}
    for outside in ("971", "973", "976"):
        own = {e for c, e in poverty.items() if departement[c] == outside}
        assert own == {VIDE}
    secret = {departement[c] for c, e in poverty.items() if e == SECRETE}
    assert not secret & {"971", "973", "976"}
    assert {"972", "974", "2A", "2B"} & secret


def test_mayotte_is_unknown_before_its_census(pack: Pack) -> None:
    mamoudzou = "97611"
    assert etats(pack, "population", "2020")[mamoudzou] == VIDE
    assert etats(pack, "population", "2021")[mamoudzou] == 0
    assert etats(pack, "pop_15_64", "2021")[mamoudzou] == VIDE


def test_every_commune_has_a_row_in_every_series(pack: Pack) -> None:
    table = pack.tables["besoin_communes"]
    grouped = table.group_by(["serie", "periode"]).aggregate([("code", "count_distinct")])
    assert set(grouped["code_count_distinct"].to_pylist()) == {34920}
    assert table.num_rows == 34920 * 18


@pytest.mark.parametrize("name", ["besoin_communes", "series"])
def test_value_is_missing_exactly_where_a_state_says_so(pack: Pack, name: str) -> None:
    table = pack.tables[name]
    missing = pc.is_null(table["valeur"]).to_numpy()
    assert np.array_equal(missing, table["etat"].to_numpy() != 0)
    assert set(pc.unique(table["source"]).to_pylist()) <= set(pack.sources)


@pytest.mark.parametrize("name", sorted(TABLES))
def test_rows_are_keyed_and_the_columns_described(pack: Pack, name: str) -> None:
    table = pack.tables[name]
    wording = load_catalogue("colonnes")[name]
    assert list(wording["colonnes"]) == table.column_names
    keys = table.group_by(wording["cle"]).aggregate([([], "count_all")])
    assert keys.num_rows == table.num_rows


def test_every_series_says_what_it_counts(pack: Pack) -> None:
    used = {
        serie
        for name in ("besoin_communes", "series")
        for serie in pc.unique(pack.tables[name]["serie"]).to_pylist()
    }
    assert used == set(load_catalogue("grandeurs"))


def test_unemployment_of_mayotte_is_unknown_and_not_zero(pack: Pack) -> None:
    table = select(
        pack.tables["series"],
        niveau="departement",
        serie="taux_chomage_localise",
        periode="2024-T4",
    )
    rows = {row["code"]: row for row in table.to_pylist()}
    assert len(rows) == 101
    assert (rows["976"]["valeur"], rows["976"]["etat"]) == (None, VIDE)
    region = select(
        pack.tables["series"], niveau="region", serie="taux_chomage_localise", periode="2024-T4"
    )
    assert known(region)["04"] == rows["974"]["valeur"]


def test_unemployment_of_employment_zones(pack: Pack) -> None:
    table = select(
        pack.tables["series"],
        niveau="zone-emploi",
        serie="taux_chomage_localise",
        periode="2025-T4",
    )
    values = known(table)
    assert (len(values), min(values.values()), max(values.values())) == (302, 3.9, 19.0)
    unknown = {row["code"] for row in table.to_pylist() if row["etat"] == VIDE}
    assert unknown == {"0301", "0302", "0303", "0601"}


def test_former_epci_are_left_out_and_counted(pack: Pack) -> None:
    table = select(pack.tables["series"], niveau="epci")
    existing = select(pack.tables["territoires"], niveau="epci")["code"].to_pylist()
    assert set(table["code"].to_pylist()) <= set(existing)
    defects = " ".join(pack.source("demandeurs_emploi_epci_2016_2019").defauts)
    assert "75 intercommunalités disparues" in defects


def test_every_territory_has_an_outline(pack: Pack) -> None:
    drawn = pack.tables["contours"]
    names = pack.tables["territoires"]
    above = {
        (r["niveau"], r["code"]) for r in names.to_pylist() if r["niveau"] != Niveau.FRANCE.value
    }
    rows = drawn.to_pylist()
    assert {(r["niveau"], r["code"]) for r in rows} == above
    assert min(len(r["anneaux"]) for r in rows) >= 1
    assert min(len(ring) for r in rows for ring in r["anneaux"]) >= 8
    assert all(ring[:2] == ring[-2:] for r in rows for ring in r["anneaux"])
    planes = {r["code"]: r["projection"] for r in rows if r["niveau"] == "departement"}
    overseas = {"971": "5490", "972": "5490", "973": "2972", "974": "2975", "976": "4471"}
    assert {c: p for c, p in planes.items() if p != "2154"} == overseas


def test_centres_fall_inside_the_outline_of_their_departement(pack: Pack) -> None:
    boxes = {}
    for row in select(pack.tables["contours"], niveau="departement").to_pylist():
        xs = [x for ring in row["anneaux"] for x in ring[0::2]]
        ys = [y for ring in row["anneaux"] for y in ring[1::2]]
        boxes[row["code"]] = (min(xs), max(xs), min(ys), max(ys), row["projection"])
    outside = []
    for row in pack.tables["communes"].to_pylist():
        if row["x"] is None:
            continue
        left, right, bottom, top, plane = boxes[row["code_departement"]]
        assert row["projection"] == plane
        margin = 5_000  # outlines are simplified
        inside = left - margin <= row["x"] <= right + margin
        if not (inside and bottom - margin <= row["y"] <= top + margin):
            outside.append(row["code"])
    assert outside == []


def test_descriptor_tells_the_truth_of_its_files() -> None:
    descriptor = json.loads((PACK_DIR / "datapackage.json").read_bytes())
    assert {r["name"] for r in descriptor["resources"]} == set(TABLES)
    for resource in descriptor["resources"]:
        content = (PACK_DIR / resource["path"]).read_bytes()
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        assert resource["bytes"] == len(content)
    expected = {f"{name}.parquet" for name in TABLES} | {"datapackage.json"}
    assert {path.name for path in PACK_DIR.iterdir()} == expected


def test_pack_stays_small() -> None:
    assert sum(path.stat().st_size for path in PACK_DIR.iterdir()) < 6_000_000


def test_every_source_credits_a_producer_and_a_year(pack: Pack) -> None:
    for source in pack.sources.values():
        assert source.producteur
        assert source.millesime
        assert source.qualite in {"A", "B", "C", "D"}
        assert source.defauts, source.code
        assert all(phrase.endswith(".") for phrase in source.defauts)
        assert len(source.sha256) == 64
        assert source.lignes > 0
