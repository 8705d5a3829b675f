"""SIREN and SIRET: check digits, La Poste, leading zeros, and the damage that spreadsheets do."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

from maillage.kernel.errors import SaisieInvalide
from maillage.kernel.siret import Siren, Siret, is_siren, is_siret, parse_siren, parse_siret

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def anomalie(parse: Callable[[object], object], saisie: object) -> tuple[str, str]:
    with pytest.raises(SaisieInvalide) as refus:
        parse(saisie)
    return refus.value.anomalies[0].code, str(refus.value)


def test_a_siret_holds_its_siren_and_its_nic() -> None:
    siret = parse_siret("73282932000074")
    assert str(siret) == "73282932000074"
    assert siret.siren == Siren("732829320")
    assert siret.nic == "00074"


@pytest.mark.parametrize(
    "saisie",
    [
        "732 829 320 00074",
        " 73282932000074 ",
        "732\u00a0829\u00a0320\u00a000074",
        "732\u202f829 32000074",
    ],
)
def test_spaces_of_any_kind_are_accepted(saisie: str) -> None:
    assert parse_siret(saisie) == Siret("73282932000074")


def test_the_readable_form_is_read_back() -> None:
    siret = Siret("73282932000074")
    assert siret.lisible == "732\u00a0829\u00a0320\u00a000074"
    assert siret.siren.lisible == "732\u00a0829\u00a0320"
    assert parse_siret(siret.lisible) == siret


def test_leading_zeros_are_kept() -> None:
    assert str(parse_siren("005880596")) == "005880596"
    assert str(parse_siret("00588059600001")) == "00588059600001"


def test_la_poste_establishments_follow_their_own_rule() -> None:
    """Head office: Luhn. Other establishments of 356000000: sum of the digits, a multiple of 5."""
    assert parse_siret("35600000000048").siren == Siren("356000000")
    assert str(parse_siret("35600000049837")) == "35600000049837"  # sum 45, fails Luhn
    assert not is_siret("35600000049838")  # sum 46
    assert not is_siret("35600000000049")


@pytest.mark.parametrize("saisie", [73282932000074, 73282932000074.0, True])
def test_a_number_is_refused_loudly(saisie: object) -> None:
    code, message = anomalie(parse_siret, saisie)
    assert code == "MLG-ID-001"
    assert "format Texte" in message


@pytest.mark.parametrize("saisie", ["", "   ", "\u00a0", None])
def test_nothing_is_refused(saisie: object) -> None:
    assert anomalie(parse_siret, saisie)[0] == "MLG-ID-002"


@pytest.mark.parametrize(
    ("parse", "saisie", "code", "conseil"),
    [
        (parse_siret, "7328293200007", "MLG-ID-005", "13 caractères"),
        (parse_siret, "732829320000740", "MLG-ID-005", "15 caractères"),
        (parse_siret, "732.829.320.00074", "MLG-ID-005", "17 caractères"),
        (parse_siret, "7328293200007A", "MLG-ID-005", "14 caractères"),
        (parse_siret, "٧٣٢٨٢٩٣٢٠٠٠٠٧٤", "MLG-ID-005", "14 caractères"),
        (parse_siret, "7,32829E+13", "MLG-ID-005", "puissance de dix"),
        (parse_siret, "7E13", "MLG-ID-005", "puissance de dix"),
        (parse_siret, "732829320", "MLG-ID-005", "C’est un SIREN"),
        (parse_siret, "588059600001", "MLG-ID-005", "voulu dire 00588059600001\u202f?"),
        (parse_siret, "73282932000079", "MLG-ID-006", "clé de contrôle fausse"),
        (parse_siren, "73282932000074", "MLG-ID-003", "C’est un SIRET"),
        (parse_siren, "5880596", "MLG-ID-003", "voulu dire 005880596\u202f?"),
        (parse_siren, "18", "MLG-ID-003", "2 caractères"),  # Luhn holds, but that is seven zeros
        (parse_siren, "732829321", "MLG-ID-004", "clé de contrôle fausse"),
    ],
)
def test_a_wrong_number_says_what_is_wrong(
    parse: Callable[[object], object], saisie: str, code: str, conseil: str
) -> None:
    code_lu, message = anomalie(parse, saisie)
    assert code_lu == code
    assert conseil in message
    assert saisie in message


def test_predicates_ignore_spaces_but_not_dots() -> None:
    assert is_siren("732 829 320")
    assert is_siret("732 829 320 00074")
    assert not is_siren("732.829.320")
    assert not is_siret("732.829.320.00074")
    assert not is_siret("")


@pytest.mark.parametrize("numero", ["732 829 320 00074", "73282932000079", ""])
def test_programmers_cannot_build_a_wrong_siret(numero: str) -> None:
    with pytest.raises(ValueError, match="SIRET"):
        Siret(numero)


def test_siren_and_siret_are_ordered_and_hashable() -> None:
    assert Siren("005880596") < Siren("732829320")
    assert Siret("00588059600001") < Siret("73282932000074")
    assert len({Siret("73282932000074"), parse_siret("732 829 320 00074")}) == 1


@pytest.mark.donnees_partagees
def test_the_published_register_has_nine_wrong_siret(donnees_partagees: Path) -> None:
    with (donnees_partagees / "offre" / "siae_2020_12.csv").open(encoding="utf-8") as fichier:
        lignes = list(csv.DictReader(fichier))
    assert sum(not is_siret(ligne["siret"]) for ligne in lignes) == 9
    assert all(is_siret(ligne["siret"]) == (ligne["siret_luhn_ok"] == "1") for ligne in lignes)
