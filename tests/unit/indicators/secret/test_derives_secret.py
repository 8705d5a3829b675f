"""Ratios, means and quantiles of protected figures."""

from __future__ import annotations

import math

import pytest

from maillage.indicators.secret.derives import Derive, find_changed, quantiles, ratio
from maillage.indicators.secret.nomenclature import Nomenclature
from maillage.indicators.secret.protection import protect
from maillage.indicators.secret.regle import Motif, Regle
from maillage.indicators.secret.tableau import Contribution, Tableau
from maillage.kernel.valeur import Absence

REGLE = Regle()
PLACES = {"nord": 3, "sud": 3, "est": 4, "ouest": 1, "vide": 0}


def make_tableau(facteur: float) -> Tableau:
    lignes = Nomenclature.plate("France", PLACES)
    contributions = tuple(
        Contribution(f"{ligne}{rank}", facteur * (10 + rank), ligne, "ensemble")
        for ligne, nombre in PLACES.items()
        for rank in range(nombre)
    )
    return Tableau("t", lignes, Nomenclature.plate("ensemble"), contributions)


def test_a_ratio_is_published_when_both_figures_are() -> None:
    haut, bas = protect(make_tableau(3.0)), protect(make_tableau(2.0))
    shown = [
        ligne
        for ligne in PLACES
        if not isinstance(ratio(haut, bas, ligne, "ensemble").valeur, Absence)
    ]
    assert 0 < len(shown) < 4
    assert all(ratio(haut, bas, ligne, "ensemble") == Derive(1.5) for ligne in shown)
    assert ratio(haut, bas, "ouest", "ensemble") == Derive(
        Absence.SECRETE, REGLE.phrase(Motif.EFFECTIF)
    )
    assert ratio(haut, bas, "vide", "ensemble") == Derive(Absence.SANS_OBJET)


def test_a_hidden_denominator_is_enough_to_hide_a_ratio() -> None:
    tableau = make_tableau(3.0)
    nul = Tableau(
        "t",
        tableau.lignes,
        tableau.colonnes,
        tuple(one._replace(valeur=0.0) for one in tableau.contributions if one.ligne != "ouest"),
    )
    bas = protect(tableau)
    haut = protect(nul)
    assert haut.motifs == {}
    assert ratio(haut, bas, "ouest", "ensemble").valeur is Absence.SECRETE
    assert ratio(haut, haut, "nord", "ensemble") == Derive(Absence.SANS_OBJET)


def test_a_mean_is_a_ratio_to_the_number_of_answers() -> None:
    tableau = make_tableau(1.0)
    moyenne = ratio(protect(tableau), protect(tableau.reponses()), "France", "ensemble")
    assert moyenne.valeur == pytest.approx(122 / 11)


@pytest.mark.parametrize(
    ("nombre", "groupes", "shown"), [(5, 2, False), (6, 2, True), (11, 4, False), (12, 4, True)]
)
def test_each_group_between_quantiles_holds_three_structures(
    nombre: int,
    groupes: int,
    shown: bool,  # noqa: FBT001 — a column of the table above
) -> None:
    found = quantiles({f"s{rank}": float(rank) for rank in range(nombre)}, groupes)
    assert len(found) == groupes - 1
    if shown:
        middle = found[groupes // 2 - 1]
        assert middle == Derive((nombre - 1) / 2)
    else:
        assert set(found) == {Derive(Absence.SECRETE, REGLE.phrase(Motif.GROUPES))}


def test_quartiles_are_those_of_linear_interpolation_and_may_be_negative() -> None:
    found = quantiles({f"s{rank}": rank - 6.0 for rank in range(13)}, 4)
    assert [derive.valeur for derive in found] == [-3.0, 0.0, 3.0]


def test_quantiles_of_nobody() -> None:
    assert quantiles({}, 2) == (Derive(Absence.SANS_OBJET),)


def test_quantiles_of_almost_the_same_structures_are_not_published_twice() -> None:
    valeurs = {f"s{rank}": float(rank) for rank in range(12)}
    secret = (Derive(Absence.SECRETE, REGLE.phrase(Motif.DIFFERENCE)),)
    assert quantiles(valeurs, 2, anterieures=[valeurs])[0].valeur == 5.5
    one_more = valeurs | {"s12": 50.0}
    assert quantiles(one_more, 2, anterieures=[valeurs]) == secret
    revised = valeurs | {"s3": 50.0, "s4": 51.0}
    assert quantiles(revised, 2, anterieures=[valeurs]) == secret
    three = {nom: valeur for nom, valeur in valeurs.items() if nom not in {"s0", "s1", "s2"}}
    assert quantiles(three, 2, anterieures=[valeurs])[0].valeur == 7.0
    assert find_changed(valeurs, revised) == {"s3", "s4"}


def test_impossible_quantiles_are_refused() -> None:
    with pytest.raises(ValueError, match="two groups"):
        quantiles({"a": 1.0}, 1)
    with pytest.raises(ValueError, match="finite"):
        quantiles({"a": math.nan}, 2)
