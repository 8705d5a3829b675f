"""The catalogue: every card whole, found by its code, written as French is."""

from __future__ import annotations

import re

import pytest

from maillage.indicators.carte import Famille
from maillage.indicators.catalogue import CARTES, cartes, french_spaces, get_carte, order_cards
from maillage.kernel.errors import Introuvable

BREAKABLE = re.compile(r" [:;!?%»]|« ")


def test_families_follow_the_order_of_the_screen() -> None:
    families = [carte.famille for carte in cartes().values()]
    assert sorted(families, key=list(Famille).index) == families
    assert set(families) == set(Famille)


@pytest.mark.parametrize("code", CARTES)
def test_card_is_whole(code: str) -> None:
    carte = CARTES[code]
    assert carte.code == code
    assert re.fullmatch(r"[a-z0-9_]+", code)
    for text in (carte.nom, carte.definition, carte.numerateur, carte.champ, carte.methode):
        assert text.strip()
    assert carte.sources
    assert carte.niveaux
    assert carte.limites
    assert len(set(carte.niveaux)) == len(carte.niveaux)
    assert all(limite.endswith(".") for limite in carte.limites)


@pytest.mark.parametrize("code", CARTES)
def test_card_breaks_no_line_before_a_colon(code: str) -> None:
    carte = CARTES[code]
    texts = [carte.nom, carte.definition, carte.champ, carte.methode, *carte.limites]
    assert [text for text in texts if BREAKABLE.search(text)] == []
    assert [text for text in texts if "'" in text] == []


def test_spaces_that_french_never_breaks() -> None:
    assert (
        french_spaces("« a » : 5 461 905 %") == "«\u00a0a\u00a0»\u202f: 5\u202f461\u202f905\u202f%"
    )
    assert french_spaces("en 2024 sur 2021") == "en 2024 sur 2021"


def test_unknown_code_proposes_the_nearest() -> None:
    with pytest.raises(Introuvable) as caught:
        get_carte("taux_chomage")
    [anomalie] = caught.value.anomalies
    assert anomalie.code == "MLG-IND-001"
    assert "taux_chomage" in anomalie.quoi
    assert "taux_chomage_rp" in anomalie.que_faire


def test_known_code_gives_its_card() -> None:
    assert get_carte("population").nom == "Population"


def test_two_cards_never_share_a_code() -> None:
    carte = next(iter(cartes().values()))
    with pytest.raises(ValueError, match="share a code"):
        order_cards([carte, carte])
