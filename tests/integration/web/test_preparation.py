"""What `maillage site` draws before it serves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.web import commandes

if TYPE_CHECKING:
    import pytest

    from maillage.analyses.diagnosis.atlas import Atlas


def test_each_step_of_the_preparation_is_told(
    atlas: Atlas, capsys: pytest.CaptureFixture[str]
) -> None:
    commandes._prepare()
    sortie = capsys.readouterr().out.splitlines()
    assert len(sortie) == 3
    assert atlas.cube.version[:12] in sortie[0]
    assert all("prêt" in ligne for ligne in sortie)
