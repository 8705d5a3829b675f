"""A year of an invented association, added up by hand: see factories.exercices."""

from __future__ import annotations

import pytest
from factories.exercices import ANNEE, OUVERTURE, balance

from maillage.indicators.comptes.aide_au_poste import read_aide_au_poste
from maillage.indicators.comptes.bilan import compute_position
from maillage.indicators.comptes.caf import compute_caf
from maillage.indicators.comptes.lignes import Solde, cumulate, gather
from maillage.indicators.comptes.mois_de_tresorerie import (
    charges_decaissables,
    count_mois,
    list_decaissables,
)
from maillage.indicators.comptes.plan import load_plan
from maillage.indicators.comptes.postes import Etape
from maillage.indicators.comptes.sig import compute_sig
from maillage.kernel.valeur import Absence

PLAN = load_plan("2018")
MOUVEMENTS = balance(ANNEE[1:])


def euros(soldes: dict[str, int]) -> dict[str, int]:
    return {compte: 100 * montant for compte, montant in soldes.items()}


def sig(soldes: dict[str, int], plan: str = "2018") -> dict[str, float]:
    return {s.etape.value: s.centimes / 100 for s in compute_sig(gather(soldes, load_plan(plan)))}


def test_the_cascade_of_the_year() -> None:
    assert sig(MOUVEMENTS) == {
        "marge_commerciale": 0,
        # 100 000 made available + 20 000 services + 1 000 members' fees
        "production_exercice": 121_000,
        # − 6 000 supplies − 9 000 rent
        "valeur_ajoutee": 106_000,
        # + 18 000 subsidies + 5 000 concours publics + 2 000 gifts − 4 000 taxes − 110 000 pay
        "ebe": 17_000,
        # + 600 transferred − 400 lost claims − 3 000 depreciation
        "exploitation_avant_fonds_dedies": 14_200,
        # + 1 500 used − 2 500 kept for later
        "exploitation": 13_200,
        "financier": -300,
        "courant": 12_900,
        # + 1 500 sale − 1 000 book value + 800 of an investment subsidy
        "exceptionnel": 1_300,
        # − 100 of tax; and 150 400 of class 7 − 136 300 of class 6
        "net": 14_100,
    }


def test_the_same_entries_under_the_chart_of_2025() -> None:
    """What the règlement ANC 2022-06 moved out of the exceptional result is in the operating one."""
    nouveaux = {"675000": "652000", "775000": "757000", "777000": "747000"}
    soldes = {nouveaux.get(compte, compte): c for compte, c in MOUVEMENTS.items()}
    trouves = sig(soldes, "2025")
    assert trouves["ebe"] == 17_000
    assert trouves["exploitation"] == 13_200 + 1_300
    assert trouves["exceptionnel"] == 0
    assert trouves["net"] == 14_100
    releve = gather(soldes, load_plan("2025"))
    assert compute_caf(releve, compute_sig(releve)).depuis_ebe == 1_680_000
    assert [prefixe for prefixe, _ in releve.alertes] == ["79"]


def test_old_accounts_under_the_chart_of_2025_are_kept_and_told() -> None:
    releve = gather(MOUVEMENTS, load_plan("2025"))
    assert [prefixe for prefixe, _ in releve.alertes] == ["675", "775", "777", "79"]
    assert all("1er janvier 2025" in phrase for _, phrase in releve.alertes)
    assert compute_caf(releve, compute_sig(releve)).depuis_ebe == 1_680_000


def test_the_new_account_of_subsidies_under_the_chart_of_2018() -> None:
    releve = gather(euros({"747000": -800}), PLAN)
    assert [ligne.poste.etape for ligne in releve.lignes] == [
        Etape.AVANT_FONDS_DEDIES,
        Etape.FONDS_DE_ROULEMENT,
    ]
    assert [prefixe for prefixe, _ in releve.alertes] == ["747"]


def test_self_financing_by_both_methods() -> None:
    releve = gather(MOUVEMENTS, PLAN)
    caf = compute_caf(releve, compute_sig(releve))
    # EBE 17 000 + 600 transferred − 400 lost claims − 300 interest − 100 tax
    assert (caf.ebe, caf.depuis_ebe) == (1_700_000, 1_680_000)
    # result 14 100 + 3 000 depreciation + 2 500 − 1 500 dedicated funds + 1 000 − 1 500 sale − 800
    assert (caf.resultat, caf.depuis_resultat) == (1_410_000, 1_680_000)
    assert {ligne.poste.code: ligne.centimes for ligne in caf.lignes_depuis_ebe} == {
        "transferts_charges": 60_000,
        "pertes_creances": -40_000,
        "charges_financieres": -30_000,
        "impots_benefices": -10_000,
    }
    # + 1 500 used − 2 500 kept: the second reading
    assert caf.apres_fonds_dedies == 1_580_000


def test_goods_stocks_and_production() -> None:
    trouves = sig(
        euros(
            {
                "707000": -1_000,  # sales of goods
                "707300": -50,  # sales of gifts in kind
                "709700": 20,  # rebate on them
                "607000": 600,
                "609700": -30,
                "603700": 40,  # the stock of goods fell
                "713500": -15,  # the stock of products rose
                "722000": -25,  # a shed built by the workshop
                "603100": -10,  # the stock of supplies rose
            }
        )
    )
    assert trouves["marge_commerciale"] == 1_000 + 50 - 20 - 600 + 30 - 40
    assert trouves["production_exercice"] == 15 + 25
    assert trouves["valeur_ajoutee"] == 420 + 40 + 10


