"""The cube of the embedded pack: published totals, territories that are easily wrong, cards."""

from __future__ import annotations

import math
import random
from typing import TYPE_CHECKING

import numpy as np
import pytest
from factories.indicateurs_lisibles import Lisible

from maillage.data.reference.pack import Pack, embedded_pack
from maillage.indicators.carte import Famille
from maillage.indicators.catalogue import CARTES
from maillage.indicators.comparables import find_comparables
from maillage.indicators.compute import compute_cube
from maillage.indicators.gap import CLES, COMPOSITE, POIDS_PAR_DEFAUT
from maillage.indicators.gap_figures import key_agreement, weighted_gap
from maillage.indicators.motif import VILLAGES_DETRUITS, motif
from maillage.kernel.niveau import Niveau
from maillage.kernel.valeur import Absence, Valeur

if TYPE_CHECKING:
    from maillage.indicators.cube import Cube

RESTORED = ("15031", "15035", "15047", "15171", "60694", "85165", "85212")


@pytest.fixture(scope="module")
def pack() -> Pack:
    return embedded_pack()


@pytest.fixture(scope="module")
def cube(pack: Pack) -> Cube:
    return compute_cube(pack)


def total(cube: Cube, indicateur: str, niveau: Niveau, periode: str | None = None) -> float:
    releve = cube.releves[indicateur, niveau]
    return float(np.nansum(releve.colonnes[periode or releve.derniere].nombres))


@pytest.mark.parametrize(
    ("indicateur", "periode", "published"),
    [
        ("population", "2021", 67_660_996),
        ("demandeurs_emploi", "2024", 5_461_905),
        ("rsa_allocataires", "2019", 1_916_129),
        ("personnes_iae", "2022-09", 146_311),
        ("cible_iae", "2022-12", 240_000),
    ],
)
def test_france_is_the_published_total(
    cube: Cube, indicateur: str, periode: str, published: float
) -> None:
    assert cube.valeur(indicateur, Niveau.FRANCE, "FR", periode) == published


def test_targets_of_the_departements_add_up_to_the_published_sum(cube: Cube) -> None:
    assert len(cube.codes[Niveau.DEPARTEMENT]) == 101
    assert total(cube, "cible_iae", Niveau.DEPARTEMENT) == 239_989
    assert total(cube, "personnes_iae", Niveau.DEPARTEMENT, "2022-09") == 146_311


@pytest.mark.parametrize("indicateur", ["population", "demandeurs_emploi"])
@pytest.mark.parametrize("niveau", [Niveau.REGION, Niveau.DEPARTEMENT, Niveau.ZONE_EMPLOI])
def test_every_level_adds_up_to_france(cube: Cube, indicateur: str, niveau: Niveau) -> None:
    assert total(cube, indicateur, niveau) == cube.valeur(indicateur, Niveau.FRANCE, "FR")


@pytest.mark.parametrize("kind", ["aci", "ai", "ei", "etti", "tous"])
def test_paris_lyon_and_marseille_are_counted_once(cube: Cube, kind: str) -> None:
    """The register places a structure in the whole commune: its arrondissements are unknown."""
    indicateur = f"structures_{kind}"
    assert cube.valeur(indicateur, Niveau.DEPARTEMENT, "75") == cube.valeur(
        indicateur, Niveau.COMMUNE, "75056"
    )
    for code in ("75101", "69381", "13201"):
        valeur = cube.valeur(indicateur, Niveau.COMMUNE, code)
        assert valeur is Absence.INCONNUE
        assert "arrondissement" in motif(indicateur, Niveau.COMMUNE, code, valeur)


def test_population_of_arrondissements_is_in_paris_and_nowhere_else(cube: Cube) -> None:
    codes = cube.codes[Niveau.COMMUNE]
    column = cube.releves["population", Niveau.COMMUNE].colonnes["2021"].nombres
    inside = sum(column[rank] for rank, code in enumerate(codes) if code.startswith("751"))
    paris = cube.valeur("population", Niveau.DEPARTEMENT, "75")
    assert inside == paris == cube.valeur("population", Niveau.COMMUNE, "75056")
    assert np.nansum(column) > 67_660_996  # the column holds both; only communes are added


def is_arm(code: str) -> bool:
    if not code.isdigit():
        return False
    return 75101 <= int(code) <= 75120 or 69381 <= int(code) <= 69389 or 13201 <= int(code) <= 13216


def test_gaps_add_up_to_zero_under_every_key(cube: Cube) -> None:
    for niveau in (Niveau.REGION, Niveau.DEPARTEMENT):
        for cle in (*CLES, COMPOSITE):
            assert total(cube, f"ecart_{cle}", niveau) == pytest.approx(0, abs=1e-6)
            assert total(cube, f"part_besoin_{cle}", niveau) == pytest.approx(100)
            assert total(cube, f"part_offre_{cle}", niveau) == pytest.approx(100)


def test_poverty_key_has_no_figure_where_insee_publishes_none(cube: Cube) -> None:
    column = cube.releves["ecart_pauvrete", Niveau.DEPARTEMENT].colonnes["2022-09"]
    absent = {
        code
        for code, known in zip(cube.codes[Niveau.DEPARTEMENT], column.connues, strict=True)
        if not known
    }
    assert absent == {"971", "973", "976"}


