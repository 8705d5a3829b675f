"""The levels of the territory."""

from __future__ import annotations

import pytest

from maillage.kernel.niveau import Niveau


@pytest.mark.parametrize("niveau", list(Niveau))
def test_every_level_has_a_word_for_addresses_and_names_for_people(niveau: Niveau) -> None:
    assert niveau.value.isascii()
    assert niveau.libelle
    assert niveau.libelle_pluriel
    assert Niveau(niveau.value) is niveau


def test_the_words_do_not_change() -> None:
    """They stand in addresses that people keep."""
    assert [niveau.value for niveau in Niveau] == [
        "france",
        "region",
        "departement",
        "zone-emploi",
        "epci",
        "clpe",
        "commune",
    ]
    assert Niveau.ZONE_EMPLOI.libelle == "zone d’emploi"
    assert Niveau.CLPE.libelle_pluriel == "comités locaux pour l’emploi"
