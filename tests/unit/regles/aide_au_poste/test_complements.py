"""Modulated part, contrat passerelle, CDI inclusion, FDI."""

from __future__ import annotations

import numpy as np
import pytest

from maillage.kernel.errors import SaisieInvalide
from maillage.regles.aide_au_poste.formules import (
    aide_avec_fdi_centimes,
    aide_cdi_inclusion_centimes,
    bareme_part_modulee,
    bareme_passerelle,
    contrat_passerelle_centimes,
    est_cdi_inclusion_possible,
    est_duree_cdi_suffisante,
    est_passerelle,
    mois_cdi_annee_1,
    mois_cdi_suivants,
    part_modulee_centimes,
    points_modulation,
)


def entiers(*nombres: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.array(nombres, dtype=np.int64)


def points(poids: tuple[int, int, int], notes: tuple[int, int, int]) -> list[int]:
    liste: list[int] = points_modulation(*map(entiers, (*poids, *notes))).tolist()
    return liste


@pytest.mark.parametrize(
    ("poids", "notes", "attendu"),
    [
        ((40, 30, 30), (100, 100, 100), 10000),
        ((40, 30, 30), (0, 0, 0), 0),
        ((40, 30, 30), (50, 100, 0), 5000),
        ((100, 0, 0), (37, 100, 100), 3700),
    ],
)
def test_marks_are_weighted_by_the_departement(
    poids: tuple[int, int, int], notes: tuple[int, int, int], attendu: int
) -> None:
    assert points(poids, notes) == [attendu]


@pytest.mark.parametrize("poids", [(40, 30, 29), (40, 30, 31), (0, 0, 0)])
def test_weights_that_do_not_make_100_are_refused(poids: tuple[int, int, int]) -> None:
    with pytest.raises(SaisieInvalide, match="MLG-REG-211"):
        points(poids, (0, 0, 0))


@pytest.mark.parametrize(
    ("poids", "notes"),
    [
        ((101, -1, 0), (0, 0, 0)),
        ((-10, 60, 50), (0, 0, 0)),
        ((40, 30, 30), (101, 0, 0)),
        ((40, 30, 30), (0, -1, 0)),
    ],
)
def test_what_is_not_a_percentage_is_refused(
    poids: tuple[int, int, int], notes: tuple[int, int, int]
) -> None:
    with pytest.raises(SaisieInvalide, match="MLG-REG-212"):
        points(poids, notes)


def test_every_wrong_row_of_weights_is_named() -> None:
    poids = entiers(40, 40, 50), entiers(30, 30, 30), entiers(30, 20, 30)
    notes = entiers(0, 0, 0), entiers(0, 0, 0), entiers(0, 0, 0)

    with pytest.raises(SaisieInvalide) as erreur:
        points_modulation(*poids, *notes)
    assert erreur.value.anomalies[0].ou == "lignes 2 et 3"


def test_the_maximum_is_another_in_prison() -> None:
    tables = bareme_part_modulee(np.array(["metropole_drom", "mayotte", "milieu_penitentiaire"]))

    assert tables.tolist() == [
        "part_modulee_max_taux",
        "part_modulee_max_taux",
        "part_modulee_taux_penitentiaire",
    ]


def test_the_modulated_part_is_between_nothing_and_the_maximum() -> None:
    total, maxima = entiers(10000001, 10000001, 10000001), np.array([0.1, 0.1, 0.05])
    notes = entiers(0, 5000, 10000)

    # 5 % of 100 000,01 € is 5 000,0005 €
    assert part_modulee_centimes(total, notes, maxima).tolist() == [0, 500000, 500000]


def test_half_a_cent_of_modulated_part_is_rounded_up() -> None:
    parts = part_modulee_centimes(entiers(5, 4), entiers(10000, 10000), np.array([0.1, 0.1]))

    assert parts.tolist() == [1, 0]


@pytest.mark.parametrize("type_siae", ["EI", "ACI"])
def test_contrat_passerelle_is_open_to_ei_and_aci(type_siae: str) -> None:
    assert est_passerelle(entiers(100, 0), np.array([type_siae] * 2)).tolist() == [True, False]


@pytest.mark.parametrize("type_siae", ["AI", "ETTI", "EITI"])
def test_contrat_passerelle_is_closed_to_others(type_siae: str) -> None:
    assert est_passerelle(entiers(0), np.array([type_siae])).tolist() == [False]
    with pytest.raises(SaisieInvalide, match="MLG-REG-213"):
        est_passerelle(entiers(1), np.array([type_siae]))


def test_contrat_passerelle_has_an_amount_in_mayotte_and_none_in_prison() -> None:
    ailleurs = np.array(["metropole_drom", "mayotte", "milieu_penitentiaire"])
    presents = np.array([True, True, False])

    assert bareme_passerelle(ailleurs, presents).tolist() == ["montant", "mayotte", "montant"]
    with pytest.raises(SaisieInvalide, match="MLG-REG-214"):
        bareme_passerelle(ailleurs, np.array([True, True, True]))


def test_contrat_passerelle_in_proportion_of_posts_and_months() -> None:
    etp, mois = entiers(100, 150, 100, 50, 0), entiers(6, 6, 3, 1, 6)
    montants = np.array([2214.0, 2214.0, 2214.0, 2214.0, np.nan])

    aides = contrat_passerelle_centimes(etp, mois, etp > 0, montants)

    assert aides.tolist() == [221400, 332100, 110700, 18450, 0]


@pytest.mark.parametrize("mois", [-1, 7])
def test_contrat_passerelle_lasts_six_months_at_most(mois: int) -> None:
    with pytest.raises(SaisieInvalide, match="MLG-REG-215"):
        contrat_passerelle_centimes(
            entiers(100), entiers(mois), np.array([True]), np.array([2214.0])
        )


@pytest.mark.parametrize(
    ("age", "mois", "heures", "type_siae", "attendu"),
    [
        (57, 12, 24.0, "ACI", True),
        (56, 12, 24.0, "ACI", False),
        (57, 11, 24.0, "ACI", False),
        (57, 12, 23.5, "ACI", False),
        (57, 12, 23.5, "EI", False),
        (57, 12, 10.0, "AI", True),
        (57, 12, 10.0, "ETTI", True),
        (60, 30, 35.0, "EITI", True),
    ],
)
def test_both_sides_of_each_condition_of_the_cdi_inclusion(
    age: int, mois: int, heures: float, type_siae: str, *, attendu: bool
) -> None:
    assez = est_duree_cdi_suffisante(np.array([heures]), np.array([type_siae]), np.array([24.0]))
    possible = est_cdi_inclusion_possible(
        entiers(age), entiers(mois), assez, entiers(57), entiers(12)
    )

    assert possible.tolist() == [attendu]


@pytest.mark.parametrize(
    ("embauche", "annee_1", "suivants"),
    [
        ("2020-06-15", 0, 12),
        ("2021-01-01", 0, 12),
        ("2021-02-01", 1, 11),
        ("2021-07-10", 6, 6),
        ("2022-01-01", 12, 0),
        ("2022-10-01", 3, 0),
        ("2023-01-01", 0, 0),
    ],
)
def test_months_of_the_annexe_in_and_after_the_first_year(
    embauche: str, annee_1: int, suivants: int
) -> None:
    dates = [np.array([jour], "M8[D]") for jour in (embauche, "2022-01-01", "2022-12-31")]

    assert mois_cdi_annee_1(*dates).tolist() == [annee_1]
    assert mois_cdi_suivants(*dates).tolist() == [suivants]


def test_the_cdi_inclusion_is_paid_whole_then_at_70_percent() -> None:
    aides = aide_cdi_inclusion_centimes(
        entiers(100, 100, 100, 0),
        entiers(2128600, 2128600, 2128600, 2128600),
        entiers(12, 0, 6, 12),
        entiers(0, 12, 6, 0),
        np.ones(4),
        np.full(4, 0.7),
    )

    assert aides.tolist() == [2128600, 1490020, 1809310, 0]


def test_the_fdi_is_added_as_it_was_decided() -> None:
    assert aide_avec_fdi_centimes(entiers(100, 0), entiers(0, 55)).tolist() == [100, 55]
