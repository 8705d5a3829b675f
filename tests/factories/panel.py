"""Invented contributions to the panel, in a row or drawn at random."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from maillage.indicators.panel.contribution import Contribution, Mesure, Profil

if TYPE_CHECKING:
    from collections.abc import Sequence

RATIO = "ventes_pour_100"
BREST = Profil("ACI", "petite", "53", "espaces verts")


def contribution(
    structure: str, valeur: float, profil: Profil = BREST, poids: float = 1.0, organisme: str = ""
) -> Contribution:
    """One structure that gives one ratio for 2024."""
    return Contribution(
        structure, organisme or structure, 2024, profil, {RATIO: Mesure(valeur, poids)}
    )


def row(
    valeurs: Sequence[float], profil: Profil = BREST, prefixe: str = "s"
) -> tuple[Contribution, ...]:
    """As many structures as figures, named in their order: s01, s02…"""
    return tuple(
        contribution(f"{prefixe}{rank:02d}", valeur, profil)
        for rank, valeur in enumerate(valeurs, 1)
    )


@st.composite
def panels(
    draw: st.DrawFn, sizes: tuple[int, int] = (24, 40)
) -> tuple[tuple[Contribution, ...], tuple[Contribution, ...]]:
    """The contributions to two editions of one year: some come, some leave, some are revised."""
    count = draw(st.integers(*sizes))
    # figures that many share, as ratios often are, among others
    figures = st.one_of(
        st.integers(-20, 400).map(lambda whole: whole / 4), st.sampled_from([0.0, 50.0, 100.0])
    )
    first, second = [], []
    for rank in range(count):
        profil = Profil(
            "ACI",
            draw(st.sampled_from(["petite", "grande"])),
            draw(st.sampled_from(["53", "53", "52"])),
            "espaces verts",
        )
        one = contribution(f"s{rank:02d}", draw(figures), profil)
        stays = draw(st.sampled_from(["both", "both", "both", "second", "first", "revised"]))
        if stays != "second":
            first.append(one)
        if stays in {"both", "second"}:
            second.append(one)
        elif stays == "revised":
            second.append(contribution(one.structure, draw(figures), profil))
    return tuple(first), tuple(second)
