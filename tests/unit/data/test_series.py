"""How published rows become series: states of blanks, absent territories, twin overseas régions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from maillage.data.reference import series
from maillage.data.reference.recipes import RECETTES, Recette
from maillage.data.sources import besoin
from maillage.kernel.valeur import Absence

if TYPE_CHECKING:
    from maillage.data.reference.recipes import Ligne

INCONNUE = Absence.INCONNUE


def recette(fichier: str) -> Recette:
    return next(r for r in RECETTES if r.fichier.code == fichier)


def test_no_two_files_feed_the_same_series_at_the_same_level() -> None:
    fed = [(r.niveau, serie) for r in RECETTES for serie in r.series.values()]
    assert len(fed) == len(set(fed))


@pytest.mark.parametrize(
    ("serie", "annee", "absence"),
    [
        ("abc_femmes", "2016", Absence.INCONNUE),
        ("abc_femmes", "2017", Absence.SECRETE),
        ("cat_d", "2016", Absence.SECRETE),
    ],
)
def test_blank_of_job_seekers_is_secret_but_for_the_lost_details(
    serie: str, annee: str, absence: Absence
) -> None:
    row: Ligne = {"annee": annee}
    assert recette("demandeurs_emploi_epci_2016_2019").figure(serie, row, None) is absence


@pytest.mark.parametrize(
    ("code", "absence"),
    [("35", Absence.SANS_OBJET), ("976", Absence.SANS_OBJET), ("974", Absence.INCONNUE)],
)
def test_overseas_solidarity_income_does_not_apply_elsewhere(code: str, absence: Absence) -> None:
    row: Ligne = {"code": code, "annee": "2015"}
    assert recette("minima_sociaux_dep_1995_2019").figure("rso_allocataires", row, None) is absence


@pytest.mark.parametrize(
    ("code", "annee", "figure"),
    [
        ("974", "2010", Absence.SANS_OBJET),
        ("974", "2011", 0.0),
        ("976", "2011", Absence.SANS_OBJET),
        ("976", "2012", 0.0),
        ("35", "2010", 0.0),
    ],
)
def test_rsa_zero_before_it_applied_overseas(
    code: str, annee: str, figure: float | Absence
) -> None:
    row: Ligne = {"code": code, "annee": annee}
    assert recette("minima_sociaux_dep_1995_2019").figure("rsa_allocataires", row, 0.0) == figure


def test_mainland_unemployment_is_its_own_series_of_the_country() -> None:
    row: Ligne = {"niveau": "france", "code": "FM", "annee": "2024", "trimestre": "4"}
    own = recette(besoin.CHOMAGE.code)
    assert own.code_territoire(row) == "FR"
    assert own.name("taux_chomage", row) == "taux_chomage_localise_metropole"
    assert own.periode(row) == "2024-T4"


def test_absent_territory_is_unknown_from_its_first_period() -> None:
    points: series.Points = {
        ("departement", "s", "01", "2009"): 1.0,
        ("departement", "s", "01", "2010"): 2.0,
        ("departement", "s", "02", "2010"): 3.0,
    }
    series._complete(points, {"departement": {"01", "02", "976"}})
    assert ("departement", "s", "02", "2009") not in points
    assert points["departement", "s", "976", "2009"] is INCONNUE
    assert points["departement", "s", "976", "2010"] is INCONNUE


def test_period_where_nobody_has_a_figure_is_dropped() -> None:
    points: series.Points = {
        ("departement", "rsa", "01", "2008"): INCONNUE,
        ("departement", "rsa", "01", "2009"): 5.0,
        ("departement", "rsa", "02", "2009"): INCONNUE,
    }
    series._drop_empty_periods(points, recette("minima_sociaux_dep_1995_2019"))
    assert {key[3] for key in points} == {"2009"}
    assert len(points) == 2


def test_lost_details_of_2016_are_kept_as_unknown() -> None:
    points: series.Points = {("epci", "abc_femmes", "200000172", "2016-12"): INCONNUE}
    series._drop_empty_periods(points, recette("demandeurs_emploi_epci_2016_2019"))
    assert len(points) == 1


def test_twin_receives_a_figure_only_at_a_level_that_is_published() -> None:
    twins = {("departement", "974"): ("region", "04"), ("region", "04"): ("departement", "974")}
    both: series.Points = {
        ("departement", "s", "974", "2021"): 1.0,
        ("region", "s", "11", "2021"): 2.0,
    }
    series._share_with_twin(both, twins)
    assert both["region", "s", "04", "2021"] == 1.0
    alone: series.Points = {("departement", "s", "974", "2021"): 1.0}
    series._share_with_twin(alone, twins)
    assert len(alone) == 1
