"""The cube and a readable engine, figure by figure, on small Frances."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from factories.indicateurs_lisibles import Lisible
from factories.petite_france import packs
from hypothesis import HealthCheck, Phase, given, settings

from maillage.indicators.carte import Famille
from maillage.indicators.catalogue import CARTES
from maillage.indicators.compute import compute_cube
from maillage.kernel.niveau import Niveau
from maillage.kernel.valeur import Absence, Valeur

if TYPE_CHECKING:
    from maillage.data.reference.pack import Pack
    from maillage.indicators.cube import Cube

RANGS = ("rang_", "etendue_rangs")
CLES = ("demandeurs", "longue_duree", "rsa", "pauvrete", "composite")
# drawing a whole country is slow and large by nature
country = settings(
    max_examples=25,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # shrinking a country takes minutes
    deadline=None,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.large_base_example,
    ],
)


def same(left: Valeur, right: Valeur) -> bool:
    if isinstance(left, Absence) or isinstance(right, Absence):
        return left is right
    return math.isclose(left, right, rel_tol=1e-9, abs_tol=1e-6)


@given(packs())
@country
def test_every_figure_is_that_of_the_readable_engine(pack: Pack) -> None:
    cube, lisible = compute_cube(pack), Lisible(pack)
    differences = [
        (indicateur, niveau.value, code, periode, ours, theirs)
        for (indicateur, niveau), releve in cube.releves.items()
        if CARTES[indicateur].famille is not Famille.ACCES and not indicateur.startswith(RANGS)
        for periode in releve.periodes
        for code in cube.codes[niveau]
        if not same(
            ours := cube.valeur(indicateur, niveau, code, periode),
            theirs := lisible.valeur(indicateur, niveau, code, periode),
        )
    ]
    assert differences == []


@given(packs())
@country
def test_ranks_follow_the_relative_gap(pack: Pack) -> None:
    cube = compute_cube(pack)
    for niveau in (Niveau.REGION, Niveau.DEPARTEMENT):
        for cle in CLES:
            check_ranks(cube, niveau, cle)
        check_range(cube, niveau)


def check_ranks(cube: Cube, niveau: Niveau, cle: str) -> None:
    gaps = {code: cube.valeur(f"ecart_relatif_{cle}", niveau, code) for code in cube.codes[niveau]}
    for code, gap in gaps.items():
        rang = cube.valeur(f"rang_{cle}", niveau, code)
        if isinstance(gap, Absence):
            assert rang is gap
        else:
            lower = [v for v in gaps.values() if not isinstance(v, Absence) and v < gap - 1e-6]
            assert rang == 1 + len(lower)


def check_range(cube: Cube, niveau: Niveau) -> None:
    if cube.find_releve("rang_min", niveau) is None:  # no stock was drawn at all
        return
    for code in cube.codes[niveau]:
        rangs = [cube.valeur(f"rang_{cle}", niveau, code) for cle in CLES]
        known = [rang for rang in rangs if not isinstance(rang, Absence)]
        expected: tuple[Valeur, Valeur, Valeur] = (Absence.INCONNUE,) * 3
        if len(known) >= 2:
            expected = (min(known), max(known), max(known) - min(known))
        found = [
            cube.valeur(name, niveau, code) for name in ("rang_min", "rang_max", "etendue_rangs")
        ]
        assert found == list(expected)
