"""What is typed in the forms: kept, read, and every problem at its own field."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from maillage.kernel.valeur import Absence
from maillage.web.regles.connu import read_question
from maillage.web.regles.saisie import Erreurs, parse_jour, read_annexe

JUSTE = {
    "type": "ACI",
    "territoire": "metropole_drom",
    "etp": "7,43",
    "debut": "01/05/2019",
    "fin": "31/12/2019",
}


def codes(saisie: dict[str, str]) -> dict[str, list[str]]:
    erreurs = read_annexe(saisie).erreurs
    return {champ: [a.code for a in une] for champ, une in erreurs.par_champ.items()}


def test_nothing_typed_is_no_error() -> None:
    saisie = read_annexe({})
    assert saisie.est_vide
    assert not saisie.erreurs
    assert not saisie.colonnes


def test_a_right_annexe_is_read_exactly() -> None:
    saisie = read_annexe(JUSTE)
    assert saisie.colonnes["etp_centiemes"].tolist() == [743]
    assert saisie.occupation == ()
    assert "montant_unitaire_centimes" not in saisie.colonnes


@pytest.mark.parametrize(
    ("champ", "texte", "code"),
    [
        ("type", "XX", "MLG-REG-205"),
        ("type", "FDI", "MLG-REG-219"),
        ("territoire", "lune", "MLG-REG-206"),
        ("etp", "-1", "MLG-REG-207"),
        ("etp", "", "MLG-REG-202"),
        ("etp", "douze", "MLG-REG-203"),
        ("etp", "1,234", "MLG-REG-208"),
        ("debut", "32/01/2019", "MLG-REG-204"),
        ("fin", "31/12/2031", "MLG-REG-209"),
        ("fin", "30/04/2019", "MLG-REG-216"),
        ("fin", "30/06/2020", "MLG-REG-217"),
        ("montant", "beaucoup", "MLG-REG-203"),
        ("connu_au", "hier", "MLG-WEB-020"),
        ("connu_au", "01/01/1999", "MLG-WEB-021"),
        ("m3", "-2", "MLG-WEB-022"),
        ("m9", "5", "MLG-WEB-024"),
        ("reforme", "zzz", "MLG-REG-013"),
    ],
)
def test_a_problem_is_at_its_field(champ: str, texte: str, code: str) -> None:
    assert codes({**JUSTE, champ: texte}) == {champ: [code]}


def test_all_problems_are_told_at_once_in_the_order_of_the_form() -> None:
    saisie = read_annexe({**JUSTE, "etp": "x", "m2": "y", "connu_au": "z", "fin": "hier"})
    ordre = ("type", "etp", "fin", "m2", "connu_au")
    assert [champ for champ, _ in saisie.erreurs.in_order(ordre)] == [
        "etp",
        "fin",
        "m2",
        "connu_au",
    ]
    assert saisie.textes["m2"] == "y"
    assert not saisie.colonnes


def test_an_empty_field_is_not_called_a_cell() -> None:
    (anomalie,) = read_annexe({**JUSTE, "etp": ""}).erreurs.par_champ["etp"]
    assert (anomalie.quoi, anomalie.ou) == ("Ce champ est vide.", "")


def test_own_amount_and_reform_exclude_each_other() -> None:
    saisie = {**JUSTE, "montant": "20000", "reforme": "igas_2022"}
    assert codes(saisie) == {"reforme": ["MLG-WEB-023"]}


def test_a_month_left_empty_between_two_others_is_unknown_and_not_zero() -> None:
    saisie = read_annexe({**JUSTE, "m1": "7,5", "m3": "0"})
    assert saisie.occupation == (Decimal("7.5"), Absence.INCONNUE, Decimal(0))


@pytest.mark.parametrize("texte", ["07/02/2022", "2022-02-07", "7/2/2022"])
def test_a_day_is_read_in_french_and_in_iso(texte: str) -> None:
    erreurs = Erreurs()
    assert parse_jour(texte, "le", erreurs) == date(2022, 2, 7)
    assert not erreurs


def test_a_question_on_prison_for_an_ai_is_refused_at_its_field() -> None:
    question = read_question(
        {"type": "AI", "territoire": "milieu_penitentiaire", "le": "01/01/2022"}
    )
    assert question.reponse is None
    assert [a.code for a in question.erreurs.par_champ["territoire"]] == ["MLG-WEB-026"]


def test_a_question_without_its_day_keeps_what_was_typed() -> None:
    question = read_question({"type": "EI", "territoire": "mars", "connu_au": "x"})
    assert set(question.erreurs.par_champ) == {"territoire", "le", "connu_au"}
    assert question.textes["type"] == "EI"
