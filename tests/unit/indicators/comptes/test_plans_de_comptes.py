"""The two charts as data: complete, sourced, and dated."""

from __future__ import annotations

from datetime import date

import pytest

from maillage.indicators.comptes.plan import (
    CHOIX_DE_LA_STRUCTURE,
    NOMS,
    TITRES,
    choose_plan,
    load_plan,
)
from maillage.indicators.comptes.postes import (
    BILAN,
    CALCULES,
    HORS_RESULTAT,
    JUSQU_A_EBE,
    RESULTAT,
    Etape,
    list_choisissables,
    load_postes,
)

# Two-digit accounts that the charts have; 36, 55 to 57, 81 to 85 and class 9 have no account.
ABSENTS = {"30", "36", "55", "56", "57", "81", "82", "83", "84", "85"}
GROUPES = {f"{c}{n}" for c in range(1, 9) for n in range(10)} - ABSENTS


@pytest.mark.parametrize("nom", NOMS)
def test_every_account_of_the_chart_has_a_line(nom: str) -> None:
    plan = load_plan(nom)
    connus = {groupe for groupe in GROUPES if plan.find(f"{groupe}0")}
    assert connus == GROUPES


@pytest.mark.parametrize("nom", NOMS)
def test_every_row_has_its_source_and_a_line_of_its_own_statement(nom: str) -> None:
    for prefixe, rangee in load_plan(nom).correspondances.items():
        assert prefixe == rangee.prefixe
        assert rangee.source
        assert rangee.poste in list_choisissables(prefixe[0])


def test_every_line_that_is_not_computed_is_led_to() -> None:
    menes = {c.poste for nom in NOMS for c in load_plan(nom).correspondances.values()}
    assert set(load_postes()) - menes == CALCULES | {"aide_au_poste"}


def test_the_longest_beginning_wins() -> None:
    plan = load_plan("2018")
    for compte, poste in {
        "681100": "dotations_exploitation",
        "686500": "dotations_financieres",
        "687500": "dotations_exceptionnelles",
        "689400": "reports_fonds_dedies",
        "603200": "variation_stocks_approvisionnements",
        "603700": "variation_stocks_marchandises",
        "608700": "achats_marchandises",
        "708400": "mises_a_disposition",
        "708": "production_vendue",
        "753200": "consommation_dotation",
        "753100": "versements_fondateurs",
        "796000": "produits_financiers",
        "691000": "participation_salaries",
        "695000": "impots_benefices",
        "4041": "fournisseurs_immobilisations",
        "441": "subventions_a_recevoir",
        "4457": "etat",
    }.items():
        trouvee = plan.find(compte)
        assert trouvee is not None
        assert (compte, trouvee.poste) == (compte, poste)
    assert plan.find("960000") is None


@pytest.mark.parametrize(
    ("ouverture", "nom"),
    [
        (date(2024, 12, 31), "2018"),
        (date(2025, 1, 1), "2025"),
        (date(2025, 1, 2), "2025"),
        (date(2024, 9, 1), "2018"),
    ],
)
def test_the_chart_follows_the_day_of_opening(ouverture: date, nom: str) -> None:
    assert choose_plan(ouverture) == nom


def test_a_structure_refines_and_replaces() -> None:
    plan = load_plan("2018").attach({"621": "charges_personnel", "6211": "services_exterieurs"})
    trouvees = {compte: plan.find(compte) for compte in ("621400", "621100", "622000")}
    assert {c: t.poste for c, t in trouvees.items() if t} == {
        "621400": "charges_personnel",
        "621100": "services_exterieurs",
        "622000": "services_exterieurs",
    }
    assert trouvees["621400"] is not None
    assert trouvees["621400"].source == CHOIX_DE_LA_STRUCTURE
    assert load_plan("2018").find("621400") != trouvees["621400"]


def test_there_is_no_other_chart() -> None:
    assert set(TITRES) == set(NOMS)
    with pytest.raises(ValueError, match="1999"):
        load_plan("1999")


def test_what_is_neither_cashed_nor_paid_comes_after_the_ebe() -> None:
    """So that both methods of the CAF are always the same amount."""
    for poste in load_postes().values():
        if poste.etape in JUSQU_A_EBE:
            assert poste.is_encaissable
        if poste.etape in (*BILAN, *HORS_RESULTAT):
            assert not poste.is_encaissable
        if poste.is_decaissable:
            assert poste.etape in (*JUSQU_A_EBE, Etape.AVANT_FONDS_DEDIES)
            assert poste.is_encaissable
    assert set(Etape) == {*RESULTAT, *BILAN, *HORS_RESULTAT}
