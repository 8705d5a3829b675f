"""Any year of pay: the months add up, rows stand alone, and both methods give the same year."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from maillage.regles.cotisations.lecture import LectureCongesPayes
from maillage.regles.cotisations.regularisation import Methode, Paie, regulariser
from maillage.regles.engine.legislation import load_legislation

LOI = load_legislation()
PAIES = st.lists(st.lists(st.floats(0, 9000), min_size=12, max_size=12), min_size=1, max_size=4)
ANNEES = st.integers(2014, 2025)


def build(annee: int, paies: list[list[float]], mois: int = 12) -> Paie:
    remuneration = np.array(paies)[:, :mois]
    return Paie(
        np.array([f"{annee}-{rang:02d}-01" for rang in range(1, mois + 1)], "datetime64[D]"),
        remuneration,
        np.where(remuneration > 0, 1820 / 12, 0.0),
        np.full(len(paies), 30.0),
        LectureCongesPayes.SANS_OBJET,
    )


@given(ANNEES, PAIES)
def test_both_methods_add_up_to_the_same_year(annee: int, paies: list[list[float]]) -> None:
    paie = build(annee, paies)
    progressive, fin = (regulariser(paie, methode, LOI) for methode in Methode)
    assert np.allclose(progressive.annuelle, fin.annuelle)
    assert np.allclose(progressive.appliquee.sum(axis=1), progressive.annuelle)
    assert np.allclose(fin.appliquee.sum(axis=1), fin.annuelle)
    assert (progressive.annuelle >= 0).all()


@given(ANNEES, PAIES, st.sampled_from(Methode))
def test_one_row_is_many_rows_in_any_order(
    annee: int, paies: list[list[float]], methode: Methode
) -> None:
    ensemble = regulariser(build(annee, paies), methode, LOI).appliquee
    seules = [regulariser(build(annee, [un]), methode, LOI).appliquee[0].tolist() for un in paies]
    envers = regulariser(build(annee, paies[::-1]), methode, LOI).appliquee
    assert ensemble.tolist() == seules
    assert envers.tolist() == ensemble[::-1].tolist()


@given(ANNEES, PAIES, st.integers(1, 11))
def test_what_comes_later_changes_nothing_before_under_the_progressive_method(
    annee: int, paies: list[list[float]], mois: int
) -> None:
    debut = regulariser(build(annee, paies, mois), Methode.PROGRESSIVE, LOI).appliquee
    annuelle = regulariser(build(annee, paies), Methode.PROGRESSIVE, LOI).appliquee
    assert np.allclose(annuelle[:, :mois], debut)
