"""The share month by month is the share of the annexe, whatever the months."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.regles.cofinancement.formules import part_departement_centimes
from maillage.regles.cofinancement.repartition import split_mois

if TYPE_CHECKING:
    from numpy.typing import NDArray

TAUX = np.array([0.88])
LIGNES = st.integers(1, 12).flatmap(
    lambda mois: st.lists(
        st.tuples(
            st.lists(st.integers(0, 10**7), min_size=mois, max_size=mois),
            st.lists(st.integers(0, 300), min_size=mois, max_size=mois),
        ),
        min_size=1,
        max_size=4,
    )
)
RSA = st.integers(1, 100_000)


def split(lignes: list[tuple[list[int], list[int]]], rsa: int) -> NDArray[np.int64]:
    montants = np.array([montants for montants, _ in lignes])
    nombres = np.array([nombres for _, nombres in lignes])
    taux = np.repeat(TAUX, len(lignes))
    return split_mois(montants, np.full(montants.shape, rsa), nombres, taux)


@given(LIGNES, RSA)
def test_the_months_add_up_to_the_share_of_the_annexe(
    lignes: list[tuple[list[int], list[int]]], rsa: int
) -> None:
    parts = split(lignes, rsa)
    total = part_departement_centimes(
        mois_beneficiaires=np.array([sum(nombres) for _, nombres in lignes]),
        rsa_personne_seule=np.full(len(lignes), rsa / 100),
        taux_cofinancement=np.repeat(TAUX, len(lignes)),
        montant_total_annuel_centimes=np.array([sum(montants) for montants, _ in lignes]),
    )
    assert parts.sum(axis=1).tolist() == total.tolist()
    assert (parts >= 0).all()


@given(LIGNES, RSA)
def test_since_the_start_the_share_is_under_the_amount(
    lignes: list[tuple[list[int], list[int]]], rsa: int
) -> None:
    montants = np.cumsum(np.array([montants for montants, _ in lignes]), axis=1)
    assert (np.cumsum(split(lignes, rsa), axis=1) <= montants).all()


@given(LIGNES, RSA)
def test_one_row_is_many_rows_in_any_order(
    lignes: list[tuple[list[int], list[int]]], rsa: int
) -> None:
    ensemble = split(lignes, rsa).tolist()
    assert ensemble == [split([une], rsa)[0].tolist() for une in lignes]
    assert split(lignes[::-1], rsa).tolist() == ensemble[::-1]


@given(RSA)
def test_nobody_gives_nothing(rsa: int) -> None:
    assert not split([([100, 100], [0, 0])], rsa).any()


def test_impossible_tables_are_refused() -> None:
    un = np.ones((1, 2), dtype=np.int64)
    with pytest.raises(ValueError, match="one shape"):
        split_mois(un, un, un[:, :1], TAUX)
    with pytest.raises(ValueError, match="negative"):
        split_mois(un, un, -un, TAUX)
