"""Maillage beside OpenFisca-France, on tables made by `openfisca/outils/parite.py`: no OpenFisca here.

Each difference must come out of the cause that its row names. The tables are made again, and
compared, by `make openfisca`.
"""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from causes import (
    HEURES_DE_LA_LOI,
    HEURES_OPENFISCA,
    Employeur,
    Mois,
    classify_coefficients,
    classify_taxes,
    compute_annee,
    compute_coefficients,
)

DOSSIER = Path(__file__).parent
CAUSES_REDUCTION = {"aucune", "heures", "simple_precision"}
CAUSES_TAXE = {"aucune", "arrondi_mensuel", "simple_precision", "franchise"}
Lignes = list[dict[str, str]]


def read_table(nom: str) -> Lignes:
    texte = (DOSSIER / nom).read_text(encoding="utf-8")
    return list(csv.DictReader(li for li in texte.splitlines() if not li.startswith("#")))


def column(lignes: Lignes, nom: str) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.array([float(ligne[nom]) for ligne in lignes])


def build_mois(lignes: Lignes) -> Mois:
    le = date.fromisoformat(f"{lignes[0]['mois']}-01")
    return Mois(le, column(lignes, "remuneration"), column(lignes, "effectif"))


def build_employeurs(lignes: Lignes) -> Employeur:
    return Employeur(
        le=date(int(lignes[0]["annee"]), 1, 1),
        remuneration_mensuelle=column(lignes, "remuneration_mensuelle"),
        effectif=column(lignes, "effectif"),
        association=np.array([ligne["association"] == "oui" for ligne in lignes]),
    )


REDUCTION = read_table("reduction.csv")
TAXE = read_table("taxe_salaires.csv")
MOIS = sorted({ligne["mois"] for ligne in REDUCTION})
ANNEES = sorted({ligne["annee"] for ligne in TAXE})


@pytest.mark.parametrize("nom", ["reduction.csv", "taxe_salaires.csv", "annee.csv"])
def test_a_table_says_its_date_its_versions_and_its_command(nom: str) -> None:
    entete = "".join((DOSSIER / nom).read_text(encoding="utf-8").splitlines(keepends=True)[:4])
    assert "OpenFisca-France 176" in entete
    assert "# Commande : .venv-openfisca/bin/python openfisca/outils/parite.py" in entete
    assert date.fromisoformat(entete.split("# Fait le ")[1].strip()) >= date(2026, 11, 1)


def test_the_grid_is_wide_enough() -> None:
    assert {mois[:4] for mois in MOIS} == {str(annee) for annee in range(2019, 2027)}
    assert {int(ligne["effectif"]) for ligne in REDUCTION} == {10, 19, 20, 49, 50, 60}
    assert len(REDUCTION) > 1_100
    assert len(TAXE) > 800


@pytest.mark.parametrize("mois", MOIS)
def test_each_difference_of_coefficient_comes_out_of_its_cause(mois: str) -> None:
    lignes = [ligne for ligne in REDUCTION if ligne["mois"] == mois]
    nous, causes = classify_coefficients(
        build_mois(lignes), column(lignes, "openfisca").astype(np.float32)
    )
    assert [f"{coefficient:.4f}" for coefficient in nous] == [li["maillage"] for li in lignes]
    assert causes == [ligne["cause"] for ligne in lignes]
    assert set(causes) <= CAUSES_REDUCTION


def test_a_difference_of_hours_is_one_unit_of_the_last_decimal() -> None:
    ecarts = [li for li in REDUCTION if li["cause"] == "heures"]
    assert len(ecarts) > 20
    for ligne in ecarts:
        assert float(ligne["openfisca"]) - float(ligne["maillage"]) == pytest.approx(
            0.0001 if ligne["openfisca"] != "0.0200" else 0.02
        )


def test_the_amount_of_openfisca_is_its_coefficient_times_the_pay_on_32_bits() -> None:
    for ligne in REDUCTION:
        produit = np.float32(ligne["remuneration"]) * np.float32(ligne["openfisca"])
        assert float(ligne["reduction_openfisca"]) == pytest.approx(float(produit), abs=0.006)


@pytest.mark.parametrize("annee", ANNEES)
def test_each_difference_of_tax_comes_out_of_its_cause(annee: str) -> None:
    lignes = [ligne for ligne in TAXE if ligne["annee"] == annee]
    nous, causes = classify_taxes(build_employeurs(lignes), column(lignes, "openfisca"))
    assert [f"{taxe:.2f}" for taxe in nous] == [ligne["maillage"] for ligne in lignes]
    assert causes == [ligne["cause"] for ligne in lignes]
    assert set(causes) <= CAUSES_TAXE


def test_a_difference_of_tax_is_a_few_cents_by_employee_and_month_or_a_threshold() -> None:
    """Five roundings of half a cent a month, never more; at the franchise, the whole first décote."""
    au_seuil = 0
    for ligne in TAXE:
        deux = sorted((float(ligne["openfisca"]), float(ligne["maillage"])))
        if deux[0] == 0 and 569 < deux[1] < 571:
            au_seuil += 1
        else:
            # float32 adds two millionths of the amount
            assert deux[1] - deux[0] <= 0.2 * float(ligne["effectif"]) + 2e-6 * deux[1]
    assert 0 < au_seuil <= len(ANNEES)
    assert Counter(ligne["cause"] for ligne in TAXE)["franchise"] > 0


def test_openfisca_adds_months_where_a_regularisation_takes_the_year_at_once() -> None:
    """« progressif » there adds the months: so do we. The formula of the year gives another amount."""
    lignes = read_table("annee.csv")
    for ligne in lignes:
        assert float(ligne["somme_openfisca"]) == pytest.approx(
            float(ligne["somme_maillage"]), abs=0.01
        )
    primes = [li for li in lignes if li["profil"] == "prime_en_decembre"]
    assert all(float(li["somme_maillage"]) > float(li["formule_annuelle"]) + 500 for li in primes)


def test_the_year_is_computed_again() -> None:
    smic = 11.65 * HEURES_DE_LA_LOI
    paies = np.array([[round(smic * 1.2, 2)] * 11 + [round(smic * 2.4, 2)]])
    somme, annuelle = compute_annee(2024, paies, 10.0)
    ligne = next(
        li
        for li in read_table("annee.csv")
        if (li["annee"], li["profil"]) == ("2024", "prime_en_decembre")
    )
    assert f"{somme[0]:.2f}" == ligne["somme_maillage"]
    assert f"{annuelle[0]:.2f}" == ligne["formule_annuelle"]


# each explanation fails when it does not explain


def test_an_amount_that_no_cause_gives_stays_unexplained() -> None:
    lignes = [ligne for ligne in REDUCTION if ligne["mois"] == "2024-01"][:3]
    faux = column(lignes, "openfisca").astype(np.float32) + np.float32(0.0003)
    assert classify_coefficients(build_mois(lignes), faux)[1] == ["inexpliquee"] * 3
    taxes = [ligne for ligne in TAXE if ligne["annee"] == "2024"][:3]
    autres = column(taxes, "openfisca") + 7
    assert classify_taxes(build_employeurs(taxes), autres)[1] == ["inexpliquee"] * 3


def test_hours_alone_move_the_coefficient() -> None:
    lignes = [ligne for ligne in REDUCTION if ligne["cause"] == "heures"]
    une = [ligne for ligne in lignes if ligne["mois"] == lignes[0]["mois"]]
    mois = build_mois(une)
    loi, autre = (compute_coefficients(mois, h) for h in (HEURES_DE_LA_LOI, HEURES_OPENFISCA))
    assert (loi != autre).all()
