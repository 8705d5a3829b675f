"""Each rule on both sides of its mark; nothing is said of what is not known."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any

import pytest

from maillage.analyses.alertes.regles import (
    COMPTES_ANCIENS,
    Situation,
    list_alertes,
    list_inconnues,
)
from maillage.kernel.valeur import Absence

LE = date(2026, 1, 15)
SAINE = Situation(
    cloture=date(2024, 12, 31),
    mois_de_tresorerie=3.0,
    resultat=5_000.0,
    resultat_precedent=6_000.0,
    charges=200_000.0,
    mois_en_retard=0,
    taux_realisation=99.0,
    ecart_etp=-0.1,
)


def codes(**changes: Any) -> list[str]:
    return [alerte.code for alerte in list_alertes(replace(SAINE, **changes), LE)]


def test_nothing_is_said_of_a_sound_structure() -> None:
    assert codes() == []
    assert list_inconnues(SAINE) == ()


@pytest.mark.parametrize(
    ("changes", "attendus"),
    [
        ({"mois_de_tresorerie": 1.99}, ["tresorerie"]),
        ({"mois_de_tresorerie": 2.0}, []),
        ({"resultat": -1.0}, ["deficit"]),
        ({"resultat": 0.0}, []),
        ({"resultat_precedent": 15_000.0}, ["baisse"]),  # 10,000 € are 5 % of 200,000
        ({"resultat_precedent": 14_999.0}, []),
        ({"mois_en_retard": 1}, ["retard"]),
        ({"taux_realisation": 94.9, "ecart_etp": -0.26}, ["realisation"]),
        ({"taux_realisation": 94.9, "ecart_etp": -0.2}, []),
        ({"taux_realisation": 95.1, "ecart_etp": -3.0}, []),
        ({"cloture": LE - COMPTES_ANCIENS}, []),
        ({"cloture": LE - COMPTES_ANCIENS - timedelta(days=1)}, ["anciens"]),
        ({"resultat": -20_000.0, "mois_de_tresorerie": 0.5}, ["tresorerie", "deficit", "baisse"]),
    ],
)
def test_each_rule_on_both_sides_of_its_mark(changes: dict[str, Any], attendus: list[str]) -> None:
    assert codes(**changes) == attendus


def test_every_alert_says_its_figure_and_its_rule() -> None:
    grave = replace(
        SAINE,
        mois_de_tresorerie=0.5,
        resultat=-20_000.0,
        mois_en_retard=2,
        taux_realisation=80.0,
        ecart_etp=-2.0,
        cloture=date(2023, 12, 31),
    )
    alertes = list_alertes(grave, LE)
    assert len(alertes) == 6
    assert all(any(c.isdigit() for c in alerte.phrase) for alerte in alertes)
    assert len({alerte.regle for alerte in alertes}) == 6


def test_what_is_not_known_raises_nothing_and_is_told() -> None:
    rien = Situation(
        None,
        **{champ.name: Absence.INCONNUE for champ in fields(Situation) if champ.name != "cloture"},
    )
    assert list_alertes(rien, LE) == ()
    assert len(list_inconnues(rien)) == 4
    sans_charges = replace(SAINE, charges=0.0, resultat_precedent=1e6)
    assert list_alertes(sans_charges, LE) == ()
