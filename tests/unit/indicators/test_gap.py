"""Gap under a key of need: shares, gaps, ranks, composite, agreement."""

from __future__ import annotations

import numpy as np
import pytest

from maillage.indicators.gap import (
    POIDS_PAR_DEFAUT,
    agreement,
    composite,
    gaps,
    rank_range,
    ranks,
    shares,
)
from maillage.kernel.valeur import Absence, Colonne, Valeur


def column(*valeurs: Valeur) -> Colonne:
    return Colonne.from_valeurs(valeurs)


def test_shares_leave_out_what_is_not_known() -> None:
    assert list(shares(column(1, Absence.SECRETE, 3))) == [0.25, Absence.SECRETE, 0.75]


def test_shares_of_nothing_have_no_object() -> None:
    assert list(shares(column(0, 0))) == [Absence.SANS_OBJET] * 2


def test_gaps_of_a_worked_example() -> None:
    """Needs 100, 300, unknown; stocks 20, 20, 60: 40 people compared, 10 and 30 expected."""
    found = gaps(column(100, 300, Absence.INCONNUE), column(20, 20, 60))
    assert list(found.part_besoin) == [0.25, 0.75, Absence.INCONNUE]
    assert list(found.part_offre) == [0.5, 0.5, Absence.INCONNUE]
    assert list(found.ecart) == [10, -10, Absence.INCONNUE]
    assert next(iter(found.relatif)) == 1
    assert list(found.relatif)[1] == pytest.approx(-1 / 3)
    assert list(found.rang) == [2, 1, Absence.INCONNUE]


def test_a_stock_that_is_not_known_removes_its_need_from_the_shares() -> None:
    found = gaps(column(100, 300, 600), column(20, 20, Absence.EN_RETARD))
    assert list(found.part_besoin) == [0.25, 0.75, Absence.EN_RETARD]


def test_equal_figures_share_the_best_rank() -> None:
    assert list(ranks(column(2, 1, 2 + 1e-13, 5, Absence.SECRETE))) == [
        2,
        1,
        2,
        4,
        Absence.SECRETE,
    ]


def test_composite_of_equal_weights_is_the_mean() -> None:
    parts = {cle: column(0.25, 0.75) for cle in POIDS_PAR_DEFAUT} | {"rsa": column(0.65, 0.35)}
    assert list(composite(parts, POIDS_PAR_DEFAUT)) == pytest.approx([0.35, 0.65])


def test_composite_judges_on_the_keys_that_are_known_and_sums_to_one() -> None:
    parts = {"demandeurs": column(0.2, 0.8), "pauvrete": column(Absence.INCONNUE, 1.0)}
    found = list(composite(parts, {"demandeurs": 1, "pauvrete": 1}))
    assert found == pytest.approx([0.2 / 1.1, 0.9 / 1.1])


def test_composite_without_any_known_key_keeps_the_first_absence() -> None:
    parts = {"demandeurs": column(Absence.SECRETE, 1.0), "rsa": column(Absence.INCONNUE, 1.0)}
    assert list(composite(parts, {"demandeurs": 1, "rsa": 1})) == [Absence.SECRETE, 1.0]


def test_composite_without_any_weight_is_unknown() -> None:
    assert list(composite({"rsa": column(1.0)}, {})) == [Absence.INCONNUE]


@pytest.mark.parametrize("poids", [{"rsa": -1.0}, {"rsa": float("nan")}, {"taille": 1.0}])
def test_wrong_weights_are_refused(poids: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="weights"):
        composite({"rsa": column(1.0)}, poids)


def test_range_needs_two_ranks() -> None:
    lowest, highest = rank_range(
        [column(1, Absence.INCONNUE), column(4, 2), column(Absence.SECRETE, Absence.INCONNUE)]
    )
    assert list(lowest) == [1, Absence.INCONNUE]
    assert list(highest) == [4, Absence.INCONNUE]


def test_agreement_is_that_of_the_ranks() -> None:
    same, opposite = column(1, 2, 30, 4), column(-1, -2, -30, -4)
    few = column(1, 2, Absence.INCONNUE, Absence.INCONNUE)
    flat = column(7, 7, 7, 7)
    matrix = agreement({"a": same, "b": opposite, "few": few, "flat": flat})
    assert matrix[0, 0] == pytest.approx(1)
    assert matrix[0, 1] == pytest.approx(-1)
    assert np.isnan(matrix[0, 2])
    assert np.isnan(matrix[0, 3])
