"""What is personal is seen under any header, and what only looks like it is let through."""

from __future__ import annotations

import pytest

from maillage.web.network.personnel import find_personal_content, find_personal_header

# numbers made for the occasion: right check digits, nobody's
IBAN = "FR76 3000 6000 0112 3456 7890 189"


def with_key(treize: str) -> str:
    """The NIR of thirteen characters with its key."""
    chiffres = int(treize.replace("2A", "19").replace("2B", "18"))
    return f"{treize}{97 - chiffres % 97:02d}"


@pytest.mark.parametrize(
    "texte",
    [
        with_key("1800199999999"),
        f"Mme X {with_key('2800199999999')} à jour",
        with_key("280012A999999"),
        " ".join(["1", "80", "01", "99", "999", "999", with_key("1800199999999")[-2:]]),
    ],
)
def test_a_social_security_number_is_seen(texte: str) -> None:
    assert find_personal_content(texte) == "un numéro de sécurité sociale"


@pytest.mark.parametrize("texte", [IBAN, IBAN.replace(" ", ""), f"RIB : {IBAN} merci"])
def test_a_bank_account_is_seen(texte: str) -> None:
    assert find_personal_content(texte) == "des coordonnées bancaires"


@pytest.mark.parametrize("texte", ["née le 12/03/1980", "12-3-1980", "1980-03-12", "1.1.2001"])
def test_a_date_is_seen_where_none_is_expected(texte: str) -> None:
    assert find_personal_content(texte) == "une date, comme une date de naissance"
    assert find_personal_content(texte, has_dates=True) is None


@pytest.mark.parametrize(
    "texte",
    [
        "73282932000074",
        "02 99 00 00 00",
        "Place du 8 mai 1945",
        "180019999999900",  # wrong key
        "FR76 3000 6000 0112 3456 7890 188",  # wrong key
        "Chantiers 2024",
        "",
    ],
)
def test_what_only_looks_like_it_is_let_through(texte: str) -> None:
    assert find_personal_content(texte) is None


@pytest.mark.parametrize(
    "entete", ["Date de naissance", "N° de sécurité sociale", "NIR", "iban", "Nationalité", "Né le"]
)
def test_a_personal_header_is_seen(entete: str) -> None:
    assert find_personal_header(entete) is not None


@pytest.mark.parametrize("entete", ["nom", "siren", "conventions", "page", "image", "telephone"])
def test_another_header_is_not(entete: str) -> None:
    assert find_personal_header(entete) is None
