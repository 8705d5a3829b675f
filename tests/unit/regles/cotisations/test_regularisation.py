"""The reduction of a year: both methods, years whose SMIC or coefficient moves, thresholds."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from maillage.kernel.errors import SaisieInvalide
from maillage.regles.cotisations.lecture import LectureCongesPayes
from maillage.regles.cotisations.regularisation import Methode, Paie, regulariser
from maillage.regles.engine.erreurs import PeriodeNonModelisee
from maillage.regles.engine.legislation import load_legislation

LOI = load_legislation()
HEURES = 1820 / 12


def make_paie(annee: int, *mois: float, **changes: Any) -> Paie:
    """One person paid so much each month, from January, full time."""
    remuneration = np.array([mois], dtype=np.float64)
    attributs: dict[str, Any] = {
        "jours": np.array(
            [f"{annee}-{rang:02d}-01" for rang in range(1, len(mois) + 1)], "datetime64[D]"
        ),
        "remuneration": remuneration,
        "nombre_heures": np.full(remuneration.shape, HEURES),
        "effectif": np.array([10.0]),
        "lecture": LectureCongesPayes.SANS_OBJET,
    }
    return Paie(**attributs | changes)


def months(paie: Paie, methode: Methode) -> list[float]:
    return [round(un, 2) for un in regulariser(paie, methode, LOI).appliquee[0].tolist()]


def test_the_year_is_that_of_the_formula_worked_by_hand() -> None:
    """2024: SMIC 10 × 11.65 + 2 × 11.88 by 151 h 2/3 = 21 272.77; pay 24 700.

    0.3194 / 0.6 × (1.6 × 21 272.77 / 24 700 − 1) = 0.2012; × 24 700 = 4 969.64.
    """
    reduction = regulariser(make_paie(2024, *[1900] * 11, 3800), Methode.PROGRESSIVE, LOI)
    assert round(float(reduction.annuelle[0]), 2) == 4969.64


@pytest.mark.parametrize("methode", Methode)
@pytest.mark.parametrize("annee", [2019, 2022, 2023, 2024, 2025])
def test_the_months_add_up_to_the_year(annee: int, methode: Methode) -> None:
    reduction = regulariser(make_paie(annee, *[1900] * 11, 3800), methode, LOI)
    assert reduction.appliquee.sum() == pytest.approx(reduction.annuelle.sum())


def test_a_bonus_is_taken_back_in_its_month_or_at_the_end() -> None:
    paie = make_paie(2024, *[1800] * 5, 3600, *[1800] * 6)
    progressive, fin = months(paie, Methode.PROGRESSIVE), months(paie, Methode.FIN_D_ANNEE)
    assert progressive[:5] == fin[:5]
    assert progressive[5] < 0 < fin[5] + 0.01
    assert fin[11] < fin[10]
    assert sum(progressive) == pytest.approx(sum(fin), abs=0.05)


def test_without_anything_uneven_there_is_nothing_to_put_right() -> None:
    """2021 before October and 2025 after May: no SMIC moves, no coefficient moves."""
    paie = make_paie(2021, *[1700] * 9)
    assert months(paie, Methode.PROGRESSIVE) == pytest.approx(
        months(paie, Methode.FIN_D_ANNEE), abs=0.01
    )
    assert regulariser(paie, Methode.FIN_D_ANNEE, LOI).ecart == pytest.approx(0)


def test_when_the_maximal_coefficient_changes_each_part_is_a_year_of_its_own() -> None:
    """May 2025: a bonus of June takes nothing back of what January to April were given."""
    paie = make_paie(2025, *[1900] * 5, 5000, *[1900] * 6)
    debut = regulariser(make_paie(2025, *[1900] * 4), Methode.PROGRESSIVE, LOI)
    annee = regulariser(paie, Methode.PROGRESSIVE, LOI)
    assert annee.appliquee[0, :4].tolist() == debut.appliquee[0].tolist()
    suite = Paie(
        paie.jours[4:],
        paie.remuneration[:, 4:],
        paie.nombre_heures[:, 4:],
        paie.effectif,
        paie.lecture,
    )
    fin = regulariser(suite, Methode.PROGRESSIVE, LOI)
    assert annee.annuelle[0] == pytest.approx(debut.annuelle[0] + fin.annuelle[0])


@pytest.mark.parametrize(
    ("annee", "mois", "multiple", "attendu"),
    [(2024, 12, 1.6, 0.0), (2024, 12, 1.5995, 1.0), (2026, 11, 3.0, 0.0), (2026, 11, 2.9999, 1.0)],
)
def test_both_sides_of_the_pay_at_which_it_ends(
    annee: int, mois: int, multiple: float, attendu: float
) -> None:
    """Every month at so many SMIC of its own: the year is at as many SMIC of the year."""
    smic = np.array([11.65] * 10 + [11.88] * 2 if annee == 2024 else [12.02] * 11)
    paie = make_paie(annee, *(multiple * smic * HEURES).tolist())
    assert len(paie.jours) == mois
    annuelle = regulariser(paie, Methode.PROGRESSIVE, LOI).annuelle[0]
    assert np.sign(round(float(annuelle), 6)) == attendu


@pytest.mark.parametrize(("effectif", "coefficient"), [(49.0, 0.3194), (50.0, 0.3234)])
def test_both_sides_of_the_number_of_employees(effectif: float, coefficient: float) -> None:
    paie = make_paie(2024, *[11.65 * HEURES] * 10, effectif=np.array([effectif]))
    annuelle = regulariser(paie, Methode.FIN_D_ANNEE, LOI).annuelle[0]
    assert annuelle == pytest.approx(coefficient * 11.65 * HEURES * 10)


def test_in_2026_the_smic_of_january_holds_for_the_year() -> None:
    """11 months: nothing was read after November 2026, so December is refused."""
    paie = make_paie(2026, *[12.02 * HEURES] * 11)
    reduction = regulariser(paie, Methode.PROGRESSIVE, LOI)
    assert reduction.annuelle[0] == pytest.approx(0.3981 * 12.02 * HEURES * 11)
    with pytest.raises(PeriodeNonModelisee, match="1er décembre 2026"):
        regulariser(make_paie(2026, *[2000] * 12), Methode.PROGRESSIVE, LOI)


def test_the_last_month_is_the_last_paid_one() -> None:
    """A contract that ends in March carries its difference in March."""
    paie = make_paie(
        2024, 1800, 1800, 3600, 0, 0, nombre_heures=np.array([[HEURES] * 3 + [0.0, 0.0]])
    )
    fin = months(paie, Methode.FIN_D_ANNEE)
    assert fin[3:] == [0, 0]
    assert sum(fin) == pytest.approx(
        float(regulariser(paie, Methode.PROGRESSIVE, LOI).annuelle[0]), abs=0.02
    )


def test_the_paid_leave_of_an_ai_is_read_as_asked() -> None:
    """An hour at the SMIC paid 1.1 SMIC: the corrected reading gives the whole reduction."""
    mois = [1.1 * 11.65 * HEURES] * 10
    corrige = make_paie(2024, *mois, lecture=LectureCongesPayes.SMIC_CORRIGE)
    non_corrige = make_paie(2024, *mois, lecture=LectureCongesPayes.SMIC_NON_CORRIGE)
    plus, moins = (
        float(regulariser(un, Methode.PROGRESSIVE, LOI).annuelle[0])
        for un in (corrige, non_corrige)
    )
    assert plus == pytest.approx(0.3194 * sum(mois))
    assert moins < plus


def test_nothing_paid_is_nothing_reduced() -> None:
    paie = make_paie(2024, *[0] * 12, nombre_heures=np.zeros((1, 12)))
    for methode in Methode:
        assert not regulariser(paie, methode, LOI).appliquee.any()


def test_an_unknown_or_negative_month_is_refused_by_its_row() -> None:
    for faux in (-1.0, np.nan):
        with pytest.raises(SaisieInvalide, match="MLG-COT-002") as refus:
            make_paie(2024, 1800, faux)
        assert refus.value.anomalies[0].ou == "ligne 1"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"nombre_heures": np.zeros((1, 3))}, "shape"),
        ({"jours": np.array(["2024-02-01", "2024-01-01"], "datetime64[D]")}, "in order"),
        ({"jours": np.array(["2024-12-01", "2025-01-01"], "datetime64[D]")}, "one year"),
    ],
)
def test_impossible_months_are_refused(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        make_paie(2024, 1800, 1800, **changes)


def test_methods_are_sentences() -> None:
    assert all(methode.libelle.endswith(".") for methode in Methode)
