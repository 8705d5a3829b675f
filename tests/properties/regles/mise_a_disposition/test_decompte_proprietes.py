"""Every hour is put in one place, in any order of the placements."""

from __future__ import annotations

import math
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from maillage.regles.mise_a_disposition.decompte import compute_decompte
from maillage.regles.mise_a_disposition.modele import (
    EmployeurPublic,
    HeuresSousDerogation,
    Lecture,
    MiseADisposition,
    Plafond,
    PointDeDepart,
    TypeClient,
)

PLAFOND = Plafond(480, 24, date(2021, 9, 1), 3)
FIN = date(2026, 12, 31)
MISES = st.lists(
    st.builds(
        MiseADisposition,
        st.dates(date(2022, 1, 1), date(2026, 12, 31)),
        st.integers(0, 300).map(float),
        st.sampled_from(TypeClient),
    ),
    max_size=12,
)
LECTURES = st.builds(
    Lecture,
    st.sampled_from(PointDeDepart),
    st.sampled_from(EmployeurPublic),
    st.sampled_from(HeuresSousDerogation),
)


@given(MISES, LECTURES)
def test_every_hour_is_counted_once(mises: list[MiseADisposition], lecture: Lecture) -> None:
    decompte = compute_decompte(mises, FIN, plafond=PLAFOND, lecture=lecture)
    total = math.fsum(mise.nombre_heures for mise in mises)
    assert total == (
        decompte.nombre_heures_comptees
        + decompte.nombre_heures_sans_plafond
        + decompte.nombre_heures_hors_periode
    )
    assert decompte.nombre_heures_depassement == max(decompte.nombre_heures_comptees - 480, 0)
    assert (decompte.date_franchissement is not None) == (decompte.nombre_heures_depassement > 0)


@given(MISES, LECTURES, st.randoms(use_true_random=False))
def test_order_is_irrelevant(
    mises: list[MiseADisposition], lecture: Lecture, hasard: object
) -> None:
    melangees = list(mises)
    hasard.shuffle(melangees)  # type: ignore[attr-defined]  # a random.Random
    attendu, obtenu = (
        compute_decompte(suite, FIN, plafond=PLAFOND, lecture=lecture)
        for suite in (mises, melangees)
    )
    assert attendu == obtenu


@given(MISES, LECTURES, st.dates(date(2022, 1, 1), FIN))
def test_hours_counted_never_fall_with_time(
    mises: list[MiseADisposition], lecture: Lecture, jour: date
) -> None:
    avant = compute_decompte(mises, jour, plafond=PLAFOND, lecture=lecture)
    apres = compute_decompte(mises, FIN, plafond=PLAFOND, lecture=lecture)
    assert avant.nombre_heures_comptees <= apres.nombre_heures_comptees
    assert avant.nombre_heures_restantes >= apres.nombre_heures_restantes
