"""What each ready reform does to the base amounts."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from maillage.regles.engine.lecture_reforme import list_reformes, load_reforme
from maillage.regles.engine.legislation import load_legislation
from maillage.regles.reformes.reformes import compare_montant

TEXT = Path(__file__).with_name("reformes.toml").read_text(encoding="utf-8")
CASES = tomllib.loads(TEXT)["cas"]
# its amounts are those of the law, like the central scenario's
SANS_CAS = {"revue_depenses_2024_gel"}


@pytest.mark.parametrize("cas", CASES, ids=lambda cas: cas["titre"])
def test_case(cas: dict[str, Any]) -> None:
    reforme = load_reforme(cas["reforme"])
    for cle, valeur in cas.get("hypotheses", {}).items():
        reforme = reforme.with_hypothese(cle, valeur)
    obtenus = {}
    for kind in cas["montants"]:
        montant = compare_montant(
            reforme, load_legislation(), kind, cas["le_avant"], cas["le_apres"]
        )
        obtenus[kind] = [montant.avant, montant.apres]
    assert obtenus == cas["montants"]


def test_every_reform_has_a_case_and_every_case_a_text() -> None:
    assert {cas["reforme"] for cas in CASES} == set(list_reformes()) - SANS_CAS
    assert all(cas["texte"] for cas in CASES)
