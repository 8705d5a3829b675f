from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from maillage.kernel.errors import SaisieInvalide
from maillage.kernel.francais import format_nombre
from maillage.kernel.valeur import Absence
from maillage.regles.budget.chiffrage import (
    check_total_2019,
    chiffrer,
    chiffrer_execution_2019,
    chiffrer_publie,
    implied_effectif,
)
from maillage.regles.budget.lecture import load_budget

if TYPE_CHECKING:
    from maillage.regles.budget.modele import Effectif

BUDGET = load_budget()
SOCLES_2019 = {"AI": 1367.0, "ACI": 20199.0, "EI": 10520.0, "ETTI": 4472.0}


def effectif(valeur: float) -> Effectif:
    return replace(BUDGET.get_effectif("etp_finances_2019"), valeur=valeur)


def test_without_headcount_only_the_implied_one_is_given() -> None:
    chiffrage = chiffrer("Essai", 2_538, None, 54_000_000)
    assert chiffrage.valeur_centimes is Absence.INCONNUE
    assert chiffrage.ecart_centimes is Absence.INCONNUE
    assert chiffrage.etp_implicites == pytest.approx(21_276.6, abs=0.1)
    assert chiffrage.explications == (
        f"Le coût publié suppose {format_nombre(21277)} ETP.",
        "Aucun effectif publié n’a été trouvé\u00a0: le coût n’est pas recalculé.",
    )


def test_gap_with_a_published_headcount() -> None:
    chiffrage = chiffrer("Essai", 1_000.005, effectif(10), 9_000)
    assert chiffrage.valeur_centimes == 1_000_005
    assert chiffrage.ecart_centimes == 100_005
    assert "effectif publié" in chiffrage.explications[1]


def test_half_cents_go_away_from_zero() -> None:
    assert chiffrer("Essai", 0.005, effectif(1)).valeur_centimes == 1
    assert chiffrer("Essai", -0.005, effectif(1)).valeur_centimes == -1


def test_nothing_published() -> None:
    chiffrage = chiffrer("Essai", 100, effectif(3))
    assert (chiffrage.valeur_centimes, chiffrage.ecart_centimes) == (30_000, Absence.INCONNUE)
    assert chiffrage.etp_implicites is Absence.INCONNUE
    assert chiffrage.explications == ("Aucun coût publié\u00a0: rien à quoi se comparer.",)


def test_an_amount_that_does_not_change_implies_nothing() -> None:
    chiffrage = chiffrer("Essai", 0, effectif(3), 5)
    assert chiffrage.etp_implicites is Absence.SANS_OBJET
    assert "nul" in chiffrage.explications[0]


def test_a_negative_headcount_is_refused() -> None:
    with pytest.raises(SaisieInvalide) as caught:
        chiffrer("Essai", 1, effectif(-1))
    assert caught.value.anomalies[0].code == "MLG-BUD-010"


def test_the_note_of_a_costing_goes_with_it() -> None:
    assert (
        "1\u202f462" in chiffrer_publie(BUDGET.get_chiffrage("ai_4000_plf_2021")).explications[-1]
    )
    assert len(chiffrer_publie(BUDGET.get_chiffrage("ai_double_plf_2026")).explications) == 2


def test_two_costings_imply_headcounts_that_do_not_agree() -> None:
    """54 M€ and 22 M€ cannot both rest on the AI's headcount of their year."""
    doubled = implied_effectif(BUDGET.get_chiffrage("ai_double_plf_2026"))
    chiffrage = chiffrer_publie(BUDGET.get_chiffrage("ai_4000_plf_2021"), doubled)
    assert doubled.est_implicite
    assert chiffrage.valeur_centimes == pytest.approx(34.49e8, rel=1e-3)
    assert "lui-même déduit d’un autre chiffrage" in chiffrage.explications[1]


def test_a_costing_that_changes_nothing_implies_no_headcount() -> None:
    publie = BUDGET.get_chiffrage("ai_double_plf_2026")
    with pytest.raises(ValueError, match="implies no headcount"):
        implied_effectif(replace(publie, montant_apres=publie.montant_avant))


def test_an_unknown_execution_gives_an_unknown_headcount() -> None:
    inconnue = replace(BUDGET.get_ligne("postes_execute_2019_ai"), montant_euros=Absence.INCONNUE)
    autres = tuple(ligne for ligne in BUDGET.lignes if ligne.code != inconnue.code)
    budget = replace(BUDGET, lignes=(*autres, inconnue))
    chiffrages = chiffrer_execution_2019(budget, SOCLES_2019, 0)
    assert chiffrages[0].etp_implicites is Absence.INCONNUE
    ecart, _ = check_total_2019(budget, chiffrages)
    assert ecart is Absence.INCONNUE
