from __future__ import annotations

from datetime import date

import pytest

from maillage.kernel.errors import Introuvable
from maillage.kernel.valeur import Absence
from maillage.regles.budget.chiffrage import Chiffrage, implied_effectif
from maillage.regles.budget.lecture import load_budget
from maillage.regles.engine.application import apply_reforme
from maillage.regles.engine.lecture_reforme import list_reformes, load_reforme
from maillage.regles.engine.legislation import load_legislation
from maillage.regles.reformes.reformes import chiffrer_reforme, compare_montant

LAW = load_legislation()
FIN_2025 = date(2025, 12, 31)
DEBUT_2026 = date(2026, 1, 1)


def test_the_seven_ready_reforms() -> None:
    assert list_reformes() == (
        "ai_4000",
        "ai_doublee",
        "igas_2022",
        "lf_2026_moins_2",
        "plf_2026_moins_12",
        "revue_depenses_2024",
        "revue_depenses_2024_gel",
    )


@pytest.mark.parametrize("code", list_reformes())
def test_every_reform_says_its_source_and_what_it_leaves_open(code: str) -> None:
    reforme = load_reforme(code)
    assert reforme.code == code
    assert reforme.source
    assert len(reforme.indetermine) >= 3
    assert all(hypothese.phrase.endswith(".") for hypothese in reforme.hypotheses.values())


@pytest.mark.parametrize("code", list_reformes())
def test_every_change_rests_on_an_assumption_that_can_be_changed(code: str) -> None:
    reforme = load_reforme(code)
    assert {c.hypothese for c in reforme.changements} <= set(reforme.hypotheses)
    assert all(c.hypothese for c in reforme.changements)


@pytest.mark.parametrize("code", list_reformes())
def test_every_change_can_be_read_on_its_day_and_is_labelled(code: str) -> None:
    reforme = load_reforme(code)
    reformee = apply_reforme(LAW, reforme)
    for changement in reforme.changements:
        valeur = reformee.au(changement.date_effet).get(changement.chemin)
        assert valeur.reforme == code
        assert valeur.valeur > 0  # type: ignore[operator]  # all of them are amounts and rates


def test_doubling_costs_what_was_published_with_the_implied_headcount() -> None:
    publie = load_budget().get_chiffrage("ai_double_plf_2026")
    reforme = load_reforme("ai_doublee")
    montant = compare_montant(reforme, LAW, "AI", FIN_2025, DEBUT_2026)
    assert (montant.avant, montant.apres) == (1619, 3238)
    chiffrage = chiffrer_reforme(reforme, montant, implied_effectif(publie), publie.cout_euros)
    assert isinstance(chiffrage, Chiffrage)
    assert chiffrage.valeur_centimes == pytest.approx(22e8, abs=1)
    assert chiffrage.explications[-1] == reforme.indetermine[-1]


def test_the_day_before_the_reform_is_still_the_law() -> None:
    reforme = load_reforme("ai_4000")
    reformee = apply_reforme(LAW, reforme)
    chemin = "aide_au_poste.montant_socle.AI"
    assert reformee.au(date(2020, 12, 31)).get(chemin).valeur == 1383
    assert reformee.au(date(2021, 1, 1)).get(chemin).valeur == 4000


def test_an_assumption_changes_the_amount() -> None:
    reforme = load_reforme("plf_2026_moins_12")
    gardee = compare_montant(reforme, LAW, "EI", FIN_2025, DEBUT_2026)
    baissee = compare_montant(
        reforme.with_hypothese("ratio_montants", 0.88), LAW, "EI", FIN_2025, DEBUT_2026
    )
    assert (gardee.avant, gardee.apres) == (13304, 13304)
    assert baissee.apres == 11708  # 13 304 × 0.88 = 11 707.52


def test_igas_raises_the_ceiling_in_two_steps() -> None:
    reformee = apply_reforme(LAW, load_reforme("igas_2022"))
    chemin = "aide_au_poste.part_modulee_max_taux"
    taux = [
        reformee.au(jour).get(chemin).valeur
        for jour in (date(2023, 12, 31), date(2024, 1, 1), FIN_2025, DEBUT_2026)
    ]
    assert taux == [0.1, 0.3, 0.3, 0.4]


def test_an_unknown_amount_gives_no_cost() -> None:
    reforme = load_reforme("ai_doublee")
    montant = compare_montant(reforme, LAW, "AI", DEBUT_2026, DEBUT_2026)
    assert montant.avant is Absence.INCONNUE
    assert chiffrer_reforme(reforme, montant, None) is Absence.INCONNUE


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(Introuvable):
        compare_montant(load_reforme("ai_doublee"), LAW, "GEIQ", FIN_2025, DEBUT_2026)