def test_weights_of_the_cube_are_the_default_ones(cube: Cube) -> None:
    again = weighted_gap(cube, Niveau.DEPARTEMENT, POIDS_PAR_DEFAUT)
    kept = cube.releves["ecart_composite", Niveau.DEPARTEMENT].colonnes["2022-09"]
    np.testing.assert_allclose(again.ecart.nombres, kept.nombres, atol=1e-6)
    other = weighted_gap(cube, Niveau.DEPARTEMENT, {"rsa": 1.0})
    rsa = cube.releves["ecart_rsa", Niveau.DEPARTEMENT].colonnes["2022-09"]
    np.testing.assert_allclose(other.ecart.nombres, rsa.nombres, atol=1e-6)


def test_keys_agree_with_themselves_and_not_wholly_with_each_other(cube: Cube) -> None:
    matrix = key_agreement(cube, Niveau.DEPARTEMENT)
    assert matrix.shape == (5, 5)
    np.testing.assert_allclose(np.diag(matrix), 1)
    np.testing.assert_allclose(matrix, matrix.T)
    assert 0 < matrix.min() < 0.99


@pytest.mark.parametrize("code", sorted(VILLAGES_DETRUITS))
def test_uninhabited_villages_have_no_rate(cube: Cube, code: str) -> None:
    assert cube.valeur("population", Niveau.COMMUNE, code) == 0
    for indicateur in ("taux_chomage_rp", "part_population_qpv", "part_population_rurale"):
        valeur = cube.valeur(indicateur, Niveau.COMMUNE, code)
        assert valeur is Absence.SANS_OBJET
        assert "sans habitant" in motif(indicateur, Niveau.COMMUNE, code, valeur)


@pytest.mark.parametrize("code", RESTORED)
def test_restored_communes_await_their_figures(cube: Cube, code: str) -> None:
    for indicateur in ("population", "demandeurs_emploi", "taux_chomage_rp", "part_population_frr"):
        valeur = cube.valeur(indicateur, Niveau.COMMUNE, code)
        assert valeur is Absence.PAS_ENCORE_PUBLIEE
        assert "rétablie" in motif(indicateur, Niveau.COMMUNE, code, valeur)


def test_mayotte_says_why(cube: Cube) -> None:
    for indicateur, cause in (
        ("taux_pauvrete", "INSEE pour Mayotte"),
        ("taux_chomage_localise", "Mayotte"),
        ("taux_chomage_rp", "Mayotte"),
    ):
        valeur = cube.valeur(indicateur, Niveau.DEPARTEMENT, "976")
        assert isinstance(valeur, Absence)
        assert cause in motif(indicateur, Niveau.DEPARTEMENT, "976", valeur)


def test_every_indicator_has_its_card_its_levels_and_its_sources(cube: Cube, pack: Pack) -> None:
    assert {indicateur for indicateur, _ in cube.releves} == set(CARTES)
    for code, carte in CARTES.items():
        releves = [r for (indicateur, _), r in cube.releves.items() if indicateur == code]
        assert {releve.niveau for releve in releves} == set(carte.niveaux), code
        used = {s for releve in releves for found in releve.sources.values() for s in found}
        assert used == set(carte.sources), code
        assert used <= set(pack.sources), code


def test_every_absence_of_a_departement_has_a_reason(cube: Cube) -> None:
    for (indicateur, niveau), releve in cube.releves.items():
        if niveau is Niveau.DEPARTEMENT:
            for code in ("01", "2A", "971", "976"):
                valeur = cube.valeur(indicateur, niveau, code, releve.derniere)
                assert bool(motif(indicateur, niveau, code, valeur)) == isinstance(valeur, Absence)


def test_comparables_are_like_the_territory(cube: Cube) -> None:
    for niveau, code in ((Niveau.DEPARTEMENT, "35"), (Niveau.COMMUNE, "35238")):
        found = find_comparables(cube, niveau, code)
        distances = [distance for _, distance in found]
        assert len(found) == 10
        assert code not in dict(found)
        assert distances == sorted(distances)
    assert all(is_arm(code) for code, _ in find_comparables(cube, Niveau.COMMUNE, "75110"))
    assert find_comparables(cube, Niveau.FRANCE, "FR") == []


def same(left: Valeur, right: Valeur) -> bool:
    if isinstance(left, Absence) or isinstance(right, Absence):
        return left is right
    return math.isclose(left, right, rel_tol=1e-9)


def test_a_sample_agrees_with_the_readable_engine(cube: Cube, pack: Pack) -> None:
    lisible = Lisible(pack)
    chosen = random.Random(2022)  # noqa: S311 — a sample, not a secret
    differences = []
    for (indicateur, niveau), releve in cube.releves.items():
        gap = CARTES[indicateur].famille is Famille.ECART
        if gap or CARTES[indicateur].famille is Famille.ACCES:
            continue  # gaps are compared on small Frances; access has its own second engine
        for code in chosen.sample(cube.codes[niveau], min(4, len(cube.codes[niveau]))):
            ours = cube.valeur(indicateur, niveau, code)
            theirs = lisible.valeur(indicateur, niveau, code, releve.derniere)
            if not same(ours, theirs):
                differences.append((indicateur, niveau, code, ours, theirs))
    assert differences == []
