"""Amounts in euros, as they are written."""

from __future__ import annotations

from decimal import Decimal

import pytest

from maillage.web.publications.texte.montants import Nombre, find_montants, find_nombres
from maillage.web.publications.texte.nombres_en_lettres import parse_lettres


@pytest.mark.parametrize(
    ("texte", "ecrit", "valeurs"),
    [
        ("est de 1 619 €.", "1 619 €", ["1619"]),
        ("1619 euros", "1619 euros", ["1619"]),
        ("1\u202f619\u00a0€", "1\u202f619\u00a0€", ["1619"]),
        ("1\u200b619 €", "1\u200b619 €", ["1619"]),
        ("1,6 M€", "1,6 M€", ["1600000"]),
        ("54 M€", "54 M€", ["54000000"]),
        ("54M€", "54M€", ["54000000"]),
        ("2 000 EUR", "2 000 EUR", ["2000"]),
        ("EUR 2,000.50", "EUR 2,000.50", ["2000.50"]),
        ("€ 2,000", "€ 2,000", ["2000", "2"]),
        ("k€ 54", "k€ 54", ["54000"]),
        ("1.619.000 €", "1.619.000 €", ["1619000"]),
        ("1.619,50 €", "1.619,50 €", ["1619.50"]),
        ("1'619 €", "1'619 €", ["1619"]),
        ("1,3 milliard d’euros", "1,3 milliard d’euros", ["1300000000"]),
        ("1,3 Md€", "1,3 Md€", ["1300000000"]),
        ("2 millions et demi d'euros", "2 millions et demi d'euros", ["2500000"]),
        ("54 millions €", "54 millions €", ["54000000"]),
        ("3 milliers d’euros", "3 milliers d’euros", ["3000"]),
        ("85 centimes", "85 centimes", ["0.85"]),
        ("de 1 619 à 3 238 € par an", "1 619 à 3 238 €", ["1619", "3238"]),
        ("1 619 → 3 238 €", "1 619 → 3 238 €", ["1619", "3238"]),
        ("entre 10 et 20 M€", "10 et 20 M€", ["10000000", "20000000"]),
        ("10-12 M€", "10-12 M€", ["10000000", "12000000"]),
        ("entre 1950 et 2000 €", "1950 et 2000 €", ["1950", "2000"]),
        ("en 2022 et 54 M€", "54 M€", ["54000000"]),
        ("mille six cent dix-neuf euros", "mille six cent dix-neuf euros", ["1619"]),
        ("cinquante-quatre millions d’euros", "cinquante-quatre millions d’euros", ["54000000"]),
        ("−5 €", "−5 €", ["5"]),
    ],
)
def test_an_amount_is_found_with_its_value(texte: str, ecrit: str, valeurs: list[str]) -> None:
    (montant,) = find_montants(texte)
    assert texte[montant.debut : montant.fin] == ecrit
    assert [n.valeur for n in montant.nombres] == [Decimal(v) for v in valeurs]


@pytest.mark.parametrize(
    "texte",
    [
        "240 000 personnes",
        "la zone euro",
        "12 % en 2022",
        "Europe 4",
        "5 eurodéputés",
        "vingt personnes",
        "cent cinq ans",
        "",
    ],
)
def test_what_is_no_amount_is_left(texte: str) -> None:
    assert find_montants(texte) == ()


def test_several_amounts_do_not_mix() -> None:
    texte = "10 € 25 personnes, 12 k€ ; 3 € et 4 €"
    assert [texte[m.debut : m.fin] for m in find_montants(texte)] == ["10 €", "12 k€", "3 €", "4 €"]


@pytest.mark.parametrize(
    ("texte", "valeur"),
    [
        ("mille six cent dix-neuf", 1619),
        ("quatre-vingt-dix-sept", 97),
        ("quatre vingts", 80),
        ("vingt et un", 21),
        ("deux cents", 200),
        ("cent", 100),
        ("soixante et onze", 71),
        ("trois millions deux mille", 3_002_000),
        ("un milliard", 1_000_000_000),
        ("zero", 0),
        ("septante deux", 72),
        ("trois pommes", None),
    ],
)
def test_numbers_in_words(texte: str, valeur: int | None) -> None:
    assert parse_lettres(texte) == valeur


def nombre(valeur: str, pas: str) -> Nombre:
    return Nombre(Decimal(valeur), Decimal(pas))


@pytest.mark.parametrize(
    ("a", "b", "attendu"),
    [
        (nombre("1619", "1"), nombre("1619.00", "0.01"), True),
        (nombre("1619", "1"), nombre("1600", "100"), True),
        (nombre("1619", "1"), nombre("1700", "100"), False),
        (nombre("1619", "1"), nombre("2000", "1000"), False),
        (nombre("54000000", "1000000"), nombre("53800000", "100000"), True),
        (nombre("54000000", "1000000"), nombre("53400000", "100000"), False),
        (nombre("5", "1"), nombre("5", "1"), True),
    ],
)
def test_a_rounding_is_the_same_amount_when_it_says_enough(
    a: Nombre,
    b: Nombre,
    attendu: bool,  # noqa: FBT001 — expected verdict
) -> None:
    assert a.agrees_with(b) is attendu
    assert b.agrees_with(a) is attendu


def test_numbers_without_currency_are_found_with_their_kind() -> None:
    found = find_nombres("146 311 personnes, 17 %, deux cents places, 54 millions")
    assert [(e.texte, e.pourcent) for e in found] == [
        ("146 311", False),
        ("17", True),
        ("54 millions", False),
        ("deux cents", False),
    ]
