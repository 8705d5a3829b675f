"""Columns of numbers written as text: read at once when plain, never read as what they are not."""

from __future__ import annotations

import pyarrow as pa
import pytest

from maillage.data.sources.textes import read_decimaux


def read(textes: list[str], decimales: int, virgule: str = ".") -> list[int | None] | None:
    lu = read_decimaux(pa.chunked_array([textes]), decimales, virgule)
    return lu and [
        None if vide else valeur
        for valeur, vide in zip(lu[0].tolist(), lu[1].tolist(), strict=True)
    ]


def test_plain_numbers_and_empty_cells() -> None:
    assert read([" 12 ", "", "-3"], 0) == [12, None, -3]
    assert read(["12.5", "", "0.05", "7"], 2) == [1250, None, 5, 700]
    assert read(["12,5", "", "7"], 2, ",") == [1250, None, 700]
    assert read(["", ""], 2) == read(["", ""], 0) == [None, None]


@pytest.mark.parametrize("texte", ["0x1F", "0X1F", "1e3", "1.0", "1,0", "un"])
def test_a_whole_number_that_is_not_plain_is_left_to_the_slow_reader(texte: str) -> None:
    assert read(["4", texte], 0) is None


@pytest.mark.parametrize(
    ("texte", "virgule"), [("1e3", "."), ("1E3", ","), ("1,5", "."), ("1.5", ","), ("1.234", ".")]
)
def test_an_amount_that_is_not_plain_is_left_to_the_slow_reader(texte: str, virgule: str) -> None:
    assert read(["4", texte], 2, virgule) is None
