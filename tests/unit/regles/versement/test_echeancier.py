"""Many schedules at once: shapes, refusals, and the readings of what the texts leave open."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from maillage.regles.versement.convention import Convention
from maillage.regles.versement.echeancier import (
    Annexes,
    Avenants,
    Echeancier,
    compute_echeancier,
)
from maillage.regles.versement.hypotheses import (
    HYPOTHESES,
    Mensualite,
    MoisObserves,
    Plafond,
    Reprise,
)
from maillage.regles.versement.regimes import REGIME_2014, REGIME_2017, Regime


def build(
    total: int, duree: int, convenue: int, occupation: list[int], regime: Regime = REGIME_2017
) -> Annexes:
    mois = np.zeros((1, 12), dtype=np.int64)
    mois[0, : len(occupation)] = occupation
    return Annexes(
        montant_total=np.array([total]),
        duree_mois=np.array([duree]),
        occupation_convenue=np.array([convenue]),
        occupation=mois,
        est_regularise=regime.find_mois(np.array([duree])),
        solde_apres_fin=np.array([regime.solde_apres_fin]),
    )


def paid(echeancier: Echeancier) -> list[int]:
    verses: list[int] = echeancier.verse[0].tolist()
    return verses


# 12 000 cents for 10 posts: 1 000 a month, 100 for one post and one month.
PLEINE = build(12000, 12, 10, [10] * 12)


def test_full_occupation_pays_twelve_twelfths_and_nothing_to_correct() -> None:
    echeancier = compute_echeancier(PLEINE)

    assert paid(echeancier) == [1000] * 12 + [0]
    assert not echeancier.regularisation.any()
    assert echeancier.mois_observes[0].tolist() == [0, 0, 0, 0, 4, 0, 0, 7, 0, 0, 10, 0, 12]


def test_nothing_done_gives_everything_back() -> None:
    echeancier = compute_echeancier(build(12000, 12, 10, []))

    assert echeancier.droit_final.tolist() == [0]
    assert echeancier.cumul[0, -1] == 0
    assert echeancier.verse[0, -1] == -4000


def test_nothing_agreed_pays_nothing() -> None:
    echeancier = compute_echeancier(build(0, 12, 0, [5] * 12))

    assert paid(echeancier) == [0] * 13


def test_occupation_above_the_convention_is_not_paid() -> None:
    echeancier = compute_echeancier(build(12000, 12, 10, [15] * 12))

    assert echeancier.droit_final.tolist() == [12000]
    assert paid(echeancier) == [1000] * 12 + [0]


def test_a_cumulated_cap_lets_a_month_make_up_for_another() -> None:
    annexes = build(12000, 12, 10, [5, 15] * 6)

    cumule = compute_echeancier(annexes)
    mensuel = compute_echeancier(annexes, replace(HYPOTHESES, plafond=Plafond.MENSUEL))

    assert cumule.droit_final.tolist() == [12000]
    assert mensuel.droit_final.tolist() == [9000]
    assert cumule.droit_a_date[0, :3].tolist() == [500, 2000, 2500]


def test_work_done_ahead_is_paid_when_the_posts_are_due() -> None:
    """20 for 10 posts in the first half: the right to date stops at what is agreed to date."""
    echeancier = compute_echeancier(build(12000, 12, 10, [20] * 6))

    assert echeancier.droit_a_date[0].tolist() == [*range(1000, 13000, 1000), 12000]


def test_the_observed_months_may_include_the_month_itself() -> None:
    annexes = build(12000, 12, 10, [10] * 4 + [0] * 8)
    compris = compute_echeancier(
        annexes, replace(HYPOTHESES, mois_observes=MoisObserves.MOIS_COMPRIS)
    )

    assert compute_echeancier(annexes).regularisation[0, 4] == 0
    assert compris.regularisation[0, 4] == -1000
    assert compris.mois_observes[0].tolist() == [0, 0, 0, 0, 5, 0, 0, 8, 0, 0, 11, 0, 12]


def test_a_recovery_is_kept_from_the_next_advances_or_given_back_at_once() -> None:
    annexes = build(12000, 12, 10, [0] * 4 + [10] * 8)

    report = compute_echeancier(annexes)
    aussitot = compute_echeancier(annexes, replace(HYPOTHESES, reprise=Reprise.REVERSEMENT))

    assert paid(report) == [1000] * 4 + [0] * 4 + [1000] * 4 + [0]
    assert paid(aussitot) == [1000] * 4 + [-3000] + [1000] * 7 + [0]
    assert report.regularisation.tolist() == aussitot.regularisation.tolist()


def test_a_short_annexe_by_its_months_or_by_twelfths() -> None:
    annexes = build(6000, 6, 10, [10] * 6)
    douziemes = compute_echeancier(
        annexes, replace(HYPOTHESES, mensualite=Mensualite.DOUZIEME_DU_TOTAL)
    )

    assert paid(compute_echeancier(annexes)) == [1000] * 6 + [0] * 7
    # 500 a month; the 5th month brings the right of four months: 4 000 − 2 000 more.
    assert paid(douziemes) == [500] * 4 + [2500, 500] + [0] * 6 + [1000]


def test_before_2017_the_last_month_settles_everything() -> None:
    echeancier = compute_echeancier(build(12000, 12, 10, [10] * 10 + [0, 0], REGIME_2014))

    assert echeancier.regularisation[0].tolist() == [0] * 11 + [-2000, 0]
    assert paid(echeancier) == [1000] * 11 + [0, -1000]


def test_before_2017_a_recovery_in_the_11th_month() -> None:
    echeancier = compute_echeancier(build(12000, 12, 10, [9] * 12, REGIME_2014))

    assert echeancier.regularisation[0].tolist() == [0] * 10 + [-1000, -200, 0]
    assert paid(echeancier) == [1000] * 10 + [0, 800, 0]


def test_occupation_after_the_end_is_ignored() -> None:
    dedans = compute_echeancier(build(6000, 6, 10, [8] * 6))
    dehors = compute_echeancier(build(6000, 6, 10, [8] * 12))

    assert paid(dedans) == paid(dehors)


def test_cents_that_do_not_divide_add_up() -> None:
    echeancier = compute_echeancier(build(10001, 12, 7, [7] * 12))

    assert sum(paid(echeancier)) == 10001
    assert not echeancier.regularisation.any()
    assert set(paid(echeancier)[:12]) == {833, 834}


def test_amounts_that_need_more_than_int64_are_exact() -> None:
    total, convenue = 10**15, 10**9
    echeancier = compute_echeancier(build(total, 12, convenue, [convenue // 2] * 12))

    assert echeancier.droit_final.tolist() == [total // 2]


@pytest.mark.parametrize(
    ("champ", "valeur", "message"),
    [
        ("duree_mois", [0], "between 1 and 12"),
        ("duree_mois", [13], "between 1 and 12"),
        ("montant_total", [-1], "montant_total holds"),
        ("montant_total", [2**62], "montant_total holds"),
        ("occupation_convenue", [-1], "occupation_convenue holds"),
        ("occupation_convenue", [2**58], "occupation_convenue holds"),
        ("occupation", [[0] * 11 + [-1]], "occupation holds"),
        ("occupation", [[0] * 11 + [2**58]], "occupation holds"),
        ("occupation", [[0] * 11], r"occupation has shape \(1, 11\)"),
        ("est_regularise", [True], "est_regularise has shape"),
        ("duree_mois", [12, 12], "duree_mois has shape"),
    ],
)
def test_impossible_annexes_are_refused(champ: str, valeur: list[object], message: str) -> None:
    changes: dict[str, Any] = {champ: np.array(valeur)}
    with pytest.raises(ValueError, match=message):
        replace(PLEINE, **changes)


def test_no_annexe_gives_no_schedule() -> None:
    vide = np.zeros(0, dtype=np.int64)
    echeancier = compute_echeancier(
        Annexes(vide, vide, vide, np.zeros((0, 12), np.int64), np.zeros((0, 12), bool), vide > 0)
    )

    assert echeancier.verse.shape == (0, 13)


def test_impossible_changes_are_refused() -> None:
    douze, mille, dix = np.array([[12]]), np.array([[12000]]), np.array([[10]])
    convention = Convention(douze, mille, dix)
    connu = np.ones((1, 12), dtype=np.int64)
    with pytest.raises(ValueError, match="at least one change"):
        Avenants((), connu)
    with pytest.raises(ValueError, match="goes up"):
        Avenants((convention,), connu * 2)
    with pytest.raises(ValueError, match="goes up"):
        Avenants((convention,), np.array([[1] * 6 + [0] * 6]))
    with pytest.raises(ValueError, match="ends with the annexe"):
        replace(PLEINE, avenants=Avenants((Convention(douze - 1, mille, dix),), connu))
    with pytest.raises(ValueError, match="rang_connu has shape"):
        replace(PLEINE, avenants=Avenants((convention,), connu[:, :11]))
    trop = Convention(douze, mille, np.array([[2**58]]))
    with pytest.raises(ValueError, match="occupation_convenue holds"):
        replace(PLEINE, avenants=Avenants((trop,), connu))


@pytest.mark.parametrize(
    ("dernier", "montant", "convenue", "message"),
    [
        ([[6, 12]], [[1]], [[1, 1]], "one shape"),
        ([6, 12], [1, 1], [1, 1], "one shape"),
        ([[6, 5]], [[1, 1]], [[1, 1]], "in order"),
        ([[6, 12]], [[1, -1]], [[1, 1]], "negative"),
        ([[6, 12]], [[1, 1]], [[1, -1]], "negative"),
        ([[12, 12]], [[1, 1]], [[1, 1]], "empty period"),
    ],
)
def test_impossible_conventions_are_refused(
    dernier: list[object], montant: list[object], convenue: list[object], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        Convention(np.array(dernier), np.array(montant), np.array(convenue))
