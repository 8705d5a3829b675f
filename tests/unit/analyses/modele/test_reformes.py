"""Each reform is read on its day, changes what it says, and nothing else."""

from __future__ import annotations

from datetime import date

import pytest
from factories.modeles import calcule

from maillage.analyses.modele.reformes import INCONNUE, SANS_EFFET, EffetReforme, measure_reformes
from maillage.kernel.valeur import Absence
from maillage.regles.engine.lecture_reforme import list_reformes, load_reforme, parse_reforme
from maillage.regles.engine.legislation import load_legislation

ENTETE = """
code: essai
titre: Essai
source:
  - title: Essai
valable_jusqu_au: 2026-12-31
indetermine:
  - Rien.
changements:
"""


def measure(code: str, genre: str = "AI") -> tuple[EffetReforme, ...]:
    return measure_reformes(calcule(genre), load_legislation(), [load_reforme(code)])


def measure_texte(changements: str, genre: str = "AI") -> tuple[EffetReforme, ...]:
    reforme = parse_reforme(ENTETE + changements, "essai.yaml", load_legislation())
    return measure_reformes(calcule(genre), load_legislation(), [reforme])


def test_a_reform_in_force_is_read_on_the_first_day() -> None:
    (effet,) = measure("ai_4000")
    assert (effet.le, effet.montant_unitaire) == (date(2025, 1, 1), 4000.0)
    assert effet.resultat == pytest.approx((4000 - 1619) * 9.5 * 1.05)
    assert not isinstance(effet.point_bas, Absence)
    assert effet.point_bas > 0


def test_each_step_of_a_reform_is_told() -> None:
    effets = measure("igas_2022")
    assert [un.le for un in effets] == [date(2025, 1, 1), date(2026, 1, 1), date(2030, 1, 1)]
    assert [un.part_modulee_max for un in effets] == [0.3, 0.4, 0.4]
    # half of the maximum, on the agreed amount
    assert effets[0].resultat == pytest.approx(9.5 * 1619 * 0.5 * 0.2)


def test_fewer_posts_are_taken_alike_on_every_structure() -> None:
    (effet,) = measure("plf_2026_moins_12", "ACI")
    assert effet.ratio_postes == 0.88
    assert effet.resultat == pytest.approx(-0.12 * 23_921 * 10 * 1.05)


def test_a_reform_that_touches_nothing_says_so() -> None:
    (effet,) = measure("ai_4000", "EI")
    assert (effet.le, effet.resultat, effet.motif) == (None, Absence.SANS_OBJET, SANS_EFFET)


def test_a_reform_of_the_months_of_regularisation_moves_the_cash_only() -> None:
    effets = measure_texte(
        "  - chemin: versement.mois_regularisation\n    values:\n      2025-01-01:\n        value: [2, 4]\n",
        "ACI",
    )
    assert [un.resultat for un in effets] == [0.0]


def test_a_law_that_is_not_known_gives_no_figure() -> None:
    ratio = (
        "  - chemin: aide_au_poste.montant_socle.AI\n    ratios:\n      {}:\n        value: 0.9\n"
    )
    (connue,) = measure_texte(ratio.format("2025-06-01"))
    assert connue.motif == ""
    assert connue.montant_unitaire == pytest.approx(1619 * 0.9)
    jamais = measure_texte(ratio.format("2026-06-01"))
    assert [(un.motif, un.resultat) for un in jamais] == [(INCONNUE, Absence.INCONNUE)]
    # known when the reform starts, not on the first day of a model of 2026
    reforme = parse_reforme(ENTETE + ratio.format("2025-06-01"), "essai.yaml", load_legislation())
    annexe = (
        "heures_par_etp",
        "montant_unitaire = { valeur = 1650, source = 'a' }\nheures_par_etp",
    )
    en_2026 = calcule("AI", ("debut = 2025-01-01", "debut = 2026-01-01"), annexe)
    effets = measure_reformes(en_2026, load_legislation(), [reforme])
    assert [(un.motif, un.le) for un in effets] == [(INCONNUE, date(2026, 1, 1))]


@pytest.mark.parametrize("genre", ["AI", "ACI", "EI", "ETTI"])
def test_every_reform_that_is_shipped_is_measured(genre: str) -> None:
    effets = measure_reformes(
        calcule(genre), load_legislation(), [load_reforme(code) for code in list_reformes()]
    )
    assert {un.code for un in effets} == set(list_reformes())
