"""Small Frances: a few communes with everything that makes the real one difficult."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
from hypothesis import strategies as st

from maillage.data.reference.pack import Pack
from maillage.data.reference.schema import TABLES

DEPARTEMENTS = {"01": "84", "02": "32", "75": "11", "971": "01"}
"""Département to its région; 971 is alone in its own."""
_ETATS = (1, 2, 4)
_SERIES_COMMUNES: dict[str, tuple[str, ...]] = {
    "demandeurs_emploi": ("2024",),
    "pop_15_64": ("2021",),
    "actifs_15_64": ("2021",),
    "chomeurs_rp_15_64": ("2021",),
    "niveau_vie_median": ("2020",),
    "personnes_menages_fiscaux": ("2020",),
    "taux_pauvrete": ("2020",),
}
_MOIS = (
    "2019-12",
    *(f"2021-{mois:02d}" for mois in range(10, 13)),
    *(f"2022-{mois:02d}" for mois in range(1, 10)),
)
_SERIES_DEPARTEMENTS: dict[str, tuple[str, ...]] = {
    "rsa_allocataires": ("2018", "2019"),
    "total_minima_sociaux": ("2019",),
    "population_20_64": ("2019",),
    "depense_brute_insertion_keur": ("2019",),
    "part_longue_duree": ("2017",),
    "part_orientees": ("2018",),
}
_SERIES_PUBLIEES: dict[str, tuple[str, ...]] = {
    "personnes_iae": _MOIS,
    "cible_iae": ("2022-12",),
    "taux_pauvrete": ("2021",),
    "personnes_menages_fiscaux": ("2021",),
    "taux_chomage_localise": ("2024-T3", "2024-T4"),
}
_SERIES_EPCI: dict[str, tuple[str, ...]] = {
    "demandeurs_emploi_abc": ("2018-12", "2019-12"),
    "abc_un_an_plus": ("2019-12",),
    "abc_moins_25_ans": ("2019-12",),
    "part_neet_15_24": ("2014",),
}

counts = st.sampled_from([0, 0, 5, 10, 40]) | st.integers(0, 5000)
figures = st.tuples(counts.map(float), st.just(0)) | st.tuples(st.none(), st.sampled_from(_ETATS))
maybe_figure = st.none() | figures | figures | figures


@st.composite
def packs(draw: st.DrawFn) -> Pack:
    """A reference pack of three to seven communes, two of which may be arrondissements of Paris."""
    communes = _communes(draw)
    departements = sorted({row["code_departement"] for row in communes})
    territoires = _territoires(communes, departements)
    rows = {
        "communes": communes,
        "territoires": territoires,
        "besoin_communes": _besoin(draw, communes),
        "series": _series(draw, territoires),
        "qpv": _qpv(draw, communes, departements),
        "structures": _structures(draw, communes, departements),
    }
    return make_pack(rows)


def make_pack(rows: dict[str, list[dict[str, Any]]]) -> Pack:
    """Pack of the given rows; a table or a column left out is empty."""
    tables = {
        name: pa.Table.from_pylist(
            [{column: row.get(column) for column in schema.names} for row in rows.get(name, [])],
            schema=schema,
        )
        for name, schema in TABLES.items()
    }
    return Pack("0" * 64, tables, {})


def _communes(draw: st.DrawFn) -> list[dict[str, Any]]:
    number = draw(st.integers(2, 5))
    rows = [
        _commune(draw, f"{rank:05d}", draw(st.sampled_from(["01", "02", "971"])))
        for rank in range(1, number + 1)
    ]
    if draw(st.booleans()):
        paris = _commune(draw, "75056", "75")
        rows += [
            paris,
            *(
                paris | {"code": code, "type": "ARM", "code_parent": "75056"} | _no_typology()
                for code in ("75101", "75102")
            ),
        ]
    return draw(st.permutations(rows))


def _no_typology() -> dict[str, None]:
    return {"densite": None, "zrr_2022": None, "frr_2025": None}


def _commune(draw: st.DrawFn, code: str, departement: str) -> dict[str, Any]:
    return {
        "code": code,
        "type": "COM",
        "nom": f"Commune {code}",
        "code_departement": departement,
        "code_region": DEPARTEMENTS[departement],
        "code_epci": draw(st.sampled_from([None, "200000001", "200000002"])),
        "code_zone_emploi": draw(st.sampled_from(["0001", "0002"])),
        "code_clpe": draw(st.sampled_from(["CLPE01001", "CLPE01002"])),
        "latitude": draw(st.sampled_from([45.0, 45.2, 46.5])),
        "longitude": draw(st.sampled_from([3.0, 3.3, 4.5])),
        "densite": draw(st.sampled_from([None, "1", "4", "5", "7"])),
        "zrr_2022": draw(st.sampled_from([None, "C", "NC", "PC"])),
        "frr_2025": draw(st.sampled_from(["S", "P", "B", "SP", "BP", "NC"])),
    }


def _territoires(communes: list[dict[str, Any]], departements: list[str]) -> list[dict[str, Any]]:
    columns = {"zone-emploi": "code_zone_emploi", "epci": "code_epci", "clpe": "code_clpe"}
    codes = {("france", "FR")}
    codes |= {("departement", code) for code in departements}
    codes |= {("region", DEPARTEMENTS[code]) for code in departements}
    codes |= {
        (niveau, row[column])
        for niveau, column in columns.items()
        for row in communes
        if row[column] is not None
    }
    codes.add(("epci", "200000009"))  # without a commune: as an EPCI renumbered since
    return [{"niveau": niveau, "code": code, "nom": code} for niveau, code in sorted(codes)]


def _long(
    draw: st.DrawFn, keys: list[dict[str, str]], periodes: dict[str, tuple[str, ...]]
) -> list[dict[str, Any]]:
    rows = []
    for key in keys:
        for serie, all_periodes in periodes.items():
            for periode in all_periodes:
                figure = draw(maybe_figure)
                if figure is not None:
                    valeur, etat = figure
                    row = {"serie": serie, "periode": periode, "source": f"fichier_{serie}"}
                    rows.append(key | row | {"valeur": valeur, "etat": etat})
    return rows


def _besoin(draw: st.DrawFn, communes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    keys = [{"code": row["code"]} for row in communes]
    rows = _long(draw, keys, _SERIES_COMMUNES)
    for key in keys:
        for periode in ("2013", "2021"):
            people = draw(st.just(1000.0) | st.integers(0, 9000).map(float) | st.none())
            etat = 4 if people is None else 0
            row = {"serie": "population", "periode": periode, "source": "communes"}
            rows.append(key | row | {"valeur": people, "etat": etat})
    return rows


def _series(draw: st.DrawFn, territoires: list[dict[str, Any]]) -> list[dict[str, Any]]:
    rows = []
    for place in territoires:
        keys = [{"niveau": place["niveau"], "code": place["code"]}]
        if place["niveau"] == "departement":
            rows += _long(draw, keys, _SERIES_DEPARTEMENTS)
        if place["niveau"] in {"france", "region", "departement"}:
            rows += _long(draw, keys, _SERIES_PUBLIEES)
        if place["niveau"] == "epci":
            rows += _long(draw, keys, _SERIES_EPCI)
    return rows


def _qpv(
    draw: st.DrawFn, communes: list[dict[str, Any]], departements: list[str]
) -> list[dict[str, Any]]:
    codes = [row["code"] for row in communes if row["type"] == "COM"]
    return [
        {
            "code": f"QN{rank:05d}",
            "code_departement": draw(st.sampled_from([*departements, "987"])),
            "codes_communes": draw(
                st.lists(st.sampled_from([*codes, "98735"]), min_size=1, max_size=3, unique=True)
            ),
            "population": draw(st.none() | st.integers(0, 3000).map(float)),
            "allocataires_rsa_socle": draw(st.none() | st.integers(0, 300).map(float)),
        }
        for rank in range(draw(st.integers(0, 3)))
    ]


def _structures(
    draw: st.DrawFn, communes: list[dict[str, Any]], departements: list[str]
) -> list[dict[str, Any]]:
    codes = [row["code"] for row in communes]
    return [
        {
            "siret": f"{rank:014d}",
            "kind": draw(st.sampled_from(["ACI", "AI", "EI", "ETTI", "GEIQ"])),
            "code_commune": draw(st.none() | st.sampled_from(codes)),
            "code_departement": draw(st.sampled_from([*departements, "975"])),
            "localisation": "inconnue",
        }
        for rank in range(draw(st.integers(0, 6)))
    ]
