"""Cells of downloads: numbers, months and days; what a message may repeat."""

from __future__ import annotations

from datetime import date

import pytest

from maillage.data.sources.releves.cellules import (
    read_day,
    read_identifier,
    read_month,
    read_number,
    show,
)
from maillage.data.sources.releves.numero import find_measure, read_annexe_number


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        ("151,67", 151_670_000),
        ("151.67", 151_670_000),
        ("1\u202f820,5", 1_820_500_000),
        ("-3", -3_000_000),
        ("8.3e-05", 83),
        *((vide, None) for vide in ("", "1,820.5", "1.820,5", "nan", "inf", "1e99", "dix", "1 h")),
        ("2000000000", None),
    ],
)
def test_numbers(texte: str, attendu: int | None) -> None:
    assert read_number(texte) == attendu


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        ("2025-06-01", date(2025, 6, 1)),
        ("2025-06-01T00:00:00Z", date(2025, 6, 1)),
        ("2025-06", date(2025, 6, 1)),
        ("01/06/2025 00:00:00", date(2025, 6, 1)),
        ("06/2025", date(2025, 6, 1)),
        ("juin 2025", date(2025, 6, 1)),
        ("1er Août, 2025", date(2025, 8, 1)),
        ("FÉVRIER 2025", date(2025, 2, 1)),
        *(
            (mauvais, None)
            for mauvais in ("31/02/2025", "2025-13", "June 2025", "1925-06", "45809")
        ),
    ],
)
def test_days(texte: str, attendu: date | None) -> None:
    assert read_day(texte, classeur=False) == attendu


def test_a_workbook_counts_its_days() -> None:
    assert read_day("45809", classeur=True) == date(2025, 6, 1)
    assert read_day("45809.75", classeur=True) == date(2025, 6, 1)
    assert read_day("10000", classeur=True) is None


def test_months_and_identifiers() -> None:
    assert read_month("2025", "6") == read_month("2025.0", "Juin") == (2025, 6)
    assert read_month("2025", "13") is read_month("25", "6") is read_month("", "") is None
    assert read_identifier("12 345") == 12345
    assert read_identifier("12,345") is read_identifier("0") is read_identifier("-1") is None


def test_numbers_of_annexes() -> None:
    assert read_annexe_number("aci 03525 0010 A0M1") == "ACI035250010A0M1"
    assert read_annexe_number("ACI59V180001") == "ACI59V180001"
    assert read_annexe_number("ETTI035250010", "0.0", "3") == "ETTI035250010A0M3"
    assert read_annexe_number("ETTI035250010", "0", "") == "ETTI035250010"
    assert read_annexe_number("FDI035250010A0M0") == read_annexe_number("FDI035250010") == ""
    assert (find_measure("FDI035250010"), find_measure("n’importe quoi")) == ("FDI", "")


def test_a_message_repeats_numbers_and_nothing_that_may_be_somebody() -> None:
    assert show("31,5 %") == "« 31,5 % »"
    assert show("ACI0352500") == "« ACI0352500 »"
    assert show("Jeanne") == "un texte de 6 caractères"
    assert show("0612345678") == "un texte de 10 caractères"
