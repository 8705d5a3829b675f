"""Components of the sums, when the pack lacks what they are made from."""

from __future__ import annotations

from maillage.indicators.composants import _evolution
from maillage.indicators.published import Published
from maillage.kernel.niveau import Niveau


def test_no_population_gives_no_evolution() -> None:
    assert _evolution(Published({Niveau.COMMUNE: ("35238",)}, {})) == {}
