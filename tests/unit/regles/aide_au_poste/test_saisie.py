"""Every wrong cell is reported at once, with its line and its column."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np
import pytest

from maillage.regles.aide_au_poste.saisie import read_annexes, valider_annexes

if TYPE_CHECKING:
    from maillage.regles.aide_au_poste.saisie import Colonnes


def annexe(**cellules: object) -> Colonnes:
    """One good annexe, with some of its cells replaced."""
    bonne: dict[str, object] = {
        "type_siae": "ACI",
        "territoire": "metropole_drom",
        "date_debut_effet": "01/01/2022",
        "date_fin_effet": "31/12/2022",
        "etp": "12.50",
        "montant_unitaire": "21286.00",
    }
    return {nom: [valeur] for nom, valeur in (bonne | cellules).items()}


def codes(colonnes: Colonnes) -> list[str]:
    return [anomalie.code for anomalie in valider_annexes(colonnes)]


def test_a_good_annexe_is_read_exactly() -> None:
    lues = read_annexes(annexe())

    assert lues.anomalies == ()
    assert {nom: colonne.tolist() for nom, colonne in lues.colonnes.items()} == {
        "type_siae": ["ACI"],
        "territoire": ["metropole_drom"],
        "etp_centiemes": [1250],
        "date_debut_effet": [date(2022, 1, 1)],
        "date_fin_effet": [date(2022, 12, 31)],
        "montant_unitaire_centimes": [2128600],
    }


@pytest.mark.parametrize(
    ("colonne", "cellule", "code"),
    [
        ("etp", "", "MLG-REG-202"),
        ("etp", "  ", "MLG-REG-202"),
        ("etp", None, "MLG-REG-202"),
        ("etp", float("nan"), "MLG-REG-202"),
        ("etp", "douze", "MLG-REG-203"),
        ("etp", "1e3", "MLG-REG-203"),
        ("etp", "12,", "MLG-REG-203"),
        ("montant_unitaire", "vingt mille", "MLG-REG-203"),
        ("date_debut_effet", "2022", "MLG-REG-204"),
        ("date_debut_effet", "31/02/2022", "MLG-REG-204"),
        ("date_fin_effet", "2022-13-01", "MLG-REG-204"),
        ("type_siae", "GEIQ", "MLG-REG-205"),
        ("type_siae", "ACIPA_DC", "MLG-REG-205"),
        ("territoire", "lune", "MLG-REG-206"),
        ("etp", "-1", "MLG-REG-207"),
        ("etp", "−0,5", "MLG-REG-207"),
        ("montant_unitaire", -0.01, "MLG-REG-207"),
        ("etp", "12.345", "MLG-REG-208"),
        ("etp", 0.1 + 0.2, "MLG-REG-208"),
        ("date_fin_effet", "31/12/2031", "MLG-REG-209"),
        ("date_debut_effet", "31/12/2013", "MLG-REG-209"),
        ("date_fin_effet", "01/01/2028", "MLG-REG-209"),
        ("date_fin_effet", "31/12/2021", "MLG-REG-216"),
        ("date_fin_effet", "01/01/2023", "MLG-REG-217"),
        ("etp", "100000,01", "MLG-REG-218"),
        ("montant_unitaire", "1000000.01", "MLG-REG-218"),
        ("type_siae", "FDI_DC", "MLG-REG-219"),
    ],
)
def test_each_wrong_cell_has_its_code(colonne: str, cellule: object, code: str) -> None:
    anomalies = valider_annexes(annexe(**{colonne: cellule}))

    assert [anomalie.code for anomalie in anomalies] == [code]
    assert colonne in anomalies[0].ou
    assert anomalies[0].ou.startswith("ligne 1, colonne")


@pytest.mark.parametrize(
    ("colonne", "cellule"),
    [
        ("etp", "0"),
        ("etp", "12,5"),
        ("etp", "1\u202f234,50"),
        ("etp", 12.5),
        ("etp", 12),
        ("etp", Decimal("12.50")),
        ("etp", 1e-2),
        ("etp", "12.500"),
        ("etp", "100000"),
        ("type_siae", "aci_dc"),
        ("territoire", "Mayotte"),
        ("date_debut_effet", "2022-01-01"),
        ("date_debut_effet", date(2022, 1, 1)),
        ("date_debut_effet", np.datetime64("2022-01-01")),
        ("date_debut_effet", "31/12/2022"),
    ],
)
def test_what_is_right_is_not_reported(colonne: str, cellule: object) -> None:
    assert codes(annexe(**{colonne: cellule})) == []


@pytest.mark.parametrize("type_siae", ["AI", "ETTI", "EITI"])
def test_prison_has_amounts_for_ei_and_aci_only(type_siae: str) -> None:
    prison = {"territoire": "milieu_penitentiaire"}

    assert codes(annexe(type_siae=type_siae, **prison)) == ["MLG-REG-226"]
    assert codes(annexe(type_siae="EI", **prison)) == []
    assert codes(annexe(type_siae="GEIQ", **prison)) == ["MLG-REG-205"]


def test_both_sides_of_the_years_that_are_modelled() -> None:
    assert codes(annexe(date_debut_effet="01/01/2014", date_fin_effet="31/12/2014")) == []
    assert codes(annexe(date_debut_effet="01/01/2027", date_fin_effet="31/12/2027")) == []


def test_all_problems_are_told_at_once_in_the_order_of_the_rows() -> None:
    anomalies = valider_annexes(
        {
            "type_siae": np.array(["ACI", "GEIQ", "AI", "EI"]),
            "date_debut_effet": ["01/01/2022", "01/01/2022", "31/12/2022", "01/01/2031"],
            "date_fin_effet": ["31/12/2022", "31/12/2022", "01/01/2022", "31/12/2031"],
            "etp": ["-3", "x", "1", "2"],
        },
        premiere_ligne=3,
        noms={"etp": "af_etp_postes_insertion", "date_fin_effet": "af_date_fin_effet"},
    )

    assert [(anomalie.code, anomalie.ou) for anomalie in anomalies] == [
        ("MLG-REG-207", "ligne 3, colonne af_etp_postes_insertion"),
        ("MLG-REG-205", "ligne 4, colonne type_siae"),
        ("MLG-REG-203", "ligne 4, colonne af_etp_postes_insertion"),
        ("MLG-REG-216", "ligne 5, colonnes date_debut_effet et af_date_fin_effet"),
        ("MLG-REG-209", "ligne 6, colonne date_debut_effet"),
        ("MLG-REG-209", "ligne 6, colonne af_date_fin_effet"),
    ]
    assert all(anomalie.que_faire for anomalie in anomalies)


def test_nothing_is_read_from_a_table_with_a_problem() -> None:
    assert read_annexes(annexe(etp="x")).colonnes == {}


def test_missing_columns_are_named_with_those_that_are_there() -> None:
    (anomalie,) = valider_annexes({"type_siae": ["ACI"], "etp": ["1"]}, noms={"etp": "af_etp"})

    assert anomalie.code == "MLG-REG-200"
    assert "date_debut_effet et date_fin_effet" in anomalie.quoi
    assert "etp et type_siae" in anomalie.que_faire


def test_a_table_without_columns_says_so() -> None:
    (anomalie,) = valider_annexes({})

    assert "aucune" in anomalie.que_faire


def test_columns_of_different_lengths_are_refused() -> None:
    (anomalie,) = valider_annexes({**annexe(), "etp": ["1", "2"]})

    assert anomalie.code == "MLG-REG-201"
    assert "etp 2" in anomalie.quoi


def test_without_territoire_the_measure_tells_prison() -> None:
    colonnes = dict(annexe(type_siae="ACI_MP"))
    del colonnes["territoire"], colonnes["montant_unitaire"]

    lues = read_annexes(colonnes)

    assert lues.colonnes["territoire"].tolist() == ["milieu_penitentiaire"]
    assert lues.colonnes["type_siae"].tolist() == ["ACI"]
    assert "montant_unitaire_centimes" not in lues.colonnes
    sans_mesure = read_annexes({**colonnes, "type_siae": ["ACI"]})
    assert sans_mesure.colonnes["territoire"].tolist() == ["metropole_drom"]


@pytest.mark.parametrize("unite", ["D", "ns", "s"])
def test_dates_may_be_numpy_dates(unite: str) -> None:
    debut = np.array(["2022-01-01"], dtype=f"datetime64[{unite}]")
    colonnes = {**annexe(), "date_debut_effet": debut}

    assert read_annexes(colonnes).colonnes["date_debut_effet"].tolist() == [date(2022, 1, 1)]
    assert codes({**colonnes, "date_debut_effet": np.array(["NaT"], "M8[D]")}) == ["MLG-REG-202"]


def test_an_empty_table_is_right() -> None:
    lues = read_annexes({nom: [] for nom in annexe()})

    assert lues.anomalies == ()
    assert lues.colonnes["etp_centiemes"].tolist() == []
