"""Outside the periods that the texts found cover, the engine refuses."""

from __future__ import annotations

import numpy as np
import pytest

from maillage.regles.engine.calcul import compute
from maillage.regles.engine.erreurs import PeriodeNonModelisee
from maillage.regles.engine.legislation import load_legislation


@pytest.mark.parametrize(
    ("cible", "le", "entrees"),
    [
        # the day after the end of the exemption of the AI
        ("heures_exonerees_ai", "2019-01-01", ("nombre_heures_cumulees_avant",)),
        # no flat accident rate from 2014
        ("cotisation_accident_ai", "2014-01-01", ("remuneration_des_750_heures",)),
        # the reduction is not modelled before 2014
        ("coefficient_maximal", "2013-12-31", ("effectif",)),
        # the brackets of 2027 are not set
        ("majoration_individuelle", "2027-01-01", ("remuneration_individuelle_annuelle",)),
        # the law found freezes the SMIC of the formula for 2026 only
        ("premier_janvier", "2027-01-01", ("effectif",)),
    ],
)
def test_outside_the_law_found_the_engine_refuses(
    cible: str, le: str, entrees: tuple[str, ...]
) -> None:
    colonnes = {nom: np.array([1.0]) for nom in (*entrees, "nombre_heures_remunerees")}
    jour = np.datetime64(le).astype(object)
    with pytest.raises(PeriodeNonModelisee):
        compute([cible], colonnes, load_legislation(), jour)
