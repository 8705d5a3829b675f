"""Names as people type them, and French punctuation that never stands alone."""

from __future__ import annotations

import pytest

from maillage.analyses.diagnosis.names import normalize, spell
from maillage.analyses.typography import typeset


@pytest.mark.parametrize(
    ("texte", "normal"),
    [
        ("L’Haÿ-les-Roses", "l hay les roses"),
        ("L'HAY LES ROSES", "l hay les roses"),
        ("St-Étienne", "saint etienne"),
        ("Ste Marie", "sainte marie"),
        ("Œuf-en-Ternois", "oeuf en ternois"),
        ("e\u0301vry", "evry"),
        ("  Le   Havre ", "le havre"),
        ("", ""),
        ("!?", ""),
        ("Stains", "stains"),
    ],
)
def test_two_ways_of_typing_one_name_meet(texte: str, normal: str) -> None:
    assert normalize(texte) == normal


def test_spelling_keeps_the_accents() -> None:
    assert spell("LOIRÉ") == "loiré"
    assert spell("Loire") != spell("Loiré")


def test_spaces_before_signs_never_break() -> None:
    assert typeset("Un : « deux » ; 3 % ?") == "Un\u202f: «\u00a0deux\u00a0»\u202f; 3\u202f%\u202f?"
    assert typeset("12:30, a;b") == "12:30, a;b"
