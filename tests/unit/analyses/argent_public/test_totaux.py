"""Euros, costs and hidden figures by hand."""

from __future__ import annotations

import pytest
from factories.argent_public import unite

from maillage.analyses.argent_public.totaux import ENSEMBLE, Axe, Ligne, list_totaux
from maillage.analyses.argent_public.unites import Rapprochement, Unite
from maillage.kernel.valeur import Absence

RIEN, SECRET = Absence.SANS_OBJET, Absence.SECRETE
TROIS = [
    unite(1, {"etat": 300_000, "region": 50_000, "ventes": 100_000}, (200_000, 10_000)),
    unite(2, {"etat": 200_000, "region": 40_000, "ventes": 200_000}, (150_000, 20_000)),
    unite(3, {"etat": 250_000, "region": 60_000, "ventes": 300_000}, (180_000, 30_000), etp=20.0),
]


def totaux(unites: list[Unite], axe: Axe = Axe.TYPE) -> dict[tuple[str, str], Ligne]:
    return {(ligne.colonne, ligne.financeur): ligne for ligne in list_totaux(unites, axe)}


def test_three_structures_by_hand() -> None:
    found = totaux(TROIS)
    etat = found[ENSEMBLE, "etat"]
    assert etat.montants == {"annexes": 530_000, "declare": 750_000, "comptes": RIEN}
    assert etat.cout_etp == pytest.approx(750_000 / 40)
    assert etat.cout_heure == pytest.approx(750_000 / 45_000)
    assert (etat.nom, etat.raison) == ("État", "")
    assert found["ACI", "ensemble_public"].montants["annexes"] == 590_000
    assert found["ACI", "ensemble_public"].montants["declare"] == 900_000
    # an annexe says nothing of the whole income
    assert found["ACI", "ensemble_des_produits"].montants == {
        "annexes": RIEN,
        "declare": 1_500_000,
        "comptes": RIEN,
    }
    assert (ENSEMBLE, "public_non_ventile") not in found


def test_a_declaration_that_is_not_of_the_year_enters_neither_euros_nor_cost() -> None:
    more = unite(4, {"etat": 900_000}, rapprochement=Rapprochement.DECALE)
    assert totaux([*TROIS, more])[ENSEMBLE, "etat"].montants["declare"] == 750_000


def test_two_structures_are_hidden_and_so_is_what_gives_them_back() -> None:
    two = [unite(rang, {"etat": 100_000 * rang}, (50_000, 0), type="AI") for rang in (4, 5)]
    others = [
        unite(rang, {"etat": 100_000 + rang}, (50_000, 0), type="EI") for rang in range(6, 12)
    ]
    found = totaux([*TROIS, *two, *others])
    assert found["AI", "etat"].montants == {"annexes": SECRET, "declare": SECRET, "comptes": RIEN}
    assert found["AI", "etat"].cout_etp is SECRET
    assert "moins de 3 structures" in found["AI", "etat"].raison.replace("\xa0", " ")
    hidden = {
        colonne
        for colonne in ("ACI", "AI", "EI", ENSEMBLE)
        if found[colonne, "etat"].montants["declare"] is SECRET
    }
    assert len(hidden) >= 2  # never alone in its sum


def test_a_figure_hidden_in_one_source_is_hidden_in_all() -> None:
    # the accounts of the same three: one of them makes 90 % of the sales
    accounts = [
        unite(rang, {"ventes": 100_000}, comptes={"ventes": cents})
        for rang, cents in ((1, 9_000_000), (2, 500_000), (3, 500_000))
    ]
    ventes = totaux(accounts)[ENSEMBLE, "ventes"]
    assert ventes.montants == {"annexes": RIEN, "declare": SECRET, "comptes": SECRET}
    assert "85" in ventes.raison


def test_accounts_below_zero_are_not_added() -> None:
    accounts = [unite(rang, None, comptes={"ventes": 100_000}) for rang in (1, 2, 3)]
    negative = unite(4, None, comptes={"ventes": 900_000, "autres_produits": -1})
    assert totaux([*accounts, negative])[ENSEMBLE, "ventes"].montants["comptes"] == 3000


def test_costs_are_hidden_when_one_structure_makes_the_posts() -> None:
    posts = [
        unite(rang, {"etat": 100_000}, etp=etp) for rang, etp in ((1, 90.0), (2, 5.0), (3, 5.0))
    ]
    etat = totaux(posts)[ENSEMBLE, "etat"]
    assert etat.montants["declare"] == 300_000
    assert (etat.cout_etp, etat.cout_heure) == (SECRET, SECRET)
    assert "85" in etat.raison


def test_one_organisation_with_three_accounts_is_one() -> None:
    same = [unite(rang, {"etat": 100_000}, organisme="1") for rang in (1, 2, 3)]
    assert totaux(same)[ENSEMBLE, "etat"].montants["declare"] is SECRET


def test_by_region_and_by_both() -> None:
    west = [unite(rang, {"etat": 100_000}, (90_000, 0)) for rang in range(1, 5)]
    south = [
        unite(rang, {"etat": 200_000}, (150_000, 0), region="Occitanie") for rang in range(5, 9)
    ]
    found = totaux([*west, *south], Axe.REGION)
    assert found["Bretagne", "etat"].montants["declare"] == 400_000
    assert found["Occitanie", "etat"].cout_etp == 20_000
    both = totaux([*west, *south], Axe.TYPE_REGION)
    assert both["ACI, Bretagne", "etat"].montants["annexes"] == 360_000
    assert both["ACI", "etat"].montants == both[ENSEMBLE, "etat"].montants
    assert both["Bretagne", "etat"].montants == found["Bretagne", "etat"].montants
    assert both["Occitanie", "etat"].cout_etp == 20_000
    assert [colonne for colonne, financeur in both if financeur == "etat"] == [
        *("ACI", "ACI, Bretagne", "ACI, Occitanie", "Bretagne", "Occitanie", ENSEMBLE)
    ]


def test_no_unit_at_all_says_nothing() -> None:
    assert list_totaux([]) == ()


def test_units_without_declaration_have_no_cost() -> None:
    annexes = [unite(rang, None, (100, 50)) for rang in (1, 2, 3)]
    etat = totaux(annexes)[ENSEMBLE, "etat"]
    assert (etat.montants["annexes"], etat.cout_etp, etat.cout_heure) == (300, RIEN, RIEN)
