"""Codes of the official geography, from the commune to the country."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

from maillage.kernel.commune import (
    SANS_EPCI,
    CodeCommune,
    departement_of_commune,
    is_code,
    is_departement,
    parse_clpe,
    parse_code,
    parse_commune,
    parse_departement,
    parse_epci,
    parse_region,
    parse_zone_emploi,
)
from maillage.kernel.errors import SaisieInvalide
from maillage.kernel.niveau import Niveau

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

DEPARTEMENTS = (
    [f"{numero:02d}" for numero in range(1, 96) if numero != 20]
    + ["2A", "2B"]
    + ["971", "972", "973", "974", "976"]
)


@pytest.mark.parametrize(
    ("parse", "code"),
    [
        (parse_commune, "01001"),
        (parse_commune, "35238"),
        (parse_commune, "2A004"),
        (parse_commune, "2B033"),
        (parse_commune, "95690"),
        (parse_commune, "75101"),
        (parse_commune, "97101"),
        (parse_commune, "97617"),
        (parse_departement, "01"),
        (parse_departement, "2A"),
        (parse_departement, "976"),
        (parse_region, "01"),
        (parse_region, "53"),
        (parse_region, "94"),
        (parse_epci, "243500139"),
        (parse_zone_emploi, "0051"),
        (parse_zone_emploi, "9407"),
        (parse_clpe, "CLPE01001"),
        (parse_clpe, "CLPE2A001"),
        (parse_clpe, "CLPE69M08"),
        (parse_clpe, "CLPE69D01"),
        (parse_clpe, "CLPE97404"),
        (parse_clpe, "9411"),
        (parse_clpe, "101"),
        (parse_clpe, "601"),
    ],
)
def test_a_published_code_is_kept_as_it_is(parse: Callable[[object], str], code: str) -> None:
    assert parse(code) == code


def test_spaces_and_small_letters_are_accepted() -> None:
    assert parse_commune(" 2a 004 ") == "2A004"
    assert parse_epci("243 500 139") == "243500139"
    assert parse_clpe("clpe 01001") == "CLPE01001"


def test_the_101_departements_and_no_other() -> None:
    possibles = [f"{numero:02d}" for numero in range(100)] + [f"{n}" for n in range(100, 1000)]
    possibles += [f"{chiffre}{lettre}" for chiffre in range(10) for lettre in "ABCZ"]
    assert len(DEPARTEMENTS) == 101
    assert {code for code in possibles if is_departement(code)} == set(DEPARTEMENTS)


@pytest.mark.parametrize(
    ("niveau", "saisie", "propose"),
    [
        (Niveau.COMMUNE, "1001", "01001"),
        (Niveau.COMMUNE, "1001.0", "01001"),
        (Niveau.COMMUNE, "35238,0", "35238"),
        (Niveau.DEPARTEMENT, "1", "01"),
        (Niveau.DEPARTEMENT, "051", "51"),
        (Niveau.DEPARTEMENT, "35.0", "35"),
        (Niveau.REGION, "1", "01"),
        (Niveau.ZONE_EMPLOI, "51", "0051"),
        (Niveau.CLPE, "1001", "CLPE01001"),
        (Niveau.CLPE, "01001", "CLPE01001"),
        (Niveau.CLPE, "CLPE1001", "CLPE01001"),
        (Niveau.CLPE, "0101", "101"),
        (Niveau.EPCI, "243500139.0", "243500139"),
    ],
)
def test_a_damaged_code_is_refused_with_a_guess(niveau: Niveau, saisie: str, propose: str) -> None:
    with pytest.raises(SaisieInvalide, match=f"voulu dire {propose}\u202f\\?"):
        parse_code(niveau, saisie)


def test_lost_zeros_are_explained_only_when_zeros_were_lost() -> None:
    with pytest.raises(SaisieInvalide, match="enlève les zéros"):
        parse_commune("1001")
    with pytest.raises(SaisieInvalide) as refus:
        parse_departement("051")
    assert "enlève les zéros" not in str(refus.value)


@pytest.mark.parametrize(
    ("niveau", "saisie", "code", "conseil"),
    [
        (Niveau.COMMUNE, "35000", "MLG-ID-010", "code postal"),
        (Niveau.COMMUNE, "20000", "MLG-ID-010", "code postal"),
        (Niveau.COMMUNE, "20167", "MLG-ID-010", "code postal"),
        (Niveau.COMMUNE, "97501", "MLG-ID-010", "collectivités d’outre-mer"),
        (Niveau.COMMUNE, "98735", "MLG-ID-010", "collectivités d’outre-mer"),
        (Niveau.COMMUNE, "96001", "MLG-ID-010", "5 caractères"),
        (Niveau.COMMUNE, "RENNES", "MLG-ID-010", "5 caractères"),
        (Niveau.COMMUNE, "3,5E+4", "MLG-ID-010", "puissance de dix"),
        (Niveau.COMMUNE, "2C001", "MLG-ID-010", "5 caractères"),
        (Niveau.COMMUNE, "٣٥٢٣٨", "MLG-ID-010", "5 caractères"),
        (Niveau.DEPARTEMENT, "20", "MLG-ID-011", "2A (Corse-du-Sud)"),
        (Niveau.DEPARTEMENT, "978", "MLG-ID-011", "collectivités d’outre-mer"),
        (Niveau.DEPARTEMENT, "975", "MLG-ID-011", "collectivités d’outre-mer"),
        (Niveau.DEPARTEMENT, "96", "MLG-ID-011", "01 à 95"),
        (Niveau.DEPARTEMENT, "00", "MLG-ID-011", "01 à 95"),
        (Niveau.EPCI, SANS_EPCI, "MLG-ID-012", "n’appartiennent à aucune"),
        (Niveau.EPCI, "243500138", "MLG-ID-012", "clé de contrôle est fausse"),
        (Niveau.EPCI, "24350013", "MLG-ID-012", "9 chiffres"),
        (Niveau.ZONE_EMPLOI, "00510", "MLG-ID-013", "4 chiffres"),
        (Niveau.CLPE, "CLPE97501", "MLG-ID-014", "CLPE35001"),
        (Niveau.CLPE, "CLPE96001", "MLG-ID-014", "CLPE35001"),
        (Niveau.CLPE, "501", "MLG-ID-014", "CLPE35001"),
        (Niveau.REGION, "99", "MLG-ID-015", "2 chiffres"),
        (Niveau.REGION, "05", "MLG-ID-015", "2 chiffres"),
        (Niveau.FRANCE, "FRANCE", "MLG-ID-016", "FR pour la France entière"),
    ],
)
def test_a_wrong_code_says_what_is_expected(
    niveau: Niveau, saisie: str, code: str, conseil: str
) -> None:
    with pytest.raises(SaisieInvalide) as refus:
        parse_code(niveau, saisie)
    assert refus.value.anomalies[0].code == code
    assert saisie in refus.value.anomalies[0].quoi
    assert conseil in refus.value.anomalies[0].que_faire


@pytest.mark.parametrize("niveau", list(Niveau))
def test_a_number_or_nothing_is_refused_at_every_level(niveau: Niveau) -> None:
    with pytest.raises(SaisieInvalide, match="MLG-ID-001"):
        parse_code(niveau, 1001)
    with pytest.raises(SaisieInvalide, match="MLG-ID-002"):
        parse_code(niveau, " ")


def test_the_country_has_a_code() -> None:
    assert parse_code(Niveau.FRANCE, "fr") == "FR"


@pytest.mark.parametrize(
    ("commune", "departement"),
    [
        ("01001", "01"),
        ("2A004", "2A"),
        ("2B033", "2B"),
        ("95690", "95"),
        ("97411", "974"),
        ("97617", "976"),
    ],
)
def test_a_commune_tells_its_departement(commune: str, departement: str) -> None:
    assert departement_of_commune(CodeCommune(commune)) == departement


@pytest.mark.donnees_partagees
@pytest.mark.parametrize(
    ("table", "niveau", "nombre"),
    [
        ("regions.csv", Niveau.REGION, 18),
        ("departements.csv", Niveau.DEPARTEMENT, 101),
        ("zones_emploi.csv", Niveau.ZONE_EMPLOI, 306),
        ("clpe.csv", Niveau.CLPE, 355),
        ("clpe_2025.csv", Niveau.CLPE, 361),
    ],
)
def test_every_published_code_is_accepted(
    donnees_partagees: Path, table: str, niveau: Niveau, nombre: int
) -> None:
    codes = read_column(donnees_partagees / "geo" / table, "code")
    assert len(codes) == nombre
    assert [code for code in codes if not is_code(niveau, code)] == []


@pytest.mark.donnees_partagees
def test_every_published_epci_is_accepted_but_sans_objet(donnees_partagees: Path) -> None:
    codes = read_column(donnees_partagees / "geo" / "epci.csv", "code")
    assert len(codes) == 1254
    assert [code for code in codes if not is_code(Niveau.EPCI, code)] == [SANS_EPCI]


@pytest.mark.donnees_partagees
def test_every_published_commune_is_accepted_and_in_its_departement(
    donnees_partagees: Path,
) -> None:
    chemin = donnees_partagees / "geo" / "communes.csv"
    codes = read_column(chemin, "code_insee")
    assert len(codes) == 34_920
    assert [code for code in codes if not is_code(Niveau.COMMUNE, code)] == []
    lus = [departement_of_commune(CodeCommune(code)) for code in codes]
    assert lus == read_column(chemin, "code_departement")


def read_column(chemin: Path, colonne: str) -> list[str]:
    with chemin.open(encoding="utf-8") as fichier:
        return [ligne[colonne] for ligne in csv.DictReader(fichier)]
