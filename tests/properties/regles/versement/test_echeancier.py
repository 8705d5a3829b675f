"""Schedules against a second engine that walks from month to month with decimal.Decimal."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import TYPE_CHECKING

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from maillage.regles.versement.echeancier import Annexes, Echeancier, compute_echeancier
from maillage.regles.versement.formules import droit_final_centimes
from maillage.regles.versement.hypotheses import (
    HypothesesVersement,
    Mensualite,
    MoisObserves,
    Plafond,
    Reprise,
)
from maillage.regles.versement.regimes import REGIME_2014, REGIME_2017, Regime

if TYPE_CHECKING:
    from random import Random


@dataclass(frozen=True)
class Cas:
    total: int
    duree: int
    convenue: int
    occupation: tuple[int, ...]
    regime: Regime


CAS = st.builds(
    Cas,
    total=st.integers(0, 10**9),
    duree=st.integers(1, 12),
    convenue=st.integers(1, 50_000),
    occupation=st.tuples(*[st.integers(0, 80_000)] * 12),
    regime=st.sampled_from([REGIME_2014, REGIME_2017]),
)
HYPOTHESES = st.builds(
    HypothesesVersement,
    mensualite=st.sampled_from(Mensualite),
    mois_observes=st.sampled_from(MoisObserves),
    plafond=st.sampled_from(Plafond),
    reprise=st.sampled_from(Reprise),
)


def round_cents(nombre: Decimal) -> Decimal:
    return nombre.quantize(Decimal(1), ROUND_HALF_UP)


def readable_right(cas: Cas, mois: int, plafond: Plafond) -> Decimal:
    """Total × occupation kept ÷ occupation agreed for the whole annexe."""
    faits = cas.occupation[:mois]
    if plafond is Plafond.MENSUEL:
        retenue = sum(min(fait, cas.convenue) for fait in faits)
    else:
        retenue = min(sum(faits), cas.convenue * mois)
    return round_cents(Decimal(cas.total) * retenue / (cas.convenue * cas.duree))


def readable_months(cas: Cas) -> tuple[int, ...]:
    if cas.regime is REGIME_2014:
        return (cas.duree - 1, cas.duree)
    return tuple(mois for mois in (5, 8, 11) if mois <= cas.duree)


def readable_payments(cas: Cas, hypotheses: HypothesesVersement) -> list[int]:
    """Walk from month to month: advance, regularisation if it is time, what can be paid."""
    base = cas.duree if hypotheses.mensualite is Mensualite.MOIS_DE_L_ANNEXE else 12
    avances = [round_cents(Decimal(cas.total) * mois / base) for mois in range(cas.duree + 1)]
    du, paye, verses = Decimal(0), Decimal(0), []
    for mois in range(1, cas.duree + 1):
        du += avances[mois] - avances[mois - 1]
        if mois in readable_months(cas):
            vus = mois - (hypotheses.mois_observes is MoisObserves.PRECEDENTS)
            if cas.regime is REGIME_2014 and mois == cas.duree:
                vus = mois
            droit = readable_right(cas, vus, hypotheses.plafond)
            du = droit + avances[mois] - avances[vus]
        verse = du - paye
        if hypotheses.reprise is Reprise.REPORT:
            verse = max(verse, Decimal(0))
        paye += verse
        verses.append(int(verse))
    solde = readable_right(cas, cas.duree, hypotheses.plafond) - paye
    return [*verses, *[0] * (12 - cas.duree), int(solde)]


def fast_schedule(cas: list[Cas], hypotheses: HypothesesVersement) -> Echeancier:
    durees = np.array([c.duree for c in cas], dtype=np.int64)
    masques = [c.regime.find_mois(durees[i : i + 1]) for i, c in enumerate(cas)]
    return compute_echeancier(
        Annexes(
            montant_total=np.array([c.total for c in cas], dtype=np.int64),
            duree_mois=durees,
            occupation_convenue=np.array([c.convenue for c in cas], dtype=np.int64),
            occupation=np.array([c.occupation for c in cas], dtype=np.int64),
            est_regularise=np.concatenate(masques),
            solde_apres_fin=np.array([c.regime.solde_apres_fin for c in cas]),
        ),
        hypotheses,
    )


@given(CAS, HYPOTHESES)
def test_two_engines_agree_to_the_cent(cas: Cas, hypotheses: HypothesesVersement) -> None:
    with localcontext(prec=60):
        lisibles = readable_payments(cas, hypotheses)

    assert fast_schedule([cas], hypotheses).verse[0].tolist() == lisibles


@given(CAS, HYPOTHESES)
def test_a_schedule_adds_up_to_the_final_right(cas: Cas, hypotheses: HypothesesVersement) -> None:
    echeancier = fast_schedule([cas], hypotheses)
    (droit,) = echeancier.droit_final.tolist()

    assert int(echeancier.verse.sum()) == droit
    assert int((echeancier.avance + echeancier.regularisation).sum()) == droit
    assert 0 <= droit <= cas.total
    assert (echeancier.droit_a_date <= cas.total).all()


@given(CAS, HYPOTHESES)
def test_with_recoveries_carried_only_the_settlement_can_be_negative(
    cas: Cas, hypotheses: HypothesesVersement
) -> None:
    verses = fast_schedule([cas], hypotheses).verse[0]
    if hypotheses.reprise is Reprise.REPORT:
        assert (verses[:12] >= 0).all()


@given(st.lists(CAS, min_size=1, max_size=6), HYPOTHESES, st.randoms())
def test_rows_do_not_look_at_one_another(
    cas: list[Cas], hypotheses: HypothesesVersement, hasard: Random
) -> None:
    ordre = list(range(len(cas)))
    hasard.shuffle(ordre)
    ensemble = fast_schedule(cas, hypotheses).verse
    seules = np.concatenate([fast_schedule([c], hypotheses).verse for c in cas])
    melangees = fast_schedule([cas[i] for i in ordre], hypotheses).verse

    assert ensemble.tolist() == seules.tolist()
    assert melangees.tolist() == ensemble[ordre].tolist()


@given(CAS, HYPOTHESES, st.integers(0, 11), st.integers(0, 10_000))
def test_more_occupation_never_gives_a_smaller_right(
    cas: Cas, hypotheses: HypothesesVersement, mois: int, plus: int
) -> None:
    occupation = list(cas.occupation)
    occupation[mois] += plus
    davantage = Cas(cas.total, cas.duree, cas.convenue, tuple(occupation), cas.regime)

    avant, apres = fast_schedule([cas, davantage], hypotheses).droit_final.tolist()
    assert avant <= apres


@given(CAS, HYPOTHESES)
def test_nothing_gives_nothing(cas: Cas, hypotheses: HypothesesVersement) -> None:
    sans_montant = Cas(0, cas.duree, cas.convenue, cas.occupation, cas.regime)
    sans_occupation = Cas(cas.total, cas.duree, cas.convenue, (0,) * 12, cas.regime)

    echeancier = fast_schedule([sans_montant, sans_occupation], hypotheses)
    assert not echeancier.verse[0].any()
    assert echeancier.cumul[:, -1].tolist() == [0, 0]


@given(CAS)
def test_full_occupation_has_nothing_to_correct(cas: Cas) -> None:
    plein = Cas(cas.total, cas.duree, cas.convenue, (cas.convenue,) * 12, cas.regime)
    echeancier = fast_schedule([plein], HypothesesVersement())

    assert not echeancier.regularisation.any()
    assert echeancier.droit_final.tolist() == [cas.total]


@given(CAS)
def test_the_formula_of_the_final_right_is_that_of_the_schedule(cas: Cas) -> None:
    cumul = sum(cas.occupation[: cas.duree])
    formule = droit_final_centimes(
        np.array([cas.total]), np.array([cas.convenue]), np.array([cas.duree]), np.array([cumul])
    )

    final = fast_schedule([cas], HypothesesVersement()).droit_final
    assert formule.tolist() == final.tolist()
