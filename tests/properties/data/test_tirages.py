"""Draws are functions of their keys; whole parts add up; texts say what the numbers say."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from factories.tirages import tirages
from hypothesis import given, settings
from hypothesis import strategies as st

from maillage.data.synthetic.jours import JAMAIS, first_of_month, to_day, write_days
from maillage.data.synthetic.structures import STRUCTURES_MAX, make_siret
from maillage.data.synthetic.tailles import split_number
from maillage.data.synthetic.textes import write_hundredths
from maillage.data.synthetic.tirages import Alea
from maillage.data.synthetic.vue_annexes import compute_total
from maillage.kernel.siret import is_siren, is_siret
from maillage.regles.aide_au_poste.formules import montant_total_annuel_centimes

CLES = st.lists(st.integers(0, 2**40), min_size=1, max_size=30)


@given(graine=st.integers(0, 2**31), cles=CLES, autre=st.integers(0, 1000), nom=st.text(max_size=8))
@settings(max_examples=tirages(60), deadline=None)
def test_a_draw_depends_on_its_keys_and_on_nothing_else(
    graine: int, cles: list[int], autre: int, nom: str
) -> None:
    alea = Alea(graine)
    ensemble = alea.uniform(nom, np.array(cles), autre)
    assert ((ensemble >= 0) & (ensemble < 1)).all()
    for rang, cle in enumerate(cles):
        assert alea.uniform(nom, cle, autre) == ensemble[rang]
    assert (alea.uniform(nom, np.array(cles[::-1]), autre) == ensemble[::-1]).all()
    assert np.isfinite(alea.normal(nom, np.array(cles), autre)).all()


def test_draws_of_two_names_or_two_seeds_have_nothing_in_common() -> None:
    cles = np.arange(20_000)
    un = Alea(7).uniform("un", cles)
    for deux in (
        Alea(7).uniform("deux", cles),
        Alea(8).uniform("un", cles),
        Alea(7).uniform("un", cles, 0),
    ):
        assert abs(np.corrcoef(un, deux)[0, 1]) < 0.03
    assert un.mean() == pytest.approx(0.5, abs=0.01)
    assert abs(np.corrcoef(un[1:], un[:-1])[0, 1]) < 0.03
    assert Alea(7).normal("un", cles).std() == pytest.approx(1, abs=0.02)


@given(total=st.integers(0, 10_000), poids=st.lists(st.floats(0.01, 100), min_size=1, max_size=40))
@settings(max_examples=tirages(60), deadline=None)
def test_whole_parts_add_up_to_the_total(total: int, poids: list[float]) -> None:
    parts = split_number(total, np.array(poids))
    assert parts.sum() == total
    assert np.abs(parts - total * np.array(poids) / sum(poids)).max() <= 1


@given(jours=st.lists(st.dates(date(1950, 1, 1), date(2060, 12, 31)), min_size=1, max_size=20))
@settings(max_examples=tirages(60), deadline=None)
def test_days_are_written_as_they_are(jours: list[date]) -> None:
    nombres = np.array([to_day(jour) for jour in jours])
    assert write_days(nombres).to_pylist() == [f"{jour:%d/%m/%Y}" for jour in jours]
    au = to_day(jours[0])
    for jour, texte in zip(jours, write_days(nombres, au).to_pylist(), strict=True):
        assert (texte is None) == (jour > jours[0])
    assert write_days(np.array([JAMAIS])).to_pylist() == [None]


@given(annee=st.integers(1990, 2050), mois=st.integers(1, 13))
def test_a_thirteenth_month_is_january(annee: int, mois: int) -> None:
    attendu = date(annee + 1, 1, 1) if mois == 13 else date(annee, mois, 1)
    assert date(1970, 1, 1) + timedelta(days=int(first_of_month(annee, mois))) == attendu


@given(valeurs=st.lists(st.integers(0, 10**10), min_size=1, max_size=20))
def test_hundredths_are_written_exactly(valeurs: list[int]) -> None:
    textes = write_hundredths(np.array(valeurs)).to_pylist()
    assert [int(texte.replace(".", "")) for texte in textes] == valeurs
    assert all(texte[-3] == "." for texte in textes)


@given(etp=st.integers(1, 50_000), euros=st.integers(1, 30_000), mois=st.integers(1, 24))
@settings(max_examples=tirages(100), deadline=None)
def test_totals_are_those_of_the_rules(etp: int, euros: int, mois: int) -> None:
    colonnes = [np.array([valeur]) for valeur in (etp, euros, mois)]
    attendu = montant_total_annuel_centimes(colonnes[0], colonnes[1] * 100, colonnes[2])
    assert compute_total(*colonnes) == attendu


@given(porteur=st.integers(0, STRUCTURES_MAX), etablissement=st.integers(1, 2))
def test_invented_sirets_have_right_keys(porteur: int, etablissement: int) -> None:
    siret = make_siret(porteur, etablissement)
    assert is_siret(siret)
    assert is_siren(siret[:9])
    assert siret.startswith("0000")
