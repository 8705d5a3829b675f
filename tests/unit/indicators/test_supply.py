"""Windows of months, which are averaged and never added."""

from __future__ import annotations

import pytest

from maillage.indicators.releves import Recueil
from maillage.indicators.supply import twelve_months
from maillage.kernel.niveau import Niveau
from maillage.kernel.valeur import Colonne


def test_twelve_months_cross_the_year() -> None:
    found = twelve_months("2022-09")
    assert found[0] == "2021-10"
    assert found[2:4] == ["2021-12", "2022-01"]
    assert found[-1] == "2022-09"
    assert len(set(found)) == 12


def test_the_same_figures_are_not_added_twice() -> None:
    recueil = Recueil()
    column = Colonne.from_valeurs([1])
    recueil.add("population", Niveau.FRANCE, "2021", column, ("communes",))
    with pytest.raises(ValueError, match="added twice"):
        recueil.add("population", Niveau.FRANCE, "2021", column, ("communes",))
