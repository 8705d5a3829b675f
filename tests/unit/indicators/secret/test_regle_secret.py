"""Both sides of each threshold of the rule, and how it tells itself."""

from __future__ import annotations

import pytest

from maillage.indicators.secret.regle import Motif, Regle

REGLE = Regle()


@pytest.mark.parametrize(
    ("nombre", "maximum", "total", "motif"),
    [
        (0, 0.0, 0.0, None),
        (1, 10.0, 10.0, Motif.EFFECTIF),
        (2, 5.0, 10.0, Motif.EFFECTIF),
        (3, 4.0, 10.0, None),
        (3, 84.9, 100.0, None),
        (3, 85.0, 100.0, None),
        (3, 85.1, 100.0, Motif.DOMINANCE),
        (2, 0.0, 0.0, Motif.EFFECTIF),
        (3, 0.0, 0.0, None),
    ],
)
def test_both_sides_of_each_threshold(
    nombre: int, maximum: float, total: float, motif: Motif | None
) -> None:
    assert REGLE.find_motif(nombre, maximum, total) is motif


@pytest.mark.parametrize("total", [20.0, 0.2, 1e-3, 1e9, 123456.78, 7.0])
def test_exactly_85_percent_is_publishable_whatever_the_rounding(total: float) -> None:
    assert REGLE.find_motif(3, 0.85 * total, total) is None
    assert REGLE.find_motif(3, 17 * total / 20, total) is None
    assert REGLE.find_motif(3, 0.8501 * total, total) is Motif.DOMINANCE


def test_a_total_of_zero_may_be_hidden() -> None:
    prudente = Regle(zeros_publies=False)
    assert prudente.find_motif(3, 0.0, 0.0) is Motif.TOTAL_NUL
    assert prudente.find_motif(0, 0.0, 0.0) is None


def test_each_reason_is_a_french_sentence() -> None:
    phrases = {motif: REGLE.phrase(motif) for motif in Motif}
    assert phrases[Motif.EFFECTIF] == "secret\u202f: moins de 3\u00a0structures"
    assert phrases[Motif.DOMINANCE] == "secret\u202f: une structure dépasse 85\u202f%"
    assert phrases[Motif.COMPLEMENTAIRE] == "secret\u202f: protège une autre cellule"
    assert len(set(phrases.values())) == len(Motif)


def test_a_changed_threshold_is_told_as_it_is() -> None:
    regle = Regle(contributeurs_min=5, part_max=0.775, marge=0.1, zeros_publies=False)
    assert "moins de 5" in regle.phrase(Motif.EFFECTIF)
    assert "77,5\u202f%" in regle.phrase(Motif.DOMINANCE)
    assert "5\u00a0structures au moins" in regle.methode
    assert "77,5\u202f%" in regle.methode
    assert "10\u202f%" in regle.methode
    assert regle.parametres == {
        "structures par chiffre, au moins": "5",
        "part d’une structure, au plus": "77,5\u202f%",
        "hypothèse : intervalle de protection": "± 10\u202f%",
        "hypothèse : jeu d’une cellule cachée pour en protéger une autre": "15\u202f%",
        "hypothèse : un total nul est publié": "non",
    }
    assert REGLE.parametres["hypothèse : un total nul est publié"] == "oui"


@pytest.mark.parametrize(
    "wrong",
    [
        {"contributeurs_min": 0},
        {"part_max": 0.0},
        {"part_max": 1.0},
        {"marge": 0.0},
        {"marge": 1.1},
        {"marge_complementaire": -0.1},
    ],
)
def test_impossible_thresholds_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=next(iter(wrong))):
        Regle(**wrong)  # type: ignore[arg-type]  # one parameter of either type
