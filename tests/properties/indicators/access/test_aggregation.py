"""Territories above the commune: ours against plain loops on small made-up packs."""

from __future__ import annotations

import math
from typing import Any

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from maillage.data.reference.pack import Pack
from maillage.data.reference.schema import TABLES
from maillage.indicators.access.compute import compute_access
from maillage.kernel.niveau import Niveau
from maillage.kernel.valeur import Absence, Valeur

CODES = {
    Niveau.FRANCE: ("FR",),
    Niveau.DEPARTEMENT: ("01", "02", "03"),  # nobody lives in 03: no commune at all
}
commune = st.fixed_dictionaries(
    {
        "code_departement": st.sampled_from(["01", "02"]),
        "densite": st.sampled_from(["1", "3", "7", None]),
        "latitude": st.none() | st.floats(45, 45.4),
        "longitude": st.floats(3, 3.5),
        "demandeurs": st.none() | st.integers(0, 50).map(lambda n: n * 5.0),
    }
)
structure = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["ACI", "AI", "EI", "ETTI", "GEIQ"]),
        "latitude": st.none() | st.floats(45, 45.4),
        "longitude": st.floats(3, 3.5),
        "code_commune": st.none() | st.just("00000"),
    }
)


def make_pack(communes: list[dict[str, Any]], structures: list[dict[str, Any]]) -> Pack:
    rows: dict[str, list[dict[str, Any]]] = {
        "communes": [{"code": f"{i:05}", "type": "COM", **c} for i, c in enumerate(communes)],
        "structures": structures,
        "besoin_communes": [
            {
                "code": f"{i:05}",
                "serie": "demandeurs_emploi",
                "periode": "2024",
                "valeur": c["demandeurs"],
                "etat": 1 if c["demandeurs"] is None else 0,
            }
            for i, c in enumerate(communes)
        ],
    }
    tables = {name: pa.Table.from_pylist(rows[name], schema=TABLES[name]) for name in rows}
    return Pack("made up", tables, {})


def mean_in_loops(
    own: list[Valeur], communes: list[dict[str, Any]], departement: str | None
) -> Valeur:
    """Mean of the communes' own figures weighted by job seekers, one commune at a time."""
    inside = [
        (figure, c)
        for figure, c in zip(own, communes, strict=True)
        if departement in {None, c["code_departement"]}
    ]
    usable = [
        (figure, c["demandeurs"])
        for figure, c in inside
        if c["demandeurs"] is not None and c["latitude"] is not None
    ]
    total = math.fsum(weight for _, weight in usable)
    if total > 0:
        return math.fsum(float(f) * w for f, w in usable if not isinstance(f, Absence)) / total
    all_known_to_be_empty = len(usable) == len(inside) > 0
    return Absence.SANS_OBJET if all_known_to_be_empty else Absence.INCONNUE


@given(st.lists(commune, min_size=1, max_size=6), st.lists(structure, max_size=6))
def test_a_territory_is_the_mean_of_its_communes_weighted_by_job_seekers(
    communes: list[dict[str, Any]], structures: list[dict[str, Any]]
) -> None:
    of_communes = tuple(f"{i:05}" for i in range(len(communes)))
    result = compute_access(make_pack(communes, structures), CODES | {Niveau.COMMUNE: of_communes})
    for (indicateur, niveau), colonne in result.colonnes.items():
        if niveau is Niveau.COMMUNE:
            continue
        own = list(result.colonnes[indicateur, Niveau.COMMUNE])
        for code, found in zip(CODES[niveau], colonne, strict=True):
            expected = mean_in_loops(own, communes, None if code == "FR" else code)
            if isinstance(expected, Absence):
                assert found is expected
            else:
                assert isinstance(found, float)
                assert math.isclose(found, expected, rel_tol=1e-9, abs_tol=1e-9)


@given(st.lists(commune, min_size=1, max_size=6), st.lists(structure, max_size=6))
def test_geiq_and_structures_without_a_point_change_nothing(
    communes: list[dict[str, Any]], structures: list[dict[str, Any]]
) -> None:
    counted = [s for s in structures if s["kind"] != "GEIQ" and s["latitude"] is not None]
    whole = compute_access(make_pack(communes, structures), CODES)
    trimmed = compute_access(make_pack(communes, counted), CODES)
    for key, colonne in whole.colonnes.items():
        assert list(colonne) == list(trimmed.colonnes[key])


@given(st.lists(commune, min_size=1, max_size=6), st.lists(structure, max_size=6))
def test_the_band_surrounds_the_central_share(
    communes: list[dict[str, Any]], structures: list[dict[str, Any]]
) -> None:
    colonnes = compute_access(make_pack(communes, structures), CODES).colonnes
    for kind in ("tous", "aci", "ai", "ei", "etti"):
        low, central, high = (
            colonnes[f"part_sans_{kind}_30min{suffix}", Niveau.FRANCE][0]
            for suffix in ("_bas", "", "_haut")
        )
        if not isinstance(central, Absence):
            assert isinstance(low, float)
            assert isinstance(high, float)
            assert low <= central <= high
