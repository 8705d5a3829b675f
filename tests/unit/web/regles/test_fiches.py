"""The pages of the mechanisms: their words are held to the figures of the law."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from maillage.regles.cotisations.lecture import LectureCongesPayes
from maillage.regles.engine.formules import load_regles
from maillage.regles.engine.legislation import load_legislation
from maillage.regles.engine.unites import UNITES
from maillage.web.regles.affichage import euros, heures, mesure, nombre_exact, taux
from maillage.web.regles.cas import list_verifies
from maillage.web.regles.etapes import list_etapes
from maillage.web.regles.fiches.catalogue import FICHES
from maillage.web.regles.fiches.cofinancement import list_parts
from maillage.web.regles.fiches.cotisations import compute_coefficients
from maillage.web.regles.fiches.taxe_salaires import list_couverts
from maillage.web.regles.fiches.versement import trace as trace_versement
from maillage.web.regles.mecanismes import MECANISMES
from maillage.web.regles.series import draw
from maillage.web.territoires.charts.theme import Theme

if TYPE_CHECKING:
    from maillage.web.regles.fiches.modele import Fiche

LOI = load_legislation()


def test_every_mechanism_has_its_page() -> None:
    pages = {fiche.code: fiche.url for fiche in FICHES.values()}
    pages["aide_au_poste"] = "/regles/aide-au-poste/"
    assert {m.code: m.page for m in MECANISMES} == pages


@pytest.mark.parametrize("fiche", FICHES.values(), ids=lambda fiche: fiche.slug)
def test_a_page_has_its_finding_its_steps_and_its_cases(fiche: Fiche) -> None:
    assert 'class="chiffre"' in fiche.constat(LOI)
    assert fiche.tables(LOI)
    assert list_verifies(fiche.code)
    versions: list[Any] = [e["versions"] for e in list_etapes(fiche.code)]
    attendues = [
        toutes
        for toutes in load_regles().versions.values()
        if toutes[0].formule.__module__ == f"maillage.regles.{fiche.code}.formules"
    ]
    assert [len(v) for v in versions] == [len(toutes) for toutes in attendues]
    assert versions


def test_the_curve_of_the_contributions_says_what_the_rules_give() -> None:
    """Its title is written once: reductions to three SMIC in 2026, to 1.6 in 2025."""
    sans = LectureCongesPayes.SANS_OBJET
    avant = compute_coefficients(LOI, date(2025, 12, 31), (1.59, 1.6), sans)
    apres = compute_coefficients(LOI, date(2026, 1, 1), (2.99, 3.0), sans)
    assert avant[0] > 0
    assert avant[1] == 0
    assert apres[0] > 0
    assert apres[1] == 0


def test_a_corrected_smic_gives_an_ai_the_coefficients_of_the_others() -> None:
    """The curve draws one line for both."""
    places = (1.0, 1.3, 2.0, 2.9)
    jour = date(2026, 1, 1)
    sans = compute_coefficients(LOI, jour, places, LectureCongesPayes.SANS_OBJET)
    corrige = compute_coefficients(LOI, jour, places, LectureCongesPayes.SMIC_CORRIGE)
    assert sans.tolist() == corrige.tolist()


def test_advances_run_ahead_until_each_regularisation_takes_them_back() -> None:
    """The title of the curve is written once: it falls at months 5, 8, 11 and ends at zero."""
    points = dict(trace_versement(LOI).series[0].points)
    assert points[13] == 0
    for mois in (5, 8, 11):
        assert points[mois] < points[mois - 1] - 1000
    assert all(valeur >= 0 for valeur in points.values())


def test_the_share_of_the_departement_is_the_rate_times_the_rsa() -> None:
    jour, part, rapport = list_parts(LOI)[-1]
    rsa = LOI.resolve("cofinancement.rsa_montant_forfaitaire_personne_seule", jour).valeur
    assert part == pytest.approx(0.88 * float(str(rsa)))
    assert 0.25 < rapport < 0.4


def test_the_allowance_is_compared_with_the_tax_of_one_person_at_the_smic() -> None:
    for _, montant, taxe in list_couverts(LOI):
        assert taxe is not None
        assert 5 < montant / taxe < 30


@pytest.mark.parametrize("theme", Theme)
@pytest.mark.parametrize("etroit", [True, False])
def test_a_curve_is_drawn_with_its_points_and_no_other(theme: Theme, *, etroit: bool) -> None:
    for fiche in FICHES.values():
        if fiche.courbe is not None:
            trace = fiche.courbe.trace(LOI)
            spec = draw(trace, theme, etroit=etroit).to_dict()
            lignes = [
                v for couche in _layers(spec) for v in couche.get("data", {}).get("values", [])
            ]
            attendus = sum(len(serie.points) for serie in trace.series)
            noms = 0 if trace.legende else len(trace.series)
            assert len(lignes) == attendus + noms
            assert len(spec["layer"]) == (1 if trace.legende else 2)


def _layers(spec: dict[str, Any]) -> list[dict[str, Any]]:
    """A chart of one layer holds its data itself."""
    return [spec, *spec["layer"]]


@pytest.mark.parametrize(
    ("ecrit", "attendu"),
    [
        (euros(1801.8), "1\u202f801,80\u202f€"),
        (euros(1.005), "1,01\u202f€"),
        (heures(1), "1\u00a0heure"),
        (heures(7.5), "7,50\u00a0heures"),
        (heures(0.5), "0,50\u00a0heure"),
        (nombre_exact(11.0), "11"),
        (taux(0.3981), "39,81\u202f%"),
        (taux(0.5, 0), "50\u202f%"),
        (mesure(True, None), "oui"),  # noqa: FBT003 — a value of a case
        (mesure(None, None), "sans objet"),
        (mesure("mot", None), "mot"),
        (mesure(date(2022, 1, 1), None), "1er janvier 2022"),
        (mesure((1, 2.5), None), "1, 2,5"),
        (mesure(0.25, UNITES["taux"]), "25\u202f%"),
        (mesure(3, UNITES["h"]), "3\u00a0heures"),
        (mesure(Decimal("1801.8"), None, en_euros=True), "1\u202f801,80\u202f€"),
        (mesure(573.4015, None, en_euros=True), "573,4015\u202f€"),
        (mesure(Decimal(1441), None, en_euros=True), "1\u202f441\u202f€"),
    ],
)
def test_figures_are_written_for_the_reader(ecrit: str, attendu: str) -> None:
    assert ecrit == attendu
