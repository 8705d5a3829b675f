"""Which point of a structure is kept for access."""

from __future__ import annotations

from typing import Any

import pytest

from maillage.data.reference.offre import _point

COMMUNE = {"latitude": 43.9, "longitude": -0.5}


def row(**changes: Any) -> dict[str, Any]:
    published = {
        "latitude": 44.0,
        "longitude": -0.4,
        "score_geocodage": 0.6,
        "distance_chef_lieu_km": 30.0,
    }
    return published | changes


def test_thresholds_are_inclusive() -> None:
    assert _point(row(), COMMUNE) == (44.0, -0.4, "adresse")


@pytest.mark.parametrize(
    "changes",
    [
        {"score_geocodage": 0.599},
        {"distance_chef_lieu_km": 30.1},
        {"latitude": None, "longitude": None},
        {"score_geocodage": None},
    ],
)
def test_doubtful_point_falls_back_on_the_commune(changes: dict[str, Any]) -> None:
    assert _point(row(**changes), COMMUNE) == (43.9, -0.5, "commune")


def test_without_commune_nor_address_there_is_no_point() -> None:
    nowhere = row(latitude=None, longitude=None, score_geocodage=None, distance_chef_lieu_km=None)
    assert _point(nowhere, {}) == (None, None, "inconnue")
    assert _point(row(score_geocodage=0.1), {"latitude": None}) == (None, None, "inconnue")
