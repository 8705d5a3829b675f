"""Conventions, membership periods and dues: what a list of them may not be."""

from __future__ import annotations

from datetime import date

import pytest

from maillage.web.network.lignes import (
    LigneAdhesion,
    LigneConvention,
    LigneCotisation,
    check_adhesions,
    check_conventions,
    check_cotisations,
)

SIREN, SIRET = "100000009", "10000000900017"
AUTRE_SIRET = "10000001700010"


def test_one_establishment_may_hold_two_kinds() -> None:
    lignes = [LigneConvention("AI", SIRET), LigneConvention("ACI", SIRET)]
    assert check_conventions(lignes, SIREN, is_structure=True) == []


@pytest.mark.parametrize(
    ("lignes", "code"),
    [
        ([LigneConvention("AI", SIRET)] * 2, "MLG-ORG-011"),
        ([LigneConvention("GEIQ", SIRET)], "MLG-ORG-012"),
        ([LigneConvention("AI", AUTRE_SIRET)], "MLG-ORG-013"),
        ([LigneConvention("AI", "10000000900018")], "MLG-ID-006"),
        ([LigneConvention("AI", "1000")], "MLG-ID-005"),
    ],
)
def test_a_wrong_convention_is_told(lignes: list[LigneConvention], code: str) -> None:
    assert [a.code for a in check_conventions(lignes, SIREN, is_structure=True)] == [code]


def test_only_structures_hold_such_lists() -> None:
    jour = date(2024, 1, 1)
    trouvees = [
        *check_conventions([LigneConvention("AI", SIRET)], "", is_structure=False),
        *check_adhesions([LigneAdhesion(jour)], is_structure=False),
        *check_cotisations([LigneCotisation(2024, "reglee", jour)], is_structure=False),
    ]
    assert [a.code for a in trouvees] == ["MLG-ORG-010"] * 3


@pytest.mark.parametrize(
    ("periodes", "code"),
    [
        ([("2020-01-01", "2019-12-31")], "MLG-ORG-014"),
        ([("2020-01-01", "2020-12-31"), ("2020-12-31", None)], "MLG-ORG-015"),
        ([("2020-01-01", None), ("2021-01-01", "2021-12-31")], "MLG-ORG-015"),
    ],
)
def test_a_wrong_period_is_told(periodes: list[tuple[str, str | None]], code: str) -> None:
    lignes = [
        LigneAdhesion(date.fromisoformat(d), date.fromisoformat(f) if f else None)
        for d, f in periodes
    ]
    assert [a.code for a in check_adhesions(lignes, is_structure=True)] == [code]


def test_periods_that_touch_are_right() -> None:
    lignes = [LigneAdhesion(date(2021, 1, 1)), LigneAdhesion(date(2020, 1, 1), date(2020, 12, 31))]
    assert check_adhesions(lignes, is_structure=True) == []


@pytest.mark.parametrize(
    ("ligne", "code"),
    [
        (LigneCotisation(1800, "reglee", date(2024, 1, 1)), "MLG-ORG-017"),
        (LigneCotisation(2024, "payee", date(2024, 1, 1)), "MLG-ORG-018"),
        (LigneCotisation(2024, "reglee", date(2024, 1, 1), -1), "MLG-ORG-019"),
        (LigneCotisation(2024, "reglee", date(2024, 1, 1), 10**9 + 1), "MLG-ORG-019"),
    ],
)
def test_wrong_dues_are_told(ligne: LigneCotisation, code: str) -> None:
    assert [a.code for a in check_cotisations([ligne], is_structure=True)] == [code]


def test_a_year_twice_is_told() -> None:
    lignes = [LigneCotisation(2024, "reglee", date(2024, 1, 1))] * 2
    assert [a.code for a in check_cotisations(lignes, is_structure=True)] == ["MLG-ORG-016"]
