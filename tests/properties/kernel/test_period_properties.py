"""Periods: text and back, order, neighbours."""

from __future__ import annotations

from datetime import timedelta
from typing import TypeVar

from hypothesis import given
from hypothesis import strategies as st

from maillage.kernel.period import Annee, Jour, Mois, Periode, Trimestre, parse_periode

ANS = st.integers(2, 9998)  # room for a neighbour on both sides
ANNEES = st.builds(Annee, ANS)
TRIMESTRES = st.builds(Trimestre, ANS, st.integers(1, 4))
MOIS = st.builds(Mois, ANS, st.integers(1, 12))
JOURS = st.builds(
    Jour, st.builds(lambda mois, n: mois.debut + timedelta(n), MOIS, st.integers(0, 27))
)
PERIODES = st.one_of(ANNEES, TRIMESTRES, MOIS, JOURS)
P = TypeVar("P", Annee, Trimestre, Mois, Jour)


@given(PERIODES)
def test_text_and_back(periode: Periode) -> None:
    assert parse_periode(str(periode)) == periode
    assert type(parse_periode(str(periode))) is type(periode)


@given(PERIODES)
def test_neighbours_touch(periode: Periode) -> None:
    assert periode.suivant().precedent() == periode
    assert periode.precedent().suivant() == periode
    assert periode.suivant().debut - periode.fin == timedelta(days=1)
    assert periode.debut <= periode.fin


def check_order(gauche: P, droite: P) -> None:
    """Text, dates and values sort alike."""
    assert (gauche < droite) == (str(gauche) < str(droite)) == (gauche.debut < droite.debut)
    assert (gauche == droite) == (str(gauche) == str(droite))
    assert hash(gauche) == hash(type(gauche)(*(getattr(gauche, n) for n in gauche.__slots__)))


@given(ANNEES, ANNEES)
def test_order_of_years(gauche: Annee, droite: Annee) -> None:
    check_order(gauche, droite)


@given(TRIMESTRES, TRIMESTRES)
def test_order_of_quarters(gauche: Trimestre, droite: Trimestre) -> None:
    check_order(gauche, droite)


@given(MOIS, MOIS)
def test_order_of_months(gauche: Mois, droite: Mois) -> None:
    check_order(gauche, droite)


@given(JOURS, JOURS)
def test_order_of_days(gauche: Jour, droite: Jour) -> None:
    check_order(gauche, droite)


@given(TRIMESTRES)
def test_a_quarter_is_three_months(trimestre: Trimestre) -> None:
    premier = Mois(trimestre.debut.year, trimestre.debut.month)
    assert premier.suivant().suivant().fin == trimestre.fin
