"""A reader of the totals by kind, by region and by both bounds no hidden figure closely."""

from __future__ import annotations

import random

import pytest
from factories.argent_public import unite
from factories.attaquant import Attaquant

from maillage.analyses.argent_public.totaux import ANNEXES, Axe, protect_tables
from maillage.indicators.secret.publication import PRIMAIRES
from maillage.indicators.secret.regle import Regle
from maillage.indicators.secret.tableau import fill


@pytest.mark.parametrize("seed", range(8))
def test_kinds_regions_and_both_together_give_nothing_away(seed: int) -> None:
    draw = random.Random(seed)  # noqa: S311 — a drawing, not a secret
    unites = [
        unite(
            rang,
            None,
            (draw.randint(1, 400), draw.choice((0, 0, draw.randint(1, 90)))),
            type=draw.choice(("ACI", "ACI", "AI", "EI")),
            region=draw.choice(("Bretagne", "Occitanie", "Bretagne")),
        )
        for rang in range(1, 17)
    ]
    suite = protect_tables(unites, Axe.TYPE_REGION, Regle())[ANNEXES]
    attaquant = Attaquant(suite)
    sensitive = 0
    for rank, publication in enumerate(suite):
        contenu = fill(publication.tableau)
        for place, cellule in enumerate(publication.tableau.cellules):
            if publication.motifs.get(cellule) in PRIMAIRES and contenu.totaux[place] > 0:
                low, high = attaquant.extremes(attaquant.cell(rank, *cellule))
                total, largest = contenu.totaux[place], contenu.maxima[place]
                assert high >= largest / 0.85 - 1e-4 * total
                assert max(high - total, total - low) >= 0.15 * total - 1e-4 * total
                sensitive += 1
    assert sensitive > 0
