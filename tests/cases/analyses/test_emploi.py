"""The table of typical households gives back published scales, recomputed by hand from their page."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from maillage.analyses.emploi.table import read_table
from maillage.kernel.money import Centimes

CAS = tomllib.loads((Path(__file__).parent / "emploi.toml").read_text(encoding="utf-8"))["cas"]


@pytest.mark.parametrize("cas", CAS, ids=lambda cas: cas["titre"])
def test_a_published_scale_comes_out_of_the_table(cas: dict[str, Any]) -> None:
    mois, foyer, heures, majoration = cas["point"]
    trouve = read_table().get(mois, foyer, heures, Centimes(majoration))[cas["colonne"]].to_euros()
    assert abs(trouve - Decimal(cas["attendu"])) <= Decimal(cas["marge"])


def test_every_case_says_its_source_and_its_computation() -> None:
    assert all(cas["source"] and cas["url"].startswith("https://") and cas["calcul"] for cas in CAS)


def test_the_bonus_of_the_prime_is_the_one_that_its_formula_gives() -> None:
    """The hand computation of the case, without rounding by eye."""
    net, smic, forfait = 815.04, 11.88, 633.21
    bonification = round(0.29101 * forfait, 2) * (net - 59 * smic) / (61 * smic)
    prime = forfait + 0.5985 * net + bonification - net - 75.99
    cas = next(cas for cas in CAS if cas["colonne"] == "prime_activite")
    assert round(prime * 0.995, 2) == float(cas["attendu"])
