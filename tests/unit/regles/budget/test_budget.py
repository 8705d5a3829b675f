from __future__ import annotations

import pytest

from maillage.kernel.valeur import Absence
from maillage.regles.budget.lecture import load_budget, parse_budget
from maillage.regles.budget.modele import Objet, Stade

BUDGET = load_budget()
GOOD = """
sources: {S: {titre: Source, url: null}}
lignes: [{code: a, annee: 2020, montant: 1.5, objet: postes, stade: execution, source: S, confiance: B}]
effectifs: []
chiffrages: []
"""


def test_every_line_says_what_it_covers_and_where_it_was_read() -> None:
    assert all(ligne.source.titre and ligne.confiance in "ABC" for ligne in BUDGET.lignes)
    assert all(ligne.perimetre.libelle for ligne in BUDGET.lignes)
    assert {ligne.annee for ligne in BUDGET.lignes} == set(range(2013, 2027))


def test_years_in_order() -> None:
    annees = [ligne.annee for ligne in BUDGET.lignes]
    assert annees == sorted(annees)


def test_amounts_are_whole_euros() -> None:
    assert BUDGET.get_ligne("sous_action_0302_plf_2024").montant_euros == 1_500_607_975
    assert BUDGET.get_ligne("postes_execute_2018_ai").montant_euros == 23_870_000


def test_a_missing_amount_is_unknown_not_zero() -> None:
    inconnues = [x.code for x in BUDGET.lignes if isinstance(x.montant_euros, Absence)]
    assert "postes_lfi_2026" in inconnues
    assert "fdi_2024" not in inconnues
    assert BUDGET.get_ligne("fdi_2024").montant_euros == 0


def test_a_perimeter_reads_in_french() -> None:
    assert BUDGET.get_ligne("sous_action_0302_plf_2024").perimetre.libelle == (
        "sous-action 03.02 du programme 102 (IAE), toutes structures, projet de loi de finances, "
        "autorisations d’engagement égales aux crédits de paiement"
    )
    assert BUDGET.get_ligne("postes_execute_2019_ai").perimetre.libelle == (
        "aides aux postes seules, AI, exécution"
    )
    assert BUDGET.get_ligne("postes_circulaire_2025").perimetre.libelle.endswith(
        "après mise en réserve"
    )


def test_codes_are_read_back() -> None:
    assert Objet("postes") is Objet.POSTES
    assert Stade.EXECUTION.libelle == "exécution"


def test_a_fraction_of_a_euro_is_refused() -> None:
    with pytest.raises(ValueError, match="whole number"):
        parse_budget(GOOD.replace("1.5", "1.5000001"))


def test_a_code_used_twice_is_refused() -> None:
    ligne = GOOD.splitlines()[2].removeprefix("lignes: [").removesuffix("]")
    with pytest.raises(ValueError, match="twice"):
        parse_budget(GOOD.replace("lignes: [", f"lignes: [{ligne}, "))


def test_an_unknown_source_is_refused() -> None:
    with pytest.raises(KeyError):
        parse_budget(GOOD.replace("source: S", "source: T"))


@pytest.mark.parametrize("getter", ["get_ligne", "get_effectif", "get_chiffrage"])
def test_an_unknown_code_is_refused(getter: str) -> None:
    with pytest.raises(KeyError):
        getattr(BUDGET, getter)("inconnu")
