"""Agreed amounts against a second engine written with decimal.Decimal, to be read aloud."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import TYPE_CHECKING

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from maillage.regles.aide_au_poste.arrondi import prorata
from maillage.regles.aide_au_poste.formules import (
    montant_total_annuel_centimes,
    part_modulee_centimes,
    points_modulation,
)

if TYPE_CHECKING:
    from random import Random

CENTIME = Decimal("0.01")
ETP = st.decimals(0, 5000, places=2)
UNITAIRE = st.decimals(0, 40000, places=2)
DUREE = st.integers(1, 12)
ANNEXE = st.tuples(ETP, UNITAIRE, DUREE)


def readable_amount(etp: Decimal, unitaire: Decimal, duree: int) -> Decimal:
    """Whole year: ETP × unit amount. Otherwise: months × the rounded amount of one month."""
    with localcontext(prec=60):
        if duree == 12:
            return (etp * unitaire).quantize(CENTIME, ROUND_HALF_UP)
        return duree * (etp * unitaire / 12).quantize(CENTIME, ROUND_HALF_UP)


def fast_amounts(annexes: list[tuple[Decimal, Decimal, int]]) -> list[int]:
    totaux = montant_total_annuel_centimes(
        np.array([int(etp * 100) for etp, _, _ in annexes], dtype=np.int64),
        np.array([int(unitaire * 100) for _, unitaire, _ in annexes], dtype=np.int64),
        np.array([duree for _, _, duree in annexes], dtype=np.int64),
    )
    liste: list[int] = totaux.tolist()
    return liste


@given(st.lists(ANNEXE, max_size=20))
def test_two_engines_agree_to_the_cent(annexes: list[tuple[Decimal, Decimal, int]]) -> None:
    lisibles = [int(readable_amount(*annexe) * 100) for annexe in annexes]

    assert fast_amounts(annexes) == lisibles


@given(st.lists(ANNEXE, min_size=1, max_size=10), st.randoms())
def test_rows_do_not_look_at_one_another(
    annexes: list[tuple[Decimal, Decimal, int]],
    hasard: Random,
) -> None:
    seules = [fast_amounts([annexe])[0] for annexe in annexes]
    ordre = list(range(len(annexes)))
    hasard.shuffle(ordre)

    assert fast_amounts(annexes) == seules
    assert fast_amounts([annexes[i] for i in ordre]) == [seules[i] for i in ordre]


@given(ANNEXE, ETP)
def test_more_etp_never_give_less(annexe: tuple[Decimal, Decimal, int], autre: Decimal) -> None:
    etp, unitaire, duree = annexe
    petit, grand = sorted([etp, autre])

    moins, plus = fast_amounts([(petit, unitaire, duree), (grand, unitaire, duree)])
    assert moins <= plus


@given(ANNEXE, UNITAIRE)
def test_a_higher_amount_never_gives_less(
    annexe: tuple[Decimal, Decimal, int], autre: Decimal
) -> None:
    etp, unitaire, duree = annexe
    petit, grand = sorted([unitaire, autre])

    moins, plus = fast_amounts([(etp, petit, duree), (etp, grand, duree)])
    assert moins <= plus


@given(UNITAIRE, ETP, DUREE)
def test_nothing_gives_nothing(unitaire: Decimal, etp: Decimal, duree: int) -> None:
    assert fast_amounts([(Decimal(0), unitaire, duree), (etp, Decimal(0), duree)]) == [0, 0]


@given(st.integers(-(2**62), 2**62), st.integers(-(2**62), 2**62), st.integers(2**40, 2**62))
def test_any_prorata_is_the_exact_one(montant: int, numerateur: int, denominateur: int) -> None:
    with localcontext(prec=80):
        exact = Decimal(montant) * Decimal(numerateur) / Decimal(denominateur)
        attendu = int(exact.quantize(Decimal(1), ROUND_HALF_UP))
    if abs(attendu) >= 2**63:
        return
    trouve = prorata(np.array([montant]), np.array([numerateur]), np.array([denominateur]))

    assert trouve.tolist() == [attendu]


@given(
    st.integers(0, 10**10),
    st.integers(0, 100),
    st.integers(0, 100),
    st.tuples(st.integers(0, 100), st.integers(0, 100), st.integers(0, 100)),
    st.sampled_from([0.1, 0.05]),
)
def test_the_modulated_part_stays_within_its_maximum(
    total: int, premier: int, deuxieme: int, notes: tuple[int, int, int], maximum: float
) -> None:
    bas, haut = sorted([premier, deuxieme])
    poids = (bas, haut - bas, 100 - haut)
    points = points_modulation(*(np.array([valeur]) for valeur in (*poids, *notes)))
    (part,) = part_modulee_centimes(np.array([total]), points, np.array([maximum])).tolist()
    with localcontext(prec=60):
        score = Decimal(sum(p * n for p, n in zip(poids, notes, strict=True))) / 10000
        attendue = (total * score * Decimal(str(maximum))).quantize(Decimal(1), ROUND_HALF_UP)

    assert part == int(attendue)
    assert 0 <= part <= total * Decimal(str(maximum)) + Decimal("0.5")


@given(
    quotient=st.integers(0, 2**24),
    denominateur=st.integers(1, 2**26),
    reste=st.integers(-2, 2),
    moitie=st.booleans(),
)
def test_the_fast_division_is_exact_beside_each_whole_number_and_each_half(
    *, quotient: int, denominateur: int, reste: int, moitie: bool
) -> None:
    """The quotient of two floats must never reach a cent that the whole numbers do not reach."""
    montant = quotient * denominateur + (denominateur // 2 if moitie else 0) + reste
    assume(montant >= 0)
    exact = (2 * montant + denominateur) // (2 * denominateur)
    un = np.array([1])
    assert prorata(np.array([montant]), un, np.array([denominateur]))[0] == exact