def test_working_capital_at_the_opening_and_at_the_end() -> None:
    ouverture = compute_position(balance([OUVERTURE]), PLAN)
    # 30 000 + 10 000 + 4 000 − (20 000 − 8 000); 12 000 − 3 000 − 5 000
    assert (ouverture.fonds_de_roulement, ouverture.bfr) == (3_200_000, 400_000)
    assert (ouverture.tresorerie, ouverture.ecart) == (2_800_000, 0)
    assert ouverture.fonds_de_roulement_sans_fonds_dedies == 2_800_000
    fin = compute_position(balance(ANNEE), PLAN)
    # 30 000 + 8 000 loan + 5 000 dedicated − 800 subsidy + 14 100 result − 15 000 + 7 000
    assert fin.fonds_de_roulement == 4_830_000
    # 21 600 customers + 23 000 to receive − 3 000 − 3 000 − 4 000 − 100
    assert fin.bfr == 3_450_000
    assert fin.tresorerie == fin.get(Etape.TRESORERIE) == 1_380_000
    assert fin.fonds_de_roulement_sans_fonds_dedies == 4_330_000
    # voluntary contributions balance each other: nothing to explain
    assert (fin.ecart, [solde.compte for solde in fin.hors_bilan]) == (0, ["864000", "875000"])


def test_a_negative_bank_account_is_negative_treasury() -> None:
    position = compute_position(euros({"519000": -500, "512000": 100, "102000": 400}), PLAN)
    assert position.tresorerie == -40_000
    assert {ligne.poste.code for ligne in position.list_lignes(Etape.TRESORERIE)} == {
        "banques_caisses",
        "concours_bancaires",
    }


def test_class_8_is_never_in_the_result() -> None:
    releve = gather(euros({"864000": 700, "875000": -700, "801000": 5}), PLAN)
    assert sig(euros({"864000": 700, "875000": -700}))["net"] == 0
    hors = releve.list_lignes(Etape.CONTRIBUTIONS_VOLONTAIRES, Etape.COMPTES_SPECIAUX)
    assert {ligne.poste.code for ligne in hors} == {
        "emplois_benevolat",
        "ressources_benevolat",
        "comptes_speciaux",
    }


def test_accounts_that_no_row_covers_are_told_and_still_counted() -> None:
    sans = PLAN.attach({})
    lacunaire = type(sans)(
        "2018", {p: c for p, c in sans.correspondances.items() if p not in {"61", "20"}}
    )
    soldes = euros({"613200": 300, "706000": -1_000, "205000": 500, "360000": 10, "512000": 190})
    releve = gather(soldes, lacunaire)
    assert releve.non_rattaches == (
        Solde("205000", 50_000),
        Solde("360000", 1_000),
        Solde("613200", 30_000),
    )
    cascade = compute_sig(releve)
    assert (cascade[-1].libelle, cascade[-1].centimes) == ("Résultat net", 70_000)
    assert [ligne.poste.code for ligne in cascade[-1].lignes] == ["non_rattaches"]
    assert compute_caf(releve, cascade).depuis_ebe == 70_000
    position = compute_position(soldes, lacunaire)
    assert position.ecart == 51_000
    assert position.fonds_de_roulement - position.bfr == position.tresorerie + position.ecart


def test_every_line_opens_to_its_accounts() -> None:
    (ligne,) = gather(euros({"641100": 10, "645100": 5, "512000": -15}), PLAN).list_lignes(
        Etape.EBE
    )
    assert ligne.poste.code == "charges_personnel"
    assert ligne.soldes == (Solde("641100", -1_000), Solde("645100", -500))
    assert ligne.centimes == -1_500


def test_the_aide_au_poste_is_told_apart_only_where_it_is_declared() -> None:
    aide = read_aide_au_poste(gather(MOUVEMENTS, PLAN), ())
    assert aide.montant is Absence.INCONNUE
    assert aide.candidats == (Solde("730000", 500_000), Solde("741100", 1_800_000))
    plan = PLAN.attach({"7411": "aide_au_poste"})
    releve = gather(MOUVEMENTS, plan)
    aide = read_aide_au_poste(releve, ("7411",))
    assert (aide.montant, aide.candidats) == (1_800_000, ())
    # the cascade is the same: only the line changes
    assert compute_sig(releve)[3].centimes == 1_700_000
    assert read_aide_au_poste(gather({}, plan), ("7411",)).montant == 0
    # the share of an investment subsidy is no candidate
    assert read_aide_au_poste(gather(euros({"747000": -1}), PLAN), ()).candidats == ()


def test_months_of_cash() -> None:
    releve = gather(MOUVEMENTS, PLAN)
    # 6 000 + 9 000 + 110 000 + 4 000; neither lost claims, nor depreciation, nor interest, nor tax
    charges = charges_decaissables(releve)
    assert charges == 12_900_000
    assert [ligne.poste.code for ligne in list_decaissables(releve)] == [
        "achats_consommes",
        "services_exterieurs",
        "impots_taxes",
        "charges_personnel",
    ]
    # 13 800 / (129 000 / 12)
    assert count_mois(1_380_000, charges, 12) == pytest.approx(13_800 / 10_750)
    assert count_mois(-1_380_000, charges, 12) == pytest.approx(-13_800 / 10_750)
    assert count_mois(Absence.INCONNUE, charges, 12) is Absence.INCONNUE
    assert count_mois(1_380_000, 0, 12) is Absence.SANS_OBJET
    with pytest.raises(ValueError, match="at least one month"):
        count_mois(1, 1, 0)


def test_balances_follow_one_another() -> None:
    assert list(cumulate({"512": 10}, [{"512": -4, "606": 4}, {"606": 1}])) == [
        {"512": 6, "606": 4},
        {"512": 6, "606": 5},
    ]
