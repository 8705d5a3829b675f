"""Years, quarters, months and days: text, labels, bounds, neighbours."""

from __future__ import annotations

from datetime import date

import pytest

from maillage.kernel.errors import SaisieInvalide
from maillage.kernel.period import Annee, Jour, Mois, Periode, Trimestre, parse_periode


@pytest.mark.parametrize(
    ("texte", "periode", "libelle", "debut", "fin"),
    [
        ("2021", Annee(2021), "2021", date(2021, 1, 1), date(2021, 12, 31)),
        ("2024-T4", Trimestre(2024, 4), "4e trimestre 2024", date(2024, 10, 1), date(2024, 12, 31)),
        ("2024-T1", Trimestre(2024, 1), "1er trimestre 2024", date(2024, 1, 1), date(2024, 3, 31)),
        ("2024-T2", Trimestre(2024, 2), "2e trimestre 2024", date(2024, 4, 1), date(2024, 6, 30)),
        ("2022-09", Mois(2022, 9), "septembre 2022", date(2022, 9, 1), date(2022, 9, 30)),
        ("2024-02", Mois(2024, 2), "février 2024", date(2024, 2, 1), date(2024, 2, 29)),
        ("2100-02", Mois(2100, 2), "février 2100", date(2100, 2, 1), date(2100, 2, 28)),
        ("2022-12", Mois(2022, 12), "décembre 2022", date(2022, 12, 1), date(2022, 12, 31)),
        ("9999-12", Mois(9999, 12), "décembre 9999", date(9999, 12, 1), date(9999, 12, 31)),
        (
            "2022-09-30",
            Jour(date(2022, 9, 30)),
            "30 septembre 2022",
            date(2022, 9, 30),
            date(2022, 9, 30),
        ),
        (
            "2022-01-01",
            Jour(date(2022, 1, 1)),
            "1er janvier 2022",
            date(2022, 1, 1),
            date(2022, 1, 1),
        ),
        ("0001", Annee(1), "1", date(1, 1, 1), date(1, 12, 31)),
    ],
)
def test_a_period_has_a_text_a_label_and_bounds(
    texte: str, periode: Periode, libelle: str, debut: date, fin: date
) -> None:
    assert parse_periode(texte) == periode
    assert str(periode) == texte
    assert periode.libelle == libelle
    assert (periode.debut, periode.fin) == (debut, fin)


def test_spaces_around_are_accepted() -> None:
    assert parse_periode(" 2024-T4\n") == Trimestre(2024, 4)


@pytest.mark.parametrize(
    "texte",
    [
        "",
        "21",
        "2024T4",
        "2024-t4",
        "2024-4",
        "2024/09",
        "30/09/2022",
        "2024-T",
        "2022-09-3",
        "٢٠٢٤",
        "-2024",
    ],
)
def test_another_form_is_refused(texte: str) -> None:
    with pytest.raises(SaisieInvalide, match="MLG-PER-001"):
        parse_periode(texte)


@pytest.mark.parametrize(
    "texte",
    [
        "0000",
        "2024-T0",
        "2024-T5",
        "2022-00",
        "2022-13",
        "2022-02-29",
        "2022-09-31",
        "2022-09-00",
        "0000-01",
    ],
)
def test_a_period_outside_the_calendar_is_refused(texte: str) -> None:
    with pytest.raises(SaisieInvalide, match="MLG-PER-002") as refus:
        parse_periode(texte)
    assert texte in str(refus.value)


@pytest.mark.parametrize(
    ("periode", "suivant"),
    [
        (Annee(2021), Annee(2022)),
        (Trimestre(2024, 3), Trimestre(2024, 4)),
        (Trimestre(2024, 4), Trimestre(2025, 1)),
        (Mois(2022, 11), Mois(2022, 12)),
        (Mois(2022, 12), Mois(2023, 1)),
        (Jour(date(2024, 2, 28)), Jour(date(2024, 2, 29))),
        (Jour(date(2022, 12, 31)), Jour(date(2023, 1, 1))),
    ],
)
def test_neighbours(periode: Periode, suivant: Periode) -> None:
    assert periode.suivant() == suivant
    assert suivant.precedent() == periode


@pytest.mark.parametrize("fin", [Annee(9999), Trimestre(9999, 4), Mois(9999, 12), Jour(date.max)])
def test_nothing_follows_the_end_of_the_calendar(fin: Periode) -> None:
    with pytest.raises((ValueError, OverflowError)):
        fin.suivant()


@pytest.mark.parametrize("debut", [Annee(1), Trimestre(1, 1), Mois(1, 1), Jour(date.min)])
def test_nothing_precedes_its_beginning(debut: Periode) -> None:
    with pytest.raises((ValueError, OverflowError)):
        debut.precedent()


@pytest.mark.parametrize(("annee", "rang"), [(2024, 0), (2024, 5), (0, 1), (10_000, 1)])
def test_programmers_cannot_build_a_wrong_quarter(annee: int, rang: int) -> None:
    with pytest.raises(ValueError, match="is not between"):
        Trimestre(annee, rang)


@pytest.mark.parametrize(("annee", "mois"), [(2024, 0), (2024, 13), (0, 1), (10_000, 1)])
def test_programmers_cannot_build_a_wrong_month(annee: int, mois: int) -> None:
    with pytest.raises(ValueError, match="is not between"):
        Mois(annee, mois)


def test_two_kinds_are_never_equal_nor_ordered() -> None:
    assert parse_periode("2022") != parse_periode("2022-01")
    with pytest.raises(TypeError):
        sorted([Annee(2022), Mois(2021, 1)])  # type: ignore[type-var]
