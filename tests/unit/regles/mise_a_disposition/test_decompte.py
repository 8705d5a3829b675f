from __future__ import annotations

import math
from datetime import date

import numpy as np
import pytest

from maillage.kernel.errors import SaisieInvalide
from maillage.regles.mise_a_disposition.decompte import add_mois, compute_decompte
from maillage.regles.mise_a_disposition.formules import (
    heures_au_dela_du_plafond,
    heures_restantes_en_entreprise,
)
from maillage.regles.mise_a_disposition.modele import (
    Derogation,
    EmployeurPublic,
    HeuresSousDerogation,
    Lecture,
    MiseADisposition,
    Plafond,
    PointDeDepart,
    TypeClient,
)
from maillage.regles.mise_a_disposition.parametrage import _number

PLAFOND = Plafond(480, 24, date(2021, 9, 1), 3)
LECTURE = Lecture(
    PointDeDepart.PREMIERE_PLAFONNEE, EmployeurPublic.PLAFONNE, HeuresSousDerogation.COMPTEES
)
FIN = date(2026, 6, 30)


def mise(jour: date, heures: float, client: TypeClient = TypeClient.ENTREPRISE) -> MiseADisposition:
    return MiseADisposition(jour, heures, client)


def codes(mises: list[MiseADisposition], derogations: list[Derogation]) -> list[str]:
    with pytest.raises(SaisieInvalide) as caught:
        compute_decompte(mises, FIN, plafond=PLAFOND, lecture=LECTURE, derogations=derogations)
    return [anomalie.code for anomalie in caught.value.anomalies]


def test_nobody_lent_is_an_empty_count() -> None:
    decompte = compute_decompte([], FIN, plafond=PLAFOND, lecture=LECTURE)
    assert (decompte.date_depart, decompte.date_anniversaire) == (None, None)
    assert (decompte.nombre_heures_comptees, decompte.nombre_heures_restantes) == (0, 480)
    assert decompte.avertissements == ()


def test_every_problem_is_told_at_once() -> None:
    mises = [mise(date(2024, 1, 1), -1), mise(date(2024, 1, 2), math.nan)]
    derogations = [
        Derogation(date(2024, 2, 1), date(2024, 1, 1)),
        Derogation(date(2021, 8, 31), date(2022, 1, 1)),
        Derogation(date(2022, 1, 1), date(2025, 1, 1)),
    ]
    assert codes(mises, derogations) == [
        "MLG-MAD-001",
        "MLG-MAD-001",
        "MLG-MAD-002",
        "MLG-MAD-003",
        "MLG-MAD-004",
    ]


def test_a_waiver_of_three_years_to_the_day_is_allowed() -> None:
    derogation = Derogation(date(2021, 9, 1), date(2024, 8, 31))
    decompte = compute_decompte([], FIN, plafond=PLAFOND, lecture=LECTURE, derogations=[derogation])
    assert decompte.nombre_heures_depassement == 0


def test_no_waiver_before_the_law_opened_it() -> None:
    plafond = Plafond(480, 24, None, 0)
    with pytest.raises(SaisieInvalide, match="MLG-MAD-003"):
        compute_decompte(
            [],
            FIN,
            plafond=plafond,
            lecture=LECTURE,
            derogations=[Derogation(date(2020, 1, 1), date(2020, 2, 1))],
        )


def test_hours_of_zero_do_not_reach_a_cap_of_zero() -> None:
    plafond = Plafond(0, 24, None, 0)
    decompte = compute_decompte([mise(FIN, 0)], FIN, plafond=plafond, lecture=LECTURE)
    assert decompte.date_plafond_atteint is None


def test_order_of_placements_does_not_matter() -> None:
    mises = [mise(date(2024, 1, 1), 300), mise(date(2024, 5, 1), 300), mise(date(2025, 1, 1), 5)]
    avant, apres = (
        compute_decompte(suite, FIN, plafond=PLAFOND, lecture=LECTURE)
        for suite in (mises, mises[::-1])
    )
    assert avant == apres
    assert avant.date_franchissement == date(2024, 5, 1)
    assert avant.nombre_heures_depassement == 125
    assert "1er mai 2024" in avant.avertissements[0]


def test_hours_after_the_24_months_are_told() -> None:
    mises = [mise(date(2024, 1, 1), 1), mise(date(2026, 1, 1), 2)]
    decompte = compute_decompte(mises, FIN, plafond=PLAFOND, lecture=LECTURE)
    assert "nouveau décompte" in decompte.avertissements[0]
    assert "1er janvier 2026" in decompte.avertissements[0]


def test_waived_hours_after_the_24_months_are_waived_hours() -> None:
    mises = [mise(date(2023, 1, 1), 1), mise(date(2025, 1, 1), 2)]
    decompte = compute_decompte(
        mises,
        FIN,
        plafond=PLAFOND,
        lecture=LECTURE,
        derogations=[Derogation(date(2025, 1, 1), date(2025, 12, 31))],
    )
    assert decompte.nombre_heures_sous_derogation == 2
    assert decompte.nombre_heures_hors_periode == 0
    assert decompte.nombre_heures_comptees == 1


@pytest.mark.parametrize(
    ("jour", "mois", "attendu"),
    [
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 2, 29), 24, date(2026, 2, 28)),
        (date(2024, 12, 1), 1, date(2025, 1, 1)),
        (date(2024, 6, 3), 24, date(2026, 6, 3)),
    ],
)
def test_months_are_calendar_months(jour: date, mois: int, attendu: date) -> None:
    assert add_mois(jour, mois) == attendu


def test_readings_are_told_in_french() -> None:
    assert all(phrase.endswith(".") for phrase in LECTURE.phrases)
    lectures = (*PointDeDepart, *EmployeurPublic, *HeuresSousDerogation)
    assert len({lecture.libelle for lecture in lectures}) == 6


def test_columns_on_both_sides_of_the_cap() -> None:
    comptees, plafond = np.array([0.0, 479.0, 480.0, 481.0]), np.full(4, 480.0)
    assert heures_restantes_en_entreprise(comptees, plafond).tolist() == [480, 1, 0, 0]
    assert heures_au_dela_du_plafond(comptees, plafond).tolist() == [0, 0, 0, 1]


def test_a_legal_value_that_is_no_number_is_a_defect() -> None:
    with pytest.raises(TypeError):
        _number("480")
