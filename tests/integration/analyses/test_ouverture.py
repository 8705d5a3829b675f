"""Opening the atlas: computed once, kept, and usable where nothing can be written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.analyses.diagnosis.atlas import open_atlas
from maillage.kernel.niveau import Niveau

if TYPE_CHECKING:
    from pathlib import Path


def test_the_second_opening_reads_what_the_first_computed(tmp_path: Path) -> None:
    steps: list[str] = []

    first = open_atlas(tmp_path, steps.append)
    told = len(steps)
    second = open_atlas(tmp_path, steps.append)

    assert told > 0
    assert len(steps) == told
    assert first.avertissements == second.avertissements == ()
    assert first.cube.version == second.cube.version
    for niveau, code in ((Niveau.FRANCE, "FR"), (Niveau.DEPARTEMENT, "35")):
        one, two = (a.chiffre("demandeurs_emploi", niveau, code) for a in (first, second))
        assert one == two


def test_without_the_right_to_write_the_atlas_works_and_warns(tmp_path: Path) -> None:
    taken = tmp_path / "fichier"
    taken.write_text("pas un dossier", encoding="utf-8")

    atlas = open_atlas(taken)

    assert len(atlas.avertissements) == 1
    population = atlas.chiffre("population", Niveau.FRANCE, "FR").valeur
    assert isinstance(population, float)
    assert population > 67_000_000
