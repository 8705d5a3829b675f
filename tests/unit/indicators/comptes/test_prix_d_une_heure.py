"""The price of an hour of a year added up by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.indicators.comptes.heure import Annee, price_hour
from maillage.kernel.valeur import Absence

# 10,000 hours sold 22 €, 1 € of aid each; people in insertion are paid 130,000 € and 20 % of contributions;
# permanents and rent cost 64,000 €, a grant of 10,000 € comes in: 230,000 − 156,000 − 64,000 + 10,000 = 20,000
ANNEE = Annee(
    heures=10_000.0,
    charges=220_000.0,
    ventes=220_000.0,
    aide_au_poste=10_000.0,
    salaires_insertion=130_000.0,
    taux_charges_sociales=0.2,
    resultat=20_000.0,
)
EUROS = st.floats(0, 1e7)


def test_a_year_by_hand() -> None:
    prix = price_hour(ANNEE)
    assert prix.cout == pytest.approx(22)
    assert prix.ventes == pytest.approx(22)
    assert prix.aide_au_poste == pytest.approx(1)
    assert prix.cout_variable == pytest.approx(15.6)
    assert prix.marge_variable == pytest.approx(7.4)
    assert prix.fixe == pytest.approx(54_000)  # 64,000 of charges less a grant of 10,000
    assert prix.seuil == pytest.approx(54_000 / 7.4)
    assert prix.ecart == pytest.approx(10_000 - 54_000 / 7.4)


@pytest.mark.parametrize(
    ("champ", "touches"),
    [
        ("heures", {"cout", "ventes", "aide_au_poste", "cout_variable", "marge_variable", "seuil"}),
        ("charges", {"cout"}),
        ("ventes", {"ventes", "marge_variable", "fixe", "seuil"}),
        ("aide_au_poste", {"aide_au_poste", "marge_variable", "fixe", "seuil"}),
        ("salaires_insertion", {"cout_variable", "marge_variable", "fixe", "seuil"}),
        ("taux_charges_sociales", {"cout_variable", "marge_variable", "fixe", "seuil"}),
        ("resultat", {"fixe", "seuil"}),
    ],
)
def test_what_is_not_known_is_absent_wherever_it_enters_and_nowhere_else(
    champ: str, touches: set[str]
) -> None:
    prix = price_hour(replace(ANNEE, **{champ: Absence.INCONNUE}))
    absents = {nom for nom in type(prix).__slots__ if getattr(prix, nom) is Absence.INCONNUE}
    assert absents - {"ecart"} == touches
    assert ("ecart" in absents) == ("seuil" in touches)


def test_no_volume_balances_an_hour_that_brings_nothing() -> None:
    prix = price_hour(replace(ANNEE, ventes=100_000.0))
    assert prix.seuil is prix.ecart is Absence.SANS_OBJET


def test_a_year_without_an_hour_has_no_price() -> None:
    prix = price_hour(replace(ANNEE, heures=0.0))
    assert prix.cout is Absence.SANS_OBJET


def test_a_year_that_needs_no_hour_is_balanced_at_none() -> None:
    assert price_hour(replace(ANNEE, resultat=90_000.0)).seuil == 0


@given(ventes=EUROS, aide=EUROS, salaires=EUROS, resultat=st.floats(-1e6, 1e6))
def test_at_the_threshold_the_result_is_nil(
    ventes: float, aide: float, salaires: float, resultat: float
) -> None:
    """Scaling what follows the hours to the threshold brings exactly what does not follow them."""
    annee = replace(
        ANNEE, ventes=ventes, aide_au_poste=aide, salaires_insertion=salaires, resultat=resultat
    )
    prix = price_hour(annee)
    if isinstance(prix.seuil, Absence) or isinstance(prix.marge_variable, Absence):
        assert ventes + aide <= salaires * 1.2
        return
    assert not isinstance(prix.fixe, Absence)
    if prix.seuil:
        assert prix.seuil * prix.marge_variable == pytest.approx(prix.fixe, rel=1e-9, abs=1e-6)
