"""Chaining never depends on the order of the two lines; a cost follows ETP and amount."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from maillage.kernel.errors import SaisieInvalide
from maillage.kernel.valeur import Absence
from maillage.regles.budget.chainage import chainer
from maillage.regles.budget.chiffrage import chiffrer
from maillage.regles.budget.lecture import load_budget
from maillage.regles.budget.modele import Effectif

if TYPE_CHECKING:
    from maillage.regles.budget.modele import LigneBudget

BUDGET = load_budget()
LIGNES = st.sampled_from(BUDGET.lignes)
SOURCE = BUDGET.lignes[0].source
ETP = st.integers(0, 10_000_00).map(lambda centiemes: centiemes / 100)
AMOUNTS = st.integers(-30_000, 30_000)


def effectif(valeur: float) -> Effectif:
    return Effectif("essai", 2026, valeur, "ETP", SOURCE)


def outcome(a: LigneBudget, b: LigneBudget) -> object:
    try:
        chainage = chainer(a, b)
    except SaisieInvalide as refus:
        return sorted(anomalie.code for anomalie in refus.anomalies)
    return chainage.ecart_euros


@given(LIGNES, LIGNES)
def test_order_of_the_two_lines_is_irrelevant(a: LigneBudget, b: LigneBudget) -> None:
    assert outcome(a, b) == outcome(b, a)


@given(LIGNES, LIGNES)
def test_what_chains_covers_the_same_thing(a: LigneBudget, b: LigneBudget) -> None:
    if isinstance(outcome(a, b), int):
        assert a.perimetre == b.perimetre
        assert a.annee != b.annee


@given(AMOUNTS, ETP, ETP)
def test_a_cost_follows_the_etp(montant: int, etp: float, plus: float) -> None:
    petit = chiffrer("Essai", montant, effectif(etp)).valeur_centimes
    grand = chiffrer("Essai", montant, effectif(etp + plus)).valeur_centimes
    assert not isinstance(petit, Absence)
    assert not isinstance(grand, Absence)
    assert (petit <= grand) if montant >= 0 else (petit >= grand)


@given(AMOUNTS)
def test_nothing_out_of_nothing(montant: int) -> None:
    assert chiffrer("Essai", montant, effectif(0)).valeur_centimes == 0
    assert chiffrer("Essai", 0, effectif(abs(montant))).valeur_centimes == 0
