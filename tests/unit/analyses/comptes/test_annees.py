"""Several exercices side by side: of one structure, one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from factories.exercices import ANNEE, OUVERTURE, postpone, write_exercice

from maillage.analyses.comptes.annees import set_side_by_side
from maillage.analyses.comptes.exercice import compute_exercice
from maillage.analyses.comptes.export import annees_rows, annees_to_dict
from maillage.analyses.exports import rows_to_csv
from maillage.data.sources.fec.lecture import read_fec
from maillage.kernel.errors import FichierInvalide

if TYPE_CHECKING:
    from pathlib import Path

    from factories.exercices import Ecriture

    from maillage.analyses.comptes.exercice import Exercice


def compute(
    tmp_path: Path, ecritures: list[Ecriture], nom: str = "732829320FEC20241231.txt"
) -> Exercice:
    return compute_exercice(read_fec(write_exercice(tmp_path, ecritures, nom)))


def test_the_oldest_first(tmp_path: Path) -> None:
    annees = set_side_by_side([compute(tmp_path, postpone(ANNEE, 1)), compute(tmp_path, ANNEE)])
    assert [e.mouvements.premier_jour.year for e in annees.exercices] == [2024, 2025]
    assert annees.siren == "732829320"
    texte = "\n".join(annees.notes)
    assert "ne suivent pas le même plan" in texte
    # 2025 opens with the 32 000 of 2024's opening, and not with its closing: 48 300 and 13 800
    assert "(32\u202f000,00 €) n’est pas celui de la clôture d’avant (48\u202f300,00 €)" in texte
    assert "(28\u202f000,00 €) n’est pas celui de la clôture d’avant (13\u202f800,00 €)" in texte


def test_an_opening_that_is_the_closing_before_says_nothing(tmp_path: Path) -> None:
    simple: list[Ecriture] = [
        ("AN", "20230101", {"102400": -100, "512000": 100}),
        ("VE", "20230630", {"411000": 40, "706000": -40}),
        ("BQ", "20231231", {"411000": -40, "512000": 40}),
    ]
    suite: list[Ecriture] = [
        ("AN", "20240101", {"102400": -100, "120000": -40, "512000": 140}),
        ("VE", "20241231", {"411000": 10, "706000": -10}),
    ]
    assert set_side_by_side([compute(tmp_path, simple), compute(tmp_path, suite)]).notes == ()


def test_a_missing_year_and_a_missing_siren_are_said(tmp_path: Path) -> None:
    annees = set_side_by_side(
        [compute(tmp_path, postpone(ANNEE, -2), "export.txt"), compute(tmp_path, ANNEE[1:])]
    )
    texte = "\n".join(annees.notes)
    assert "export.txt ne donne pas de SIREN" in texte
    assert "Aucun fichier entre le 31 décembre 2022 et le 1er janvier 2024" in texte
    assert set_side_by_side([compute(tmp_path, ANNEE, "export.txt")]).siren == ""


def test_two_structures_or_twice_the_same_year_are_refused(tmp_path: Path) -> None:
    un = compute(tmp_path, ANNEE)
    autre = compute(tmp_path, ANNEE, "356000000FEC20241231.txt")
    with pytest.raises(FichierInvalide) as refus:
        set_side_by_side([un, autre])
    assert [a.code for a in refus.value.anomalies] == ["MLG-SOL-002", "MLG-SOL-003"]
    with pytest.raises(FichierInvalide, match="MLG-SOL-003"):
        set_side_by_side([un, un])
    with pytest.raises(ValueError, match="at least one"):
        set_side_by_side([])


def test_every_line_of_the_document_opens_and_adds_up(tmp_path: Path) -> None:
    (exercice,) = annees_to_dict(set_side_by_side([compute(tmp_path, ANNEE)]))["exercices"]
    montants = {solde["code"]: solde["montant_centimes"] for solde in exercice["sig"]}
    for solde in exercice["sig"]:
        ajoute = sum(ligne["montant_centimes"] for ligne in solde["lignes"])
        assert solde["montant_centimes"] == ajoute + sum(montants[r] for r in solde["reportes"])
        for ligne in solde["lignes"]:
            assert ligne["montant_centimes"] == sum(
                compte["montant_centimes"] for compte in ligne["comptes"]
            )
            assert all(compte["source"] for compte in ligne["comptes"])
    assert exercice["caf"]["montant_centimes"] == 1_680_000
    assert exercice["aide_au_poste"]["etat"] == "inconnue"
    assert exercice["aide_au_poste"]["montant_centimes"] is None
    fin = exercice["mois"][-1]["bilan"]
    assert fin["fonds_de_roulement"]["montant_centimes"] == 4_830_000
    assert fin["besoin_en_fonds_de_roulement"]["montant_centimes"] == 3_450_000
    assert fin["tresorerie_nette"]["montant_centimes"] == 1_380_000
    assert [ligne["code"] for ligne in exercice["hors_resultat"]] == [
        "emplois_benevolat",
        "ressources_benevolat",
    ]
    assert exercice["non_rattaches"] == []


def test_what_is_unknown_has_no_number(tmp_path: Path) -> None:
    annees = set_side_by_side([compute(tmp_path, ANNEE[1:])])
    (exercice,) = annees_to_dict(annees)["exercices"]
    assert exercice["ouverture"]["bilan"] is None
    assert {mois["etat"] for mois in exercice["mois"]} == {"inconnue"}
    assert exercice["mois"][0]["mois_de_tresorerie"]["sur_exercice"] == {
        "valeur": None,
        "etat": "inconnue",
    }
    bilan = [rangee for rangee in annees_rows(annees) if rangee["partie"] == "bilan"]
    assert {(rangee["valeur"], rangee["etat"]) for rangee in bilan} == {(None, "inconnue")}
    assert len(bilan) == 12 * 3


def test_rows_for_a_spreadsheet(tmp_path: Path) -> None:
    perdu: Ecriture = ("OD", "20240505", {"360000": 70, "512000": -70})
    annees = set_side_by_side([compute(tmp_path, [*ANNEE, perdu])])
    courtes, longues = annees_rows(annees), annees_rows(annees, detail=True)
    assert {rangee["niveau"] for rangee in courtes} == {"solde", "ligne"}
    comptes = [r for r in longues if r["niveau"] == "compte" and r["partie"] == "sig"]
    # accounts of the year: class 7 − class 6 is the result
    assert sum(rangee["valeur"] for rangee in comptes) == 14_100
    net = [r["valeur"] for r in courtes if r["code"] == "net"]
    assert net == [14_100]
    aide = [(r["valeur"], r["etat"]) for r in courtes if r["code"] == "aide_au_poste"]
    assert aide == [(None, "inconnue")]
    # a gift of time is positive, its use negative, as products and charges are
    dons = {r["code"]: r["valeur"] for r in courtes if r["partie"] == "hors_resultat"}
    assert dons == {"emplois_benevolat": -7_000, "ressources_benevolat": 7_000}
    assert [(r["compte"], r["valeur"]) for r in courtes if r["partie"] == "non_rattaches"] == [
        ("360000", 70)
    ]
    assert rows_to_csv(longues).count("\n") == len(longues) + 1


def test_an_opening_alone_is_an_exercice(tmp_path: Path) -> None:
    exercice = compute(tmp_path, [OUVERTURE])
    assert exercice.sig[-1].centimes == 0
    assert len(exercice.mois) == 1
