"""A structure sees its own point and what is published."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from factories.panel import BREST, RATIO, contribution, row

from maillage.indicators.panel.contribution import Contribution
from maillage.indicators.panel.edition import AUCUNE, publish
from maillage.indicators.panel.groupes import Groupe
from maillage.indicators.panel.position import find_quart, situate
from maillage.indicators.panel.quartiles import Quartiles
from maillage.kernel.valeur import Absence

AU = date(2025, 3, 1)
DOUZE = [float(10 * rank) for rank in range(1, 13)]


@pytest.mark.parametrize(
    ("valeur", "quart"), [(-5, 1), (30, 1), (30.1, 2), (65, 2), (66, 3), (100, 3), (100.5, 4)]
)
def test_quarters_are_those_of_the_published_quartiles(valeur: float, quart: int) -> None:
    assert find_quart(valeur, Quartiles(30, 65, 100, 12)) == quart


def test_own_point_beside_the_closest_published_group() -> None:
    affiche = publish(row(DOUZE), 2024, AU, [RATIO, "tresorerie"]).affiche
    own, empty = situate(affiche, contribution("s05", 50.0))
    assert (own.valeur, own.quart, own.raison) == (50.0, 2, "")
    assert own.groupe == Groupe(("ACI", "petite", "53", "espaces verts"))
    assert own.quartiles == Quartiles(30.0, 65.0, 100.0, 12)
    assert (empty.valeur, empty.quart) == (Absence.INCONNUE, None)
    assert empty.quartiles is Absence.PAS_ENCORE_PUBLIEE
    assert empty.raison == AUCUNE
    far = situate(affiche, contribution("x", 50.0, replace(BREST, region="11")))[0]
    assert far.groupe == Groupe(("ACI", "petite"))


def test_a_structure_that_is_alone_of_its_kind_sees_only_itself() -> None:
    affiche = publish(row(DOUZE), 2024, AU, [RATIO]).affiche
    (own,) = situate(affiche, contribution("ai", 50.0, replace(BREST, type="AI")))
    assert (own.valeur, own.quart, own.quartiles) == (50.0, None, Absence.SECRETE)
    assert own.groupe == Groupe(("AI",))


def test_a_structure_without_the_ratio_sees_the_group() -> None:
    affiche = publish(row(DOUZE), 2024, AU, [RATIO]).affiche
    (own,) = situate(affiche, Contribution("v", "v", 2024, BREST, {}))
    assert (own.valeur, own.quart) == (Absence.INCONNUE, None)
    assert own.quartiles == Quartiles(30.0, 65.0, 100.0, 12)


def test_a_position_depends_on_nothing_but_the_page_and_the_own_figure() -> None:
    """Two panels with the same page place a structure in the same quarter, whatever its true rank."""
    others = row(DOUZE)
    moved = row([5.0, 25.0, 30.0, 35.0, *DOUZE[4:]])  # 25 + 30 + 35 = 20 + 30 + 40
    pages = [publish(panel, 2024, AU, [RATIO]).affiche for panel in (others, moved)]
    assert pages[0] == pages[1]
    assert situate(pages[0], contribution("s02", 22.0)) == situate(
        pages[1], contribution("s02", 22.0)
    )


def test_another_year_is_refused() -> None:
    affiche = publish(row(DOUZE), 2024, AU, [RATIO]).affiche
    with pytest.raises(ValueError, match="a contribution of 2023 beside an edition of 2024"):
        situate(affiche, replace(contribution("s01", 1.0), annee=2023))
