"""No reader of the panel finds the figure of a structure that is not his, whatever the panel.

The reader of `factories.attaquant_panel` knows nothing of atoms: he supposes orders and solves. The same
reader does find figures when the rule is not followed: two tests show it.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from factories.attaquant_panel import (
    BORNES,
    Case,
    Lecteur,
    every_order,
    find_breaches,
    interpolated,
    neighbours,
    read_editions,
    rounding,
)
from factories.panel import RATIO, contribution, panels, row
from hypothesis import HealthCheck, Phase, given, settings

from maillage.indicators.panel import edition as editing
from maillage.indicators.panel.contribution import Contribution, Profil
from maillage.indicators.panel.edition import Edition, publish

DEUX = tuple[tuple[Contribution, ...], tuple[Contribution, ...]]
drawn = settings(
    max_examples=30,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def publish_twice(pair: DEUX) -> list[Edition]:
    first = publish(pair[0], 2024, date(2025, 3, 1), [RATIO])
    return [first, publish(pair[1], 2024, date(2025, 6, 1), [RATIO], [first])]


@given(panels())
@drawn
def test_no_reader_of_two_editions_finds_a_figure(pair: DEUX) -> None:
    assert find_breaches(*read_editions(publish_twice(pair))) == []


@pytest.mark.parametrize("seed", range(6))
def test_nor_when_groups_are_nested_and_many_came(seed: int) -> None:
    """Panels large enough for nested groups and a second edition to be published: it is checked."""
    draw = np.random.default_rng(seed)
    ones = [
        contribution(
            f"s{rank:02d}",
            float(np.round(draw.uniform(0, 100), 1)),
            Profil("ACI", "petite", draw.choice(["53", "52"]), "x"),
        )
        for rank in range(64)
    ]
    editions = publish_twice((tuple(ones[:34]), tuple(ones)))
    days = {found.au for found in editions[1].affiche.parutions.values()}
    assert date(2025, 6, 1) in days
    assert len({groupe for _, groupe in editions[1].affiche.parutions}) >= 4
    assert find_breaches(*read_editions(editions), targets=6) == []


@given(panels())
@drawn
def test_every_structure_could_have_the_figure_of_eleven_others(pair: DEUX) -> None:
    """Exchanged with eleven others at least, one at a time, it leaves every page as it was."""
    editions = publish_twice(pair)
    cases, truth = read_editions(editions)
    if not cases:
        return
    last = {nom: rank for nom, rank in sorted(truth)}  # noqa: C416 — the last revision of each
    worlds = [{nom: truth[nom, state] for nom, state in case.membres} for case in cases]
    for nom in sorted(last)[:8]:
        same = 0
        for other, revisions in last.items():
            if other != nom and revisions == last[nom]:
                swap = {nom: other, other: nom}
                same += all(
                    sorted(world.values())
                    == sorted(truth[swap.get(n, n), s] for n, s in case.membres)
                    for case, world in zip(cases, worlds, strict=True)
                )
        assert same >= 11


@given(panels(sizes=(12, 30)))
@drawn
def test_a_published_quartile_is_the_mean_of_three_figures_or_more(pair: DEUX) -> None:
    for edition in publish_twice(pair):
        for place, parution in edition.affiche.parutions.items():
            figures = sorted(apport.valeur for apport in edition.jeux[place].values())
            half = rounding(parution.quartiles[:3])
            for parts, cut in zip(neighbours(len(figures)), parution.quartiles[:3], strict=True):
                assert len(parts) >= 3
                assert not {0, len(figures) - 1} & set(parts)
                mean = sum(part * figures[rank] for rank, part in parts.items())
                assert abs(mean - cut) <= half + 1e-9


# the same reader finds figures when the rule is not followed


def test_interpolated_quartiles_of_four_then_five_give_the_fifth_away() -> None:
    figures = {(nom, 0): v for nom, v in zip("abcde", [20.0, 31.0, 45.0, 52.0, 38.0], strict=True)}
    cases = []
    for noms in ("abcd", "abcde"):
        ordered = np.sort([figures[nom, 0] for nom in noms])
        parts = interpolated(len(noms))
        cuts = tuple(float(sum(p * ordered[r] for r, p in part.items())) for part in parts)
        cases.append(Case(tuple((nom, 0) for nom in noms), parts, cuts, 0.0))
    lecteur = Lecteur(cases, figures, BORNES)
    low, high = lecteur.extremes(every_order([*figures]), ("e", 0), {})
    assert (low, high) == pytest.approx((38.0, 38.0), abs=1e-6)


def test_without_the_rule_of_differences_a_newcomer_is_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The twelve others are alike for a reader: to place the newcomer among them tries every order."""
    before = row([40.0, 50, 55, 60, 64, 68, 72, 76, 80, 84, 86, 88])
    after = (*before, contribution("tard", 99.0))
    assert find_breaches(*read_editions(publish_twice((before, after))), targets=13) == []
    monkeypatch.setattr(editing, "are_protected", lambda _jeux, _regle: True)
    found = find_breaches(*read_editions(publish_twice((before, after))), targets=13)
    assert any(text.startswith("('tard', 0)") for text in found), found
