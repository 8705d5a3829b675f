"""The web API, started as the guide says, gives what Maillage gives, refusals included."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError

import numpy as np
import pytest
from serveur import ask, serve

from maillage.regles.engine.calcul import compute
from maillage.regles.engine.legislation import load_legislation

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def adresse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """`openfisca serve` on the loopback, until the tests of this file are done."""
    journal = tmp_path_factory.mktemp("api") / "journal.txt"
    with serve("openfisca_maillage", journal) as url:
        yield url


def situation(annee: int) -> dict[str, Any]:
    """One annexe of a year, and the pay of one person in it."""
    mois = f"{annee}-01"
    return {
        "salaries": {
            "s": {
                "remuneration": {mois: 1900.55},
                "nombre_heures_remunerees": {mois: 151.5},
                "lecture_conges_payes": {mois: "smic_non_corrige"},
                "coefficient_reduction": {mois: None},
                "reduction_cotisations": {mois: None},
            }
        },
        "structures": {"S": {"employes": ["s"], "effectif": {str(annee): 12}}},
        "annexes": {
            "A": {
                "personnes_en_parcours": ["s"],
                "type_siae": {"ETERNITY": "AI"},
                "territoire": {"ETERNITY": "metropole_drom"},
                "date_debut_effet": {"ETERNITY": f"{annee}-01-01"},
                "date_fin_effet": {"ETERNITY": f"{annee}-10-31"},
                "etp_centiemes": {"ETERNITY": 1234},
                "montant_total_annuel_centimes": {"ETERNITY": None},
                "avance_mensuelle_centimes": {"ETERNITY": None},
            }
        },
    }


def test_calculate_gives_what_maillage_gives(adresse: str) -> None:
    reponse = ask(f"{adresse}/calculate", situation(2024))
    colonnes: dict[str, Any] = {
        "type_siae": np.array(["AI"]),
        "territoire": np.array(["metropole_drom"]),
        "date_debut_effet": np.array(["2024-01-01"], "M8[D]"),
        "date_fin_effet": np.array(["2024-10-31"], "M8[D]"),
        "etp_centiemes": np.array([1234]),
        "remuneration": np.array([1900.55]),
        "nombre_heures_remunerees": np.array([151.5]),
        "lecture_conges_payes": np.array(["smic_non_corrige"]),
        "effectif": np.array([12.0]),
    }
    centimes = ("montant_total_annuel_centimes", "avance_mensuelle_centimes")
    taux = ("coefficient_reduction", "reduction_cotisations")
    attendu = compute([*centimes, *taux], colonnes, load_legislation(), date(2024, 1, 1))
    for nom in centimes:
        assert reponse["annexes"]["A"][nom]["ETERNITY"] == attendu[nom][0]
    for nom in taux:
        trouve = reponse["salaries"]["s"][nom]["2024-01"]
        assert trouve == pytest.approx(attendu[nom][0], rel=1e-7)


def test_calculate_refuses_what_maillage_refuses(adresse: str) -> None:
    with pytest.raises(HTTPError) as refus:
        ask(f"{adresse}/calculate", situation(2026))
    with refus.value as reponse:
        assert reponse.code == 400
        texte = json.loads(reponse.read())["refus"]
    assert texte.startswith("[MLG-REG-005] montant inconnu pour l’AI au 1er janvier 2026")


def test_parameters_carry_their_values_and_their_texts(adresse: str) -> None:
    liste = ask(f"{adresse}/parameters")
    assert {chemin.replace(".", "/") for chemin in liste} == {
        chemin.replace(".", "/") for chemin in load_legislation().chemins
    }
    socle = ask(f"{adresse}/parameter/aide_au_poste/montant_socle/AI")
    assert socle["values"]["2014-07-01"] == 1300
    assert socle["values"]["2026-01-01"] is None
    assert socle["metadata"]["reference"]["2014-07-01"][0]["title"].startswith("Arrêté")


def test_variables_carry_their_formula_and_their_text(adresse: str) -> None:
    liste = ask(f"{adresse}/variables")
    assert {"montant_total_annuel_centimes", "coefficient_reduction", "verse_centimes"} <= set(
        liste
    )
    variable = ask(f"{adresse}/variable/coefficient_reduction")
    assert variable["references"] == [
        "Code de la sécurité sociale, articles L241-13 et D241-7, version jusqu’en 2025",
        "Code de la sécurité sociale, articles L241-13 et D241-7 (décrets 2025-887 et 2025-1446)",
    ]
    assert "def coefficient_rgdu" in variable["formulas"]["2026-01-01"]["content"]
    for nom in liste:
        assert ask(f"{adresse}/variable/{nom}")["id"] == nom


def test_trace_names_the_parameters_that_were_read(adresse: str) -> None:
    trace = ask(f"{adresse}/trace", situation(2024))["trace"]
    lus = trace["montant_socle<ETERNITY>"]["parameters"]
    assert any("aide_au_poste.montant_socle.AI" in chemin for chemin in lus)
