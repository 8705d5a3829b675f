"""Numbers of annexes financières, against the published examples."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

from maillage.kernel.annexe import NumeroAnnexe, is_numero_annexe, parse_numero_annexe
from maillage.kernel.errors import SaisieInvalide

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("numero", "parties", "departement"),
    [
        ("ACI051170013A0M1", ("ACI", "051", 2017, "0013", 0, 1), "51"),
        ("EI59V182019A1M1", ("EI", "59V", 2018, "2019", 1, 1), "59"),
        ("ETTI59L181001A1M1", ("ETTI", "59L", 2018, "1001", 1, 1), "59"),
        ("AI088160001A1M1", ("AI", "088", 2016, "0001", 1, 1), "88"),
        ("ACI972180023A0M0", ("ACI", "972", 2018, "0023", 0, 0), "972"),
        ("EI02A210007A0M0", ("EI", "02A", 2021, "0007", 0, 0), "2A"),
        ("EI02B210007A0M0", ("EI", "02B", 2021, "0007", 0, 0), "2B"),
        ("EITI001220002A9M8", ("EITI", "001", 2022, "0002", 9, 8), "01"),
    ],
)
def test_a_number_tells_its_parts(
    numero: str, parties: tuple[str, str, int, str, int, int], departement: str
) -> None:
    lu = parse_numero_annexe(numero)
    assert lu == NumeroAnnexe(*parties)
    assert lu.code_departement == departement
    assert str(lu) == numero


def test_renewals_of_one_annexe_share_their_prefix() -> None:
    assert parse_numero_annexe("ACI063170007A0M0").prefixe == "ACI063170007"
    assert parse_numero_annexe("ACI063170007A1M1").prefixe == "ACI063170007"


@pytest.mark.parametrize("asp", ["978", "975", "000", "099", "100", "020", "977"])
def test_outside_the_101_departements_the_departement_is_unknown(asp: str) -> None:
    assert parse_numero_annexe(f"ACI{asp}170013A0M1").code_departement is None


def test_spaces_and_small_letters_are_accepted() -> None:
    assert str(parse_numero_annexe(" aci 051 17 0013 A0 M1 ")) == "ACI051170013A0M1"


@pytest.mark.parametrize(
    "numero",
    [
        "EI08018002A1M1",
        "AI08816001A1M1",
        "EI080180002",
        "XYZ080180002A1M1",
        "ACI051170013A0M1\n0",
        "ACI051170013A10M1",
        "ACI0511700013A0M1",
        "ACI05é170013A0M1",
        "ACI٠٥١170013A0M1",
        "ACIA51170013A0M1",
    ],
)
def test_another_form_is_refused(numero: str) -> None:
    with pytest.raises(SaisieInvalide, match="MLG-ID-030"):
        parse_numero_annexe(numero)
    assert not is_numero_annexe(numero)


def test_nothing_is_refused() -> None:
    with pytest.raises(SaisieInvalide, match="MLG-ID-002"):
        parse_numero_annexe("")


def test_a_trailing_line_feed_is_not_part_of_a_number() -> None:
    assert not is_numero_annexe("ACI051170013A0M1\n")


def test_programmers_cannot_build_a_wrong_number() -> None:
    with pytest.raises(ValueError, match="not the number of an annexe"):
        NumeroAnnexe("ACI", "51", 2017, "0013", 0, 1)
    with pytest.raises(ValueError, match="not the number of an annexe"):
        NumeroAnnexe("ACI", "051", 1999, "0013", 0, 1)


@pytest.mark.donnees_partagees
def test_the_published_examples(donnees_partagees: Path) -> None:
    chemin = donnees_partagees / "referentiels" / "annexes_financieres_exemples.csv"
    with chemin.open(encoding="utf-8") as fichier:
        exemples = list(csv.DictReader(fichier))
    assert len(exemples) == 20
    for exemple in exemples:
        assert is_numero_annexe(exemple["numero"]) == (exemple["valide"] == "1")
        if exemple["valide"] == "1":
            assert read_columns(exemple["numero"]) == exemple


def read_columns(numero: str) -> dict[str, str]:
    lu = parse_numero_annexe(numero)
    return {
        "numero": str(lu),
        "mesure": lu.mesure,
        "departement_brut": lu.departement_asp,
        "code_departement": str(lu.code_departement),
        "millesime": str(lu.millesime),
        "numero_ordre": lu.numero_ordre,
        "avenant_renouvellement": str(lu.avenant_renouvellement),
        "avenant_modification": str(lu.avenant_modification),
        "valide": "1",
    }
