"""Outlines for display: on the grid, without repeated points, in metres of the right plane."""

from __future__ import annotations

import pyarrow as pa
import pytest

from maillage.data.reference.outlines import PAS_METRES, derive_contours
from maillage.data.reference.projection import projection_of
from maillage.data.reference.schema import TERRITOIRES
from maillage.kernel.niveau import Niveau

SQUARE = [(2.0, 48.0), (2.1, 48.0), (2.1, 48.1), (2.0, 48.1), (2.0, 48.0)]
SPECK = [(2.0, 48.0), (2.0001, 48.0), (2.0001, 48.0001), (2.0, 48.0)]


def territoires(departement: str) -> pa.Table:
    row = {"niveau": "epci", "code": "200000172", "codes_departements": [departement]}
    return pa.Table.from_pylist([row], schema=TERRITOIRES)


@pytest.mark.parametrize(
    ("departement", "epsg"),
    [
        ("35", "2154"),
        ("2A", "2154"),
        ("971", "5490"),
        ("972", "5490"),
        ("973", "2972"),
        ("974", "2975"),
        ("976", "4471"),
    ],
)
def test_each_part_of_the_country_has_its_plane(departement: str, epsg: str) -> None:
    assert projection_of(departement) == epsg


def test_ring_is_closed_on_the_grid_and_a_speck_is_dropped() -> None:
    rings = {Niveau.EPCI: {"200000172": [SQUARE, SPECK]}}
    (row,) = derive_contours(rings, territoires("45")).to_pylist()
    assert row["projection"] == "2154"
    (ring,) = row["anneaux"]
    assert ring[:2] == ring[-2:]
    assert len(ring) == 10
    assert all(value % PAS_METRES == 0 for value in ring)
    assert max(ring[0::2]) - min(ring[0::2]) == pytest.approx(7460, abs=200)


def test_the_pseudo_epci_has_no_outline() -> None:
    rings = {Niveau.EPCI: {"ZZZZZZZZZ": [SQUARE], "200000172": [SQUARE]}}
    table = derive_contours(rings, territoires("45"))
    assert table["code"].to_pylist() == ["200000172"]
