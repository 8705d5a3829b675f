"""Paths, frames and classes of the maps."""

from __future__ import annotations

import re

import pytest

from maillage.analyses.diagnosis.model import Contour, PointCommune, PointStructure
from maillage.kernel.valeur import Absence, Valeur
from maillage.web.territoires.maps.classes import cut_diverging, cut_sequential, legend
from maillage.web.territoires.maps.frame import CADRES, HAUTEUR, ILE_DE_FRANCE, LARGEUR, find_cadre
from maillage.web.territoires.maps.france import Fond
from maillage.web.territoires.maps.local import render_local
from maillage.web.territoires.maps.path import emprise, trace_path

CARRE = (0, 0, 0, 100, 100, 100, 100, 0, 0, 0)


def _at_scale(x: float, y: float) -> tuple[int, int]:
    return round(x / 10), round(-y / 10)


def test_path_is_relative_integer_and_closed() -> None:
    assert trace_path([CARRE], _at_scale) == "M0 0l0-10 10 0 0 10z"


def test_repeated_and_aligned_points_are_dropped() -> None:
    detaille = (0, 0, 0, 1, 0, 50, 0, 100, 50, 100, 100, 100, 100, 0, 0, 0)
    assert trace_path([detaille], _at_scale) == trace_path([CARRE], _at_scale)


def test_a_territory_too_small_for_the_scale_keeps_a_mark() -> None:
    assert trace_path([(0, 0, 0, 1, 1, 1, 0, 0)], _at_scale).startswith("M0 -3l")


def test_holes_are_kept_for_the_even_odd_rule() -> None:
    trou = (20, 20, 80, 20, 80, 80, 20, 80, 20, 20)
    assert trace_path([CARRE, trou], _at_scale).count("M") == 2


def test_no_ring_has_no_box() -> None:
    with pytest.raises(ValueError, match="no point"):
        emprise([])


def test_every_frame_draws_its_window_inside_the_sheet() -> None:
    for cadre in (*CADRES, ILE_DE_FRANCE):
        f = cadre.fenetre
        for x, y in ((f.x0, f.y0), (f.x1, f.y1)):
            u, v = cadre.placer(x, y)
            assert 0 <= u <= LARGEUR
            assert 0 <= v <= HAUTEUR


def test_north_is_up_in_every_frame() -> None:
    for cadre in CADRES:
        x, y = cadre.fenetre.milieu
        assert cadre.placer(x, y + 1000)[1] <= cadre.placer(x, y)[1]


def test_antilles_share_a_projection_but_not_a_frame() -> None:
    guadeloupe = find_cadre("5490", 650_000, 1_790_000)
    martinique = find_cadre("5490", 710_000, 1_620_000)
    assert guadeloupe is not None
    assert martinique is not None
    assert (guadeloupe.nom, martinique.nom) == ("Guadeloupe", "Martinique")
    assert find_cadre("2154", 0, 0) is None


def test_paris_is_drawn_twice_and_brest_once() -> None:
    paris = (648_000, 6_860_000, 655_000, 6_860_000, 655_000, 6_866_000, 648_000, 6_860_000)
    brest = (140_000, 6_830_000, 160_000, 6_830_000, 160_000, 6_850_000, 140_000, 6_830_000)
    fond = Fond({"75": Contour("75", "2154", (paris,)), "29": Contour("29", "2154", (brest,))})
    assert fond.traces["75"].encart
    assert not fond.traces["29"].encart


def test_sequential_classes_have_about_the_same_size() -> None:
    valeurs = [float(n) for n in range(60)]
    classement = cut_sequential(valeurs)
    effectifs = [classe.effectif for classe in legend(classement, valeurs, 0)]
    assert len(effectifs) == 6
    assert max(effectifs) - min(effectifs) <= 2
    assert sum(effectifs) == 60


def test_a_widespread_lowest_figure_is_a_class_of_its_own() -> None:
    """Most EPCI have nobody without access: quantiles alone gave two classes, « moins de 14 »."""
    valeurs = [0.0] * 80 + [float(n) for n in range(1, 21)]
    lignes = legend(cut_sequential(valeurs, 1), valeurs, 1)
    assert lignes[0].libelle == "moins de 0,1"
    assert lignes[0].effectif == 80
    assert len(lignes) == 6


def test_one_figure_only_is_one_class() -> None:
    valeurs = [5.0, 5.0]
    assert [c.libelle for c in legend(cut_sequential(valeurs), valeurs, 0)] == [
        "toutes les valeurs"
    ]
    assert cut_sequential([]).style(Absence.SECRETE) == "n0"


def test_absences_are_named_by_their_kind_and_never_coloured() -> None:
    valeurs: list[Valeur] = [
        1.0,
        2.0,
        3.0,
        4.0,
        5.0,
        6.0,
        7.0,
        Absence.SECRETE,
        Absence.SECRETE,
        Absence.INCONNUE,
    ]
    lignes = legend(cut_sequential(valeurs), valeurs, 0)
    assert [(c.libelle, c.effectif) for c in lignes if c.style == "n0"] == [
        ("secrète", 2),
        ("inconnue", 1),
    ]


def test_diverging_classes_turn_at_zero_and_are_symmetric() -> None:
    classement = cut_diverging([-30.0, -20.0, -10.0, 10.0, 20.0, 300.0])
    assert 0.0 in classement.bornes
    assert classement.bornes[0] == -classement.bornes[-1]
    assert classement.style(-1.0) == "d3"
    assert classement.style(0.0) == "d4"
    assert cut_diverging([0.0, 0.0, 1.0]).styles == ("d2", "d5")


def _commune(code: str, x: int | None, *, blanche: bool = False) -> PointCommune:
    return PointCommune(code, f"Nom <{code}>", x, x, 100.0, 0.0 if blanche else 3.0, (), blanche)


def test_a_zone_blanche_has_its_own_shape_and_names_are_escaped() -> None:
    communes = (
        _commune("00001", 0),
        _commune("00002", 5_000, blanche=True),
        _commune("00003", None),
    )
    svg = render_local("Essai", None, communes, ())
    assert svg is not None
    assert svg.count('class="commune"') == 1
    assert svg.count('class="blanche"') == 1
    assert "Nom &lt;00001&gt;" in svg
    assert "00003" not in svg
    assert not re.search(r'style="|onclick|NaN', svg)


def test_a_structure_geocoded_far_away_is_left_off_the_map() -> None:
    """Three GEIQ of Landes are published in Strasbourg: they must not shrink the map to a dot."""
    communes = (_commune("40001", 0), _commune("40002", 20_000))
    ici = PointStructure("1" * 14, "AI", "Ici", "40001", 10_000, 10_000, "adresse")
    loin = PointStructure("2" * 14, "AI", "Loin", "40001", 900_000, 10_000, "adresse")
    contour = Contour("40", "2154", ((0, 0, 0, 20_000, 20_000, 20_000, 0, 0),))
    svg = render_local("Landes", contour, communes, (ici, loin))
    assert svg is not None
    assert "Ici" in svg
    assert "Loin" not in svg


def test_nothing_located_draws_no_map() -> None:
    assert render_local("Vide", None, (_commune("00001", None),), ()) is None
