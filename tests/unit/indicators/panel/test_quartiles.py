"""Quartiles worked out by hand, and windows that never hold an extreme."""

from __future__ import annotations

import pytest

from maillage.indicators.panel.quartiles import (
    Quartiles,
    compute_quartiles,
    count_decimals,
    find_window,
)


def test_twelve_figures_by_hand() -> None:
    # ranks 2 to 4, 5 to 8, 9 to 11: (2+3+5)/3, (8+13+21+34)/4, (55+89+144)/3
    figures = [1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 1000]
    assert compute_quartiles(figures[::-1], 3) == Quartiles(3.3, 19, 96, 12)
    # the extremes enter nowhere
    assert compute_quartiles([-50, *figures[1:-1], 9999], 3) == Quartiles(3.3, 19, 96, 12)


def test_thirteen_figures_whose_interpolated_quartiles_are_figures() -> None:
    figures = [10, 11, 12, 14, 17, 20, 24, 28, 31, 35, 39, 45, 60]
    found = compute_quartiles(figures, 3)  # (11+12+14)/3 at 3.5, (20+24+28)/3, (31+35+39)/3 at 10.5
    # places 3.5, 7 and 10.5: ranks 2 to 5, 6 to 8, 9 to 12
    assert found == Quartiles(13.5, 24, 37.5, 13)


@pytest.mark.parametrize("largeur", [3, 4, 5, 7])
@pytest.mark.parametrize("more", range(30))
def test_windows_are_wide_apart_and_inside(largeur: int, more: int) -> None:
    nombre = 4 * largeur + more
    windows = [find_window(nombre, quartile, largeur) for quartile in (1, 2, 3)]
    assert all(len(window) in {largeur, largeur + 1} for window in windows)
    assert windows[0].start >= 1
    assert windows[2].stop <= nombre - 1
    assert windows[0].stop <= windows[1].start
    assert windows[1].stop <= windows[2].start


@pytest.mark.parametrize(
    ("largest", "decimals"), [(0, 0), (0.0512, 4), (5.12, 2), (99.9, 1), (512, 0), (51_234, -2)]
)
def test_three_significant_figures(largest: float, decimals: int) -> None:
    assert count_decimals(largest) == decimals


def test_eleven_figures_are_too_few() -> None:
    with pytest.raises(ValueError, match="12 figures or more, not 11"):
        compute_quartiles(list(range(11)), 3)
