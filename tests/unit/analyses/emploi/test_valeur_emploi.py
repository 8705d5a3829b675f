"""One job by hand: a lone person on RSA, 24 hours at the SMIC in an AI, November 2025."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from maillage.analyses.emploi.aides import (
    compute_aide_au_poste,
    compute_reduction,
    find_mois,
    name_mois,
)
from maillage.analyses.emploi.demande import Contrefactuel, Demande
from maillage.analyses.emploi.revenus import Marge
from maillage.analyses.emploi.table import read_table
from maillage.analyses.emploi.valeur import ValeurEmploi, compute_valeur
from maillage.kernel.money import Centimes
from maillage.regles.cotisations.lecture import LectureCongesPayes
from maillage.regles.engine.choix import Choix
from maillage.regles.engine.erreurs import PeriodeNonModelisee
from maillage.regles.engine.legislation import load_legislation

TABLE = read_table()
LOI = load_legislation()
DEMANDE = Demande(
    foyer=TABLE.hypotheses.foyers["seul_rsa"],
    heures=24,
    majoration=Centimes(0),
    type_siae="AI",
    mois="2025-11",
    revaloriser=Centimes(50),
)
EN_2026 = replace(DEMANDE, mois="2026-09")


@pytest.fixture(scope="module")
def valeur() -> ValeurEmploi:
    return compute_valeur(DEMANDE, TABLE, LOI)


def euros(texte: str) -> Centimes:
    return Centimes.from_euros(texte)


def test_the_aide_au_poste_is_the_share_of_a_full_time_post(valeur: ValeurEmploi) -> None:
    """1 619 € × 24/35 ÷ 12 = 92.514…"""
    assert valeur.employeur is not None
    assert valeur.employeur.aide_au_poste == euros("92.51")
    aide = compute_aide_au_poste(valeur.apres, "AI", LOI)
    assert aide.source.startswith("Arrêté du 4 décembre 2024")
    assert "24/35 d’ETP" in aide.source
    assert "projeté" not in aide.source


def test_the_reduction_is_the_maximal_one_at_the_smic(valeur: ValeurEmploi) -> None:
    """T of 2025 under 50 employees, 0.3193, × 1 235.52 € = 394.50 €."""
    reduction = compute_reduction(valeur.apres, 30, LOI)
    assert reduction.montant == euros("394.50")
    assert "coefficient 0,3193, pour 30 salariés" in reduction.source
    assert compute_reduction(valeur.apres, 60, LOI).montant == euros("399.44")  # × 0.3233


def test_the_accounts_by_hand(valeur: ValeurEmploi) -> None:
    assert valeur.employeur is not None
    assert valeur.comptes is not None
    # 1 235.52 + 516.78 − 96.37 − 394.50 − 92.51
    assert valeur.employeur.cout == euros("1168.92")
    lignes = {ligne.code: ligne.montant for ligne in valeur.comptes.lignes}
    assert lignes == {
        "aide_au_poste": euros("-92.51"),
        "reduction_generale": euros("-394.50"),
        "taux_reduits": euros("-96.37"),
        "cotisations_employeur": euros("516.78"),
        "cotisations_salariales": euros("257.49"),  # 1 235.52 − 978.03
        "impot_revenu": euros("0"),
        "rsa": euros("568.94"),
        "ass": euros("0"),
        "aide_logement": euros("179"),  # 304 − 125
        "prestations_familiales": euros("0"),
        "prime_activite": euros("-233.83"),
    }
    assert valeur.comptes.soldes == (euros("-92.51"), euros("705.00"))
    noms = {ligne.code: ligne.libelle for ligne in valeur.comptes.lignes}
    assert noms["rsa"] == "RSA en moins"
    assert noms["prime_activite"] == "Prime d’activité en plus"
    assert all(ligne.source for ligne in valeur.comptes.lignes)


def test_a_taxed_job_by_hand() -> None:
    """Full time at the SMIC and two euros: 19.08 € of tax a month leave the household, and come back."""
    payee = replace(DEMANDE, heures=35, majoration=Centimes(200), revaloriser=None)
    valeur = compute_valeur(payee, TABLE, LOI)
    impot, total = valeur.revenus[-2:]
    assert (impot.code, impot.apres) == ("impot_revenu", euros("-19.08"))
    # 1 666.43 net + 147.67 of prime − 19.08
    assert total.apres == euros("1795.02")
    assert valeur.comptes is not None
    lignes = {ligne.code: ligne.montant for ligne in valeur.comptes.lignes}
    assert lignes["impot_revenu"] == euros("19.08")


def test_a_share_of_the_reader_narrows_the_range() -> None:
    choisie = replace(DEMANDE, contrefactuel=Contrefactuel(Decimal("0.2"), Decimal("0.2")))
    comptes = compute_valeur(choisie, TABLE, LOI).comptes
    assert comptes is not None
    bas, haut = comptes.soldes
    # −92.51 + 80 % of 797.51, each line rounded
    assert bas == haut
    assert abs((bas - euros("545.50")).nombre) <= len(comptes.lignes)


def test_what_stays_of_the_pay(valeur: ValeurEmploi) -> None:
    """1 336.86 − 872.94 = 463.92 €, for 978.03 € net and 1 235.52 € gross."""
    assert valeur.marge == Marge(euros("1235.52"), euros("978.03"), euros("463.92"))
    assert valeur.marge.part_gardee == Fraction(46392, 97803)
    assert valeur.marge.taux_marginal_effectif == 1 - Fraction(46392, 123552)
    rien = Marge(Centimes(0), Centimes(0), Centimes(0))
    assert (rien.part_gardee, rien.taux_marginal_effectif) == (None, None)


def test_fifty_cents_more_by_hand(valeur: ValeurEmploi) -> None:
    hausse = valeur.hausse
    assert hausse is not None
    # net 1 019.20 − 978.03, prime 227.80 − 233.83, housing 109 − 125
    assert hausse.marge.disponible == euros("41.17") + euros("-6.03") + euros("-16")
    assert hausse.marge.brut == euros("52")  # 0.50 × 24 × 52/12
    # 52 + 21.75 of contributions − 4.06 of reduced rates + 27.69 of reduction lost
    assert hausse.employeur == euros("97.38")
    assert hausse.solde == euros("78.24")
    assert "aide_au_poste" not in {ligne.code for ligne in hausse.public}


def test_without_a_rise_nothing_is_said_of_it() -> None:
    assert compute_valeur(replace(DEMANDE, revaloriser=None), TABLE, LOI).hausse is None


def test_where_the_rules_refuse_the_income_stays_and_the_accounts_do_not() -> None:
    valeur = compute_valeur(EN_2026, TABLE, LOI)
    assert valeur.comptes is None
    assert valeur.employeur is None
    assert isinstance(valeur.refus, PeriodeNonModelisee)
    assert valeur.refus.anomalies[0].code == "MLG-REG-005"
    assert valeur.marge.disponible == euros("472.65")
    assert valeur.hausse is not None


def test_a_projection_is_computed_and_says_that_it_is_one() -> None:
    valeur = compute_valeur(EN_2026, TABLE, LOI.with_choix(Choix.projection_smic()))
    assert valeur.refus is None
    assert valeur.comptes is not None
    assert "projeté sur le SMIC, pas le droit" in valeur.comptes.lignes[0].source
    assert any("rojection" in phrase for phrase in valeur.avertissements)


def test_the_amount_of_ones_own_annexe_replaces_that_of_the_law() -> None:
    valeur = compute_valeur(replace(EN_2026, montant_unitaire=euros("1680")), TABLE, LOI)
    assert valeur.employeur is not None
    assert valeur.employeur.aide_au_poste == euros("96")  # 1 680 × 24/35 ÷ 12
    assert valeur.comptes is not None
    assert "montant unitaire saisi" in valeur.comptes.lignes[0].source
    assert {ligne.libelle for ligne in valeur.comptes.lignes} >= {"Réduction générale (RGDU)"}


def test_the_open_point_of_the_ai_is_told_until_a_reading_is_chosen(valeur: ValeurEmploi) -> None:
    """1.1 SMIC: 0.3193 / 0.6 × (1.6 / 1.1 − 1) = 0.2419, × 1 235.52 € = 298.87 €."""
    [phrase] = [un for un in valeur.avertissements if "Congés payés d’une AI" in un]
    assert "298,87" in phrase
    assert "394,50" in phrase
    for lecture, montant in (
        (LectureCongesPayes.SMIC_NON_CORRIGE, "298.87"),
        (LectureCongesPayes.SMIC_CORRIGE, "394.50"),
        (LectureCongesPayes.SANS_OBJET, "394.50"),
    ):
        autre = compute_valeur(replace(DEMANDE, lecture=lecture), TABLE, LOI)
        assert autre.employeur is not None
        assert autre.employeur.reduction == euros(montant)
        assert autre.avertissements == ()
    assert compute_valeur(replace(DEMANDE, type_siae="ACI"), TABLE, LOI).avertissements == ()


def test_the_month_by_default_is_the_latest_that_the_law_knows() -> None:
    assert find_mois(("2026-09", "2025-11"), "AI", LOI) == "2025-11"
    assert find_mois(("2026-09", "2026-10"), "AI", LOI) == "2026-10"
    assert name_mois("2025-11") == "novembre 2025"


def test_the_own_rate_of_accidents_adds_to_the_contributions_by_hand(valeur: ValeurEmploi) -> None:
    """3 % instead of 0.70 %: 2.30 % of 1 235.52 € = 28.42 €, paid by the employer to public money."""
    autre = compute_valeur(replace(DEMANDE, taux_accident_travail=Decimal("0.03")), TABLE, LOI)
    assert valeur.employeur is not None
    assert autre.employeur is not None
    assert valeur.comptes is not None
    assert autre.comptes is not None
    assert valeur.hausse is not None
    assert autre.hausse is not None
    plus = euros("28.42")
    assert autre.employeur.cout - valeur.employeur.cout == plus
    assert autre.comptes.soldes[1] - valeur.comptes.soldes[1] == plus
    assert autre.comptes.soldes[0] == valeur.comptes.soldes[0]
    assert autre.employeur.reduction == valeur.employeur.reduction
    assert autre.revenus == valeur.revenus
    # 2.30 % of 1 287.51 € is 29.61 €, 1.19 € more than 28.42 €
    assert autre.hausse.employeur - valeur.hausse.employeur == euros("1.19")
    phrase = (
        "Accidents du travail\u202f: 3,00\u202f%, le taux que vous donnez, au lieu de 0,70\u202f%."
    )
    assert phrase in autre.avertissements
    assert phrase not in valeur.avertissements


def test_the_share_where_public_money_is_even_by_hand(valeur: ValeurEmploi) -> None:
    """−92.51 € whatever happens, 797.51 € of the rest: 1 − 9251/79751."""
    assert valeur.comptes is not None
    assert valeur.comptes.part_equilibre == 1 - Fraction(9251, 79751)
    sans = [un for un in valeur.comptes.lignes if un.acquise]
    assert replace(valeur.comptes, lignes=tuple(sans)).part_equilibre is None
    chere = replace(sans[0], montant=euros("-1000"))
    autres = [un for un in valeur.comptes.lignes if not un.acquise]
    assert replace(valeur.comptes, lignes=(chere, *autres)).part_equilibre is None
