"""Share of the département against decimal.Decimal."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from maillage.regles.cofinancement.formules import (
    cofinancement_mensuel_par_beneficiaire,
    nombre_beneficiaires_cible,
    part_departement,
    part_departement_centimes,
)

RSA = st.decimals(400, 800, places=2)
TAUX = np.array([0.88])


def share(mois: int, rsa: Decimal, total: int) -> int:
    part = part_departement_centimes(
        np.array([mois]), np.array([float(rsa)]), TAUX, np.array([total])
    )
    return int(part[0])


@given(st.integers(0, 5000), RSA, st.integers(0, 10**10))
def test_two_engines_agree_to_the_cent(mois: int, rsa: Decimal, total: int) -> None:
    exacte = mois * rsa * Decimal("0.88") * 100
    attendue = min(int(exacte.quantize(Decimal(1), ROUND_HALF_UP)), total)

    assert share(mois, rsa, total) == attendue


@given(st.integers(0, 5000), st.integers(0, 5000), RSA, st.integers(0, 10**8))
def test_more_recipients_never_give_less_and_never_more_than_the_total(
    mois: int, autres: int, rsa: Decimal, total: int
) -> None:
    petit, grand = sorted([mois, autres])

    assert share(petit, rsa, total) <= share(grand, rsa, total) <= total


@given(st.integers(1, 400), st.integers(1, 12), RSA)
def test_the_target_is_found_again_from_the_share(personnes: int, duree: int, rsa: Decimal) -> None:
    part = share(personnes * duree, rsa, 10**12)
    par_mois = cofinancement_mensuel_par_beneficiaire(np.array([float(rsa)]), TAUX)
    cible = nombre_beneficiaires_cible(np.array([part]), np.array([duree]), par_mois)

    np.testing.assert_allclose(cible, [personnes], atol=1e-4)


@given(st.integers(0, 10**9), st.integers(1, 10**9))
def test_a_share_within_the_total_is_between_0_and_1(montant: int, total: int) -> None:
    (part,) = part_departement(np.array([min(montant, total)]), np.array([total])).tolist()

    assert 0 <= part <= 1
