"""Thresholds of the register, on both sides, and why each contact counts or does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from maillage.web.dialogue.registre.comptage import (
    Contact,
    Responsable,
    Sort,
    Temps,
    count_by_person,
    due_date,
    judge,
    measure_time,
)

LE = date(2024, 6, 30)
CABINET = Responsable("gouvernement", "Travail")
CONTACT = Contact(
    numero=1,
    titre="Entretien",
    jour=date(2024, 3, 1),
    initiative="reseau",
    is_tenue=True,
    responsables=(CABINET,),
    personnes=("présidence",),
)


@pytest.mark.parametrize(
    ("changement", "sort"),
    [
        ({}, Sort.COMPTE),
        ({"initiative": "interlocuteur"}, Sort.NON_COMPTE),
        ({"initiative": "statutaire"}, Sort.NON_COMPTE),
        ({"initiative": "inconnue"}, Sort.A_PRECISER),
        ({"initiative": "commune"}, Sort.A_PRECISER),
        ({"is_tenue": False}, Sort.NON_COMPTE),
        ({"responsables": ()}, Sort.NON_COMPTE),
        ({"jour": None}, Sort.A_PRECISER),
        ({"initiative": "inconnue", "responsables": ()}, Sort.NON_COMPTE),
    ],
)
def test_only_own_initiative_towards_an_official_counts(
    changement: dict[str, object], sort: Sort
) -> None:
    trouve, raison = judge(replace(CONTACT, **changement))  # type: ignore[arg-type]
    assert trouve is sort
    assert raison.endswith(".")


def _contacts(nombre: int, premier: date = date(2024, 1, 1)) -> list[Contact]:
    return [
        replace(CONTACT, numero=n, jour=premier + timedelta(days=n)) for n in range(1, nombre + 1)
    ]


@pytest.mark.parametrize(
    ("nombre", "atteint", "depasse"), [(9, False, False), (10, True, False), (11, True, True)]
)
def test_both_readings_of_ten(nombre: int, *, atteint: bool, depasse: bool) -> None:
    [compteur] = count_by_person(_contacts(nombre), LE)
    assert (compteur.contacts, compteur.is_atteint, compteur.is_depasse) == (
        nombre,
        atteint,
        depasse,
    )


def test_ten_by_two_people_is_ten_by_nobody() -> None:
    moities = [
        replace(c, personnes=("présidence" if c.numero % 2 else "direction",))
        for c in _contacts(10)
    ]
    assert [(c.personne, c.contacts) for c in count_by_person(moities, LE)] == [
        ("direction", 5),
        ("présidence", 5),
    ]


def test_a_meeting_with_three_officials_is_one_contact_and_three_entries() -> None:
    trois = replace(CONTACT, responsables=(CABINET, CABINET, Responsable("parlement")))
    [compteur] = count_by_person([trois], LE)
    assert (compteur.contacts, compteur.entrees) == (1, 3)


@pytest.mark.parametrize(
    ("jour", "compte"),
    [
        (date(2023, 6, 30), False),
        (date(2023, 7, 1), True),
        (LE, True),
        (LE + timedelta(days=1), False),
    ],
)
def test_the_window_of_twelve_months_day_by_day(jour: date, *, compte: bool) -> None:
    assert bool(count_by_person([replace(CONTACT, jour=jour)], LE)) is compte


@pytest.mark.parametrize(
    ("heures", "atteint"), [("99.99", False), ("100", False), ("100.01", True)]
)
def test_more_than_half_of_the_time(heures: str, *, atteint: bool) -> None:
    temps = Temps("direction", date(2024, 1, 1), LE, Decimal(heures), Decimal(200))
    [part] = measure_time([temps], LE)
    assert part.is_atteint is atteint
    assert part.is_complet


def test_time_noted_for_a_part_of_the_six_months_says_so() -> None:
    juin = Temps("direction", date(2024, 6, 1), LE, Decimal(10), Decimal(100))
    trop_long = Temps("présidence", date(2023, 6, 1), LE, Decimal(90), Decimal(100))
    [part] = measure_time([juin, trop_long], LE)
    assert (part.fonction, part.is_complet) == ("direction", False)


@pytest.mark.parametrize(
    ("fin", "echeance"),
    [
        (date(2024, 12, 31), date(2025, 3, 31)),
        (date(2024, 6, 30), date(2024, 9, 30)),
        (date(2023, 11, 30), date(2024, 2, 29)),
    ],
)
def test_three_months_after_the_close(fin: date, echeance: date) -> None:
    assert due_date(fin) == echeance
