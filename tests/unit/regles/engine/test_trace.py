# no `from __future__ import annotations`: the engine reads the annotations of the formulas below
"""What a reader of a trace sees: words, numbers, warnings, and the reform behind a value."""

import json
from datetime import date
from typing import Annotated, Any

import numpy as np
import pytest

from maillage.kernel.francais import ESPACE_FINE
from maillage.regles.engine.application import apply_reforme
from maillage.regles.engine.calcul import Resultat, compute
from maillage.regles.engine.choix import Choix
from maillage.regles.engine.erreurs import PeriodeNonModelisee
from maillage.regles.engine.formule import Parametre, formule
from maillage.regles.engine.formules import Regles
from maillage.regles.engine.lecture_reforme import parse_reforme
from maillage.regles.engine.legislation import Legislation, load_legislation
from maillage.regles.engine.trace import describe_legale, format_quantite, legale_to_dict, trace
from maillage.regles.engine.unites import (
    UNITES,
    Etp,
    Euros,
    EurosParEtp,
    EurosParHeure,
    Liste,
    Texte,
)

LOI = load_legislation()
AI = "aide_au_poste.montant_socle.AI"
REFORME = """\
code: essai
titre: Un essai
source: {title: Un amendement}
valable_jusqu_au: 2026-12-31
indetermine: [Rien.]
changements:
- chemin: aide_au_poste.montant_socle.AI
  values: {2025-07-01: {value: 4000, reference: ARR_2014}}
"""


@formule(texte="Essai")
def aide(
    etp: Etp, socle: Annotated[EurosParEtp, Parametre("aide_au_poste.{bareme}.{kind}")]
) -> Euros:
    return etp * socle


@formule(texte="Essai")
def bareme(prison: Texte) -> Texte:
    return np.where(prison == "oui", "montant_socle_milieu_penitentiaire", "montant_socle")


@formule(texte="Essai")
def fin(mot: Annotated[Texte, Parametre("versement.regularisation_fin")]) -> Texte:
    return mot


@formule(texte="Essai")
def longueur(etp: Etp, mois: Annotated[Liste, Parametre("versement.mois_regularisation")]) -> Etp:
    return etp * len(mois)


REGLES = Regles.from_formules(aide, bareme, fin, longueur)


def compute_aide(loi: Legislation, *prisons: str, le: date = date(2025, 8, 1)) -> Resultat:
    colonnes: dict[str, Any] = {
        "etp": np.ones(len(prisons)),
        "prison": np.array(prisons),
        "kind": np.array(["EI" if prison == "oui" else "AI" for prison in prisons]),
    }
    return compute(["aide", "fin", "longueur"], colonnes, loi, le, REGLES)


def test_a_formula_may_choose_the_schedule_row_by_row() -> None:
    assert compute_aide(LOI, "non", "oui")["aide"].tolist() == [1619, 13304]


def test_refusals_that_the_columns_decide_are_told_with_the_others() -> None:
    """`fin` and `longueur` read at the row's date; `aide` waits for the formula of its schedule."""
    with pytest.raises(PeriodeNonModelisee) as refus:
        compute_aide(LOI, "non", le=date(2031, 1, 1))
    lieux = {anomalie.ou for anomalie in refus.value.anomalies}
    assert {"versement.regularisation_fin", "versement.mois_regularisation"} <= lieux


def test_the_trace_says_that_a_value_is_the_one_of_another_parameter() -> None:
    texte = trace(compute_aide(LOI, "non", "oui"), 1).to_text()
    assert "même valeur que aide_au_poste.montant_socle.EI" in texte
    assert "note : " in texte


def test_the_trace_of_a_reform_says_that_it_is_no_law() -> None:
    resultat = compute_aide(apply_reforme(LOI, parse_reforme(REFORME, "essai.yaml")), "non")
    assert resultat.reformes == ("essai",)
    arbre = trace(resultat, 0)
    assert arbre.avertissements == ("Valeur de la réforme essai, pas le droit.",)
    assert "valeur de la réforme essai, pas le droit" in arbre.to_text()
    assert "source : Arrêté du 6 mars 2014" in arbre.to_text()
    assert resultat.legislation.reformes == ("essai",)


def test_a_text_and_a_list_of_the_law_are_traced_too() -> None:
    resultat = compute_aide(LOI, "non")
    assert "le mois qui suit la fin de l’annexe" in trace(resultat, 0, "fin").to_text()
    assert "mois = 5, 8, 11" in trace(resultat, 0, "longueur").to_text()


def test_a_choice_is_in_the_trace() -> None:
    loi = LOI.with_choix(Choix.valeur_utilisateur(AI, 1700, "courrier reçu"))
    (avertissement,) = trace(compute_aide(loi, "non"), 0).avertissements
    assert "courrier reçu" in avertissement


@pytest.mark.parametrize(
    ("valeur", "unite", "attendu"),
    [
        (np.int64(12345), "centimes", f"123,45{ESPACE_FINE}€"),
        (0.3214, "taux", f"32,14{ESPACE_FINE}%"),
        (1, "taux", f"100{ESPACE_FINE}%"),
        (np.bool_(1), "oui/non", "oui"),
        (np.bool_(0), "oui/non", "non"),
        (date(2022, 5, 1), "date", "1er mai 2022"),
        (np.datetime64("2022-05-02"), "date", "2 mai 2022"),
        ((5, 8), "liste", "5, 8"),
        ("mot", "texte", "mot"),
        (float("nan"), "EUR", "sans objet"),
        (7, "nombre", "7"),
    ],
)
def test_figures_are_written_in_french(valeur: object, unite: str, attendu: str) -> None:
    assert format_quantite(valeur, UNITES[unite]) == attendu


@pytest.mark.parametrize("chemin", LOI.chemins)
def test_every_value_of_the_law_can_be_described_and_written_as_json(chemin: str) -> None:
    feuille = LOI.leaf(chemin)
    for datee in feuille.valeurs:
        legale = LOI.au(datee.date_effet).find(chemin)
        if legale is not None:
            assert json.dumps(legale_to_dict(legale), allow_nan=False)
            assert describe_legale(legale)[0].startswith(chemin)


def test_a_value_that_a_row_does_not_read_is_null_in_json() -> None:
    @formule(texte="Essai")
    def lu(
        smic: Annotated[EurosParHeure, Parametre("smic.horaire_brut", si="actif")],
    ) -> EurosParHeure:
        return smic

    regles = Regles.from_formules(lu)
    resultat = compute(["lu"], {"actif": np.array([False])}, LOI, date(2024, 1, 1), regles)
    assert trace(resultat, 0).to_dict()["enfants"][0]["valeur"] is None
