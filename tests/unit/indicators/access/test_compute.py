"""A made-up country small enough to check by hand: a divided city, an empty village, an unknown one."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest

from maillage.data.reference.pack import Pack
from maillage.data.reference.schema import TABLES
from maillage.indicators.access.cartes import CARTES
from maillage.indicators.access.compute import KINDS, AccessResult, compute_access
from maillage.kernel.niveau import Niveau
from maillage.kernel.valeur import Absence, Valeur

CODES = {
    Niveau.FRANCE: ("FR",),
    Niveau.DEPARTEMENT: ("69", "01"),
    Niveau.EPCI: ("200000001",),
    Niveau.COMMUNE: ("69123", "69381", "69382", "01001", "01002", "01003", "01004"),
}
PLACES: list[dict[str, Any]] = [
    {"code": "69123", "type": "COM", "densite": "1", "latitude": 45.76, "longitude": 4.83},
    {"code": "69381", "type": "ARM", "code_parent": "69123", "latitude": 45.77, "longitude": 4.83},
    {"code": "69382", "type": "ARM", "code_parent": "69123", "latitude": 45.0, "longitude": 4.83},
    {"code": "01001", "type": "COM", "densite": "7", "latitude": 46.3, "longitude": 5.5},
    {"code": "01002", "type": "COM", "densite": "7", "latitude": 46.3, "longitude": 5.5},
    {"code": "01003", "type": "COM", "densite": "7"},
    {"code": "01004", "type": "COM", "densite": "7", "latitude": 46.3, "longitude": 5.5},
]
DEMANDE: dict[str, float | None] = {
    "69123": 400.0,  # the sum of its arrondissements: must not be counted again
    "69381": 300.0,
    "69382": 100.0,
    "01001": 0.0,
    "01002": 0.0,
    "01003": 50.0,
}
POPULATION = {"01001": 0.0, "01002": 12.0}
AT_THE_TOWN_HALL = {"latitude": 45.77, "longitude": 4.83, "code_commune": "69381"}


def _besoin() -> list[dict[str, Any]]:
    demande = [("demandeurs_emploi", "2024", c, v) for c, v in DEMANDE.items()]
    stale = [("demandeurs_emploi", "2023", "69381", 9999.0)]
    population = [("population", "2021", c, v) for c, v in POPULATION.items()]
    return [
        {"serie": s, "periode": p, "code": c, "valeur": v, "etat": 0}
        for s, p, c, v in demande + stale + population
    ] + [{"serie": "demandeurs_emploi", "periode": "2024", "code": "01004", "etat": 2}]


@pytest.fixture(scope="module")
def result() -> AccessResult:
    rows: dict[str, list[dict[str, Any]]] = {
        "communes": [{"code_departement": p["code"][:2], **p} for p in PLACES],
        "besoin_communes": _besoin(),
        "structures": [
            {"kind": "ACI", **AT_THE_TOWN_HALL},
            {"kind": "EI", **AT_THE_TOWN_HALL},
            {"kind": "GEIQ", **AT_THE_TOWN_HALL},
            {"kind": "AI", "code_commune": "69381"},  # without a point
        ],
    }
    tables = {name: pa.Table.from_pylist(rows[name], schema=TABLES[name]) for name in rows}
    return compute_access(Pack("made up", tables, {}), CODES)


def figures(result: AccessResult, indicateur: str, niveau: Niveau) -> dict[str, Valeur]:
    return dict(zip(CODES[niveau], result.colonnes[indicateur, niveau], strict=True))


def test_counts_describe_the_place_unless_nobody_lives_there(result: AccessResult) -> None:
    found = figures(result, "structures_15min_tous", Niveau.COMMUNE)
    assert found == {
        "69123": 1.5,  # (300 × 2 + 100 × 0) / 400
        "69381": 2.0,
        "69382": 0.0,
        "01001": Absence.SANS_OBJET,  # uninhabited
        "01002": 0.0,  # inhabited, no job seeker
        "01003": Absence.INCONNUE,  # no published centre
        "01004": 0.0,
    }


def test_shares_need_job_seekers(result: AccessResult) -> None:
    found = figures(result, "part_sans_tous_30min", Niveau.COMMUNE)
    assert found == {
        "69123": 25.0,
        "69381": 0.0,
        "69382": 100.0,
        "01001": Absence.SANS_OBJET,
        "01002": Absence.SANS_OBJET,
        "01003": Absence.INCONNUE,
        "01004": Absence.SECRETE,  # the state of its job seekers
    }


def test_the_divided_city_is_counted_once(result: AccessResult) -> None:
    assert figures(result, "part_sans_tous_30min", Niveau.FRANCE) == {"FR": 25.0}
    # 2 structures, 300 job seekers in reach, weight 1: 2 / 300 for them, 0 for the 100 others
    score = figures(result, "acces_e2sfca_tous", Niveau.FRANCE)["FR"]
    assert score == pytest.approx(1000 * (2 / 300) * 300 / 400)


def test_a_territory_without_usable_communes_is_unknown(result: AccessResult) -> None:
    found = figures(result, "structures_30min_tous", Niveau.DEPARTEMENT)
    assert found == {"69": 1.5, "01": Absence.INCONNUE}
    assert figures(result, "structures_30min_tous", Niveau.EPCI) == {"200000001": Absence.INCONNUE}


def test_kinds_are_told_apart(result: AccessResult) -> None:
    found = {k: figures(result, f"structures_15min_{k}", Niveau.COMMUNE)["69381"] for k in KINDS}
    assert found == {"tous": 2.0, "aci": 1.0, "ai": 0.0, "ei": 1.0, "etti": 0.0}


def test_maps_know_which_kinds_are_out_of_reach_even_where_nobody_looks_for_work(
    result: AccessResult,
) -> None:
    assert result.absents_30min == {
        "69381": {"ai", "etti"},
        "69382": set(KINDS),
        "01001": set(KINDS),
        "01002": set(KINDS),
        "01004": set(KINDS),
    }
    assert result.codes_origines == ("69381", "69382", "01001", "01002", "01004")
    assert result.pairs.nombre_origines == 5


def test_every_indicator_has_its_card_and_every_card_its_indicator(result: AccessResult) -> None:
    codes = [carte.code for carte in CARTES]
    assert len(codes) == len(set(codes))
    assert {indicateur for indicateur, _ in result.colonnes} == set(codes)


def test_cards_name_their_hypotheses_and_their_limits() -> None:
    for carte in CARTES:
        parametres = dict(carte.parametres)
        assert parametres["source des vitesses"] == "hypothèse de Maillage"
        assert carte.numerateur
        assert carte.denominateur
        assert any("voiture" in limite for limite in carte.limites)
    hauts = [dict(c.parametres)["hypothèses"] for c in CARTES if c.code.endswith("_haut")]
    assert set(hauts) == {"prudentes"}
