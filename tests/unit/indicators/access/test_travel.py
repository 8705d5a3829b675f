"""Times by hand, milieux, and hypotheses that make sense together."""

from __future__ import annotations

import numpy as np
import pytest

from maillage.indicators.access.travel import (
    RAYON_TERRE_KM,
    Hypotheses,
    Milieu,
    chord_to_km,
    classify_milieux,
    km_to_chord,
    unit_vectors,
)


def test_ten_kilometres_from_rural_to_urban_take_the_minutes_computed_by_hand() -> None:
    pace = Hypotheses.centrales().minutes_par_km
    # 10 km × 1.3 = 13 km of road; 6.5 km at 55 km/h = 7.0909 min, 6.5 km at 25 km/h = 15.6 min
    minutes = 10 * (pace[Milieu.RURAL] + pace[Milieu.URBAIN])
    assert minutes == pytest.approx(6.5 / 55 * 60 + 15.6, abs=1e-12)


def test_the_band_surrounds_the_central_hypotheses() -> None:
    low, central, high = (
        h.minutes_par_km
        for h in (Hypotheses.favorables(), Hypotheses.centrales(), Hypotheses.prudentes())
    )
    assert (low < central).all()
    assert (central < high).all()


def test_each_density_level_has_its_milieu_and_the_unknown_one_is_intermediate() -> None:
    found = classify_milieux(["1", "2", "3", "4", "5", "6", "7", None])
    assert found.tolist() == [0, 0, 1, 1, 2, 2, 2, 1]


def test_a_density_outside_the_grid_is_refused() -> None:
    with pytest.raises(ValueError, match="'8'"):
        classify_milieux(["1", "8"])


@pytest.mark.parametrize(
    ("detour", "vitesse", "message"),
    [(0.9, 25.0, "detour"), (float("nan"), 25.0, "detour"), (1.3, 0.0, "speeds")],
)
def test_impossible_hypotheses_are_refused(detour: float, vitesse: float, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Hypotheses("fausses", detour, vitesse, 40, 55)


def test_parameters_are_written_in_french() -> None:
    parametres = dict(Hypotheses.centrales().parametres)
    assert parametres["coefficient de détour"] == "1,3"
    assert parametres["vitesse en commune rurale (densité 5–7)"] == "55\u00a0km/h"


def test_a_quarter_of_the_meridian_is_a_quarter_of_the_circumference() -> None:
    pole, equator = unit_vectors(np.array([90.0, 0.0]), np.array([12.0, 12.0]))
    chord = np.array([np.linalg.norm(pole - equator)])
    assert chord_to_km(chord)[0] == pytest.approx(RAYON_TERRE_KM * np.pi / 2)
    assert km_to_chord(RAYON_TERRE_KM * np.pi / 2) == pytest.approx(chord[0])
    assert km_to_chord(1e9) == 2
