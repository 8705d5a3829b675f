"""Whole cents: exact sums, and the ASP's rounding."""

from __future__ import annotations

import csv
import gzip
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from maillage.kernel.errors import SaisieInvalide
from maillage.kernel.money import Centimes, format_euros, sum_centimes

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("montant", "centimes"),
    [
        ("1619", 161_900),
        ("1619.5", 161_950),
        ("1619,50", 161_950),
        ("1 619,50 €", 161_950),
        ("1\u202f619,50\u202f€", 161_950),
        ("12 345 678,90", 1_234_567_890),
        ("0,01", 1),
        ("-0,01", -1),
        ("− 12,30", -1_230),
        ("+3", 300),
        ("1.500", 150),
        (Decimal("1619.50"), 161_950),
        (Decimal("1E+3"), 100_000),
        (7, 700),
        (Decimal("1234567.89"), 123_456_789),
    ],
)
def test_euros_become_cents_exactly(montant: Decimal | int | str, centimes: int) -> None:
    assert Centimes.from_euros(montant) == Centimes(centimes)


@pytest.mark.parametrize("montant", [1619.5, 0.0, True, None])
def test_a_float_is_refused(montant: object) -> None:
    with pytest.raises(TypeError, match="whole number expected"):
        Centimes.from_euros(montant)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "montant", ["", "€", "douze", "1 61", "1 6190", "1.619,50", "1,2,3", "1e3", "٣", "--1", ",5"]
)
def test_what_is_not_an_amount_is_refused(montant: str) -> None:
    with pytest.raises(SaisieInvalide, match="MLG-EUR-001"):
        Centimes.from_euros(montant)


@pytest.mark.parametrize("montant", [Decimal("NaN"), Decimal("Infinity")])
def test_an_infinite_amount_is_refused(montant: Decimal) -> None:
    with pytest.raises(SaisieInvalide, match="MLG-EUR-001"):
        Centimes.from_euros(montant)


@pytest.mark.parametrize("montant", ["0.001", "1,619", Decimal("0.005")])
def test_fractions_of_a_cent_are_never_rounded_silently(montant: Decimal | str) -> None:
    with pytest.raises(SaisieInvalide, match="MLG-EUR-002"):
        Centimes.from_euros(montant)


def test_arithmetic() -> None:
    dix, trois = Centimes(10), Centimes(3)
    assert dix + trois == Centimes(13)
    assert dix - trois == Centimes(7)
    assert -dix == Centimes(-10)
    assert dix * 3 == 3 * dix == Centimes(30)
    assert sum_centimes([dix, trois, -dix]) == trois
    assert sum_centimes([]) == Centimes(0)
    assert sorted([dix, trois]) == [trois, dix]
    assert {dix, Centimes(10)} == {dix}


@pytest.mark.parametrize("facteur", [1.5, True, "2"])
def test_a_product_takes_whole_numbers_only(facteur: object) -> None:
    with pytest.raises(TypeError, match="whole number expected"):
        Centimes(10) * facteur  # type: ignore[operator]
    with pytest.raises(TypeError, match="whole number expected"):
        Centimes(facteur)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("centimes", "diviseur", "attendu"),
    [
        (10, 4, 3),  # 2.5
        (30, 4, 8),  # 7.5: banker's rounding would give 8 too
        (50, 4, 13),  # 12.5: banker's rounding would give 12
        (-10, 4, -3),
        (10, -4, -3),
        (249, 100, 2),
        (250, 100, 3),
        (251, 100, 3),
        (0, 7, 0),
    ],
)
def test_halves_go_away_from_zero(centimes: int, diviseur: int, attendu: int) -> None:
    assert Centimes(centimes).divide(diviseur) == Centimes(attendu)


def test_division_by_zero_and_by_a_float() -> None:
    with pytest.raises(ZeroDivisionError):
        Centimes(1).divide(0)
    with pytest.raises(TypeError, match="whole number expected"):
        Centimes(1).prorata(0.5)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="NaN"):
        Centimes(1).prorata(Decimal("NaN"))


def test_a_monthly_share_is_rounded_as_the_asp_rounds_it() -> None:
    """Monthly share = round_half_up(ETP × unit amount / 12, 2), then times the months."""
    unitaire = Centimes.from_euros("1397")
    assert unitaire.prorata(Decimal("5.5"), 12) == Centimes(64_029)  # 640.2916… €
    assert unitaire.prorata(Decimal("5.5"), 12) * 7 == Centimes(448_203)
    assert unitaire.prorata(Decimal("5.5")) == Centimes.from_euros("7683.50")


@pytest.mark.donnees_partagees
def test_the_amounts_of_real_annexes_are_found_again(donnees_partagees: Path) -> None:
    """ETP × unit over 12 months, else months × the rounded monthly share; FDI apart."""
    chemin = donnees_partagees / "fluxiae" / "fluxIAE_AnnexeFinanciere_22022022_112211.csv.gz"
    with gzip.open(chemin, "rt", encoding="utf-8", newline="") as fichier:
        next(fichier)  # DEB marker
        annexes = list(csv.DictReader(fichier, delimiter="|", quoting=csv.QUOTE_NONE))
    annexes = [a for a in annexes if not a["af_mesure_dispositif_code"].startswith("FDI")]
    assert len(annexes) == 48
    ecarts = [a["af_numero_annexe_financiere"] for a in annexes if not agrees(a)]
    assert ecarts == []


def agrees(annexe: dict[str, str]) -> bool:
    etp = Decimal(annexe["af_etp_postes_insertion"])
    unitaire = Centimes.from_euros(annexe["af_montant_unitaire_annuel_valeur"])
    (_, mois_debut, annee_debut), (_, mois_fin, annee_fin) = (
        annexe[colonne].split("/") for colonne in ("af_date_debut_effet", "af_date_fin_effet")
    )
    mois = 12 * (int(annee_fin) - int(annee_debut)) + int(mois_fin) - int(mois_debut) + 1
    attendu = unitaire.prorata(etp) if mois == 12 else unitaire.prorata(etp, 12) * mois
    return Centimes.from_euros(annexe["af_montant_total_annuel"]) == attendu


@pytest.mark.parametrize(
    ("centimes", "texte"),
    [
        (161_900, "1\u202f619\u202f€"),
        (161_950, "1\u202f619,50\u202f€"),
        (1, "0,01\u202f€"),
        (-161_905, "\u22121\u202f619,05\u202f€"),
        (0, "0\u202f€"),
    ],
)
def test_amounts_are_written_in_french(centimes: int, texte: str) -> None:
    assert format_euros(Centimes(centimes)) == str(Centimes(centimes)) == texte


def test_back_to_euros() -> None:
    assert Centimes(-1_905).to_euros() == Decimal("-19.05")
    assert str(Centimes(5).to_euros()) == "0.05"
