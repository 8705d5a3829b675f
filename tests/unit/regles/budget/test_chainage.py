from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from maillage.kernel.errors import SaisieInvalide
from maillage.kernel.francais import guillemets
from maillage.kernel.valeur import Absence
from maillage.regles.budget.chainage import chainer, explain_differences
from maillage.regles.budget.lecture import load_budget
from maillage.regles.budget.modele import Credits, MiseEnReserve, Nature, Objet, Stade

BUDGET = load_budget()


def refusal(a: str, b: str) -> list[str]:
    with pytest.raises(SaisieInvalide) as caught:
        chainer(BUDGET.get_ligne(a), BUDGET.get_ligne(b))
    return [anomalie.code for anomalie in caught.value.anomalies]


def test_two_circulars_of_the_same_perimeter_chain() -> None:
    chainage = chainer(
        BUDGET.get_ligne("postes_circulaire_2025"), BUDGET.get_ligne("postes_circulaire_2024")
    )
    assert chainage.avant.annee == 2024
    assert chainage.ecart_euros == -53_400_000
    assert chainage.evolution == pytest.approx(-0.0388, abs=1e-4)
    assert any("AE ou de CP" in phrase for phrase in chainage.reserves)
    assert any(phrase.startswith("Deux sources") for phrase in chainage.reserves)


def test_the_contradictions_of_a_source_go_with_the_change() -> None:
    chainage = chainer(
        BUDGET.get_ligne("postes_execute_2018"), BUDGET.get_ligne("postes_execute_2019")
    )
    assert chainage.ecart_euros == 50_920_000
    assert any("899,21" in phrase for phrase in chainage.reserves)
    assert any("875,32" in phrase for phrase in chainage.reserves)
    assert any("mise en réserve" in phrase for phrase in chainage.reserves)
    assert not any(phrase.startswith("Deux sources") for phrase in chainage.reserves)


def test_rounded_amounts_say_so() -> None:
    chainage = chainer(BUDGET.get_ligne("postes_lfi_2022"), BUDGET.get_ligne("postes_lfi_2023"))
    assert chainage.evolution == pytest.approx(60 / 1190)
    assert [phrase for phrase in chainage.reserves if "arrondi" in phrase] == [
        "2022\u00a0: montant arrondi par la source.",
        "2023\u00a0: montant arrondi par la source.",
    ]


def test_known_credits_and_reserve_raise_no_doubt() -> None:
    def precise(code: str, annee: int) -> object:
        ligne = BUDGET.get_ligne(code)
        perimetre = replace(
            ligne.perimetre, credits=Credits.CP, mise_en_reserve=MiseEnReserve.APRES
        )
        return replace(ligne, annee=annee, perimetre=perimetre)

    a, b = precise("postes_execute_2018_ai", 2018), precise("postes_execute_2018_ai", 2019)
    assert chainer(a, b).reserves == ()  # type: ignore[arg-type]


def test_from_zero_there_is_no_rate() -> None:
    chainage = chainer(BUDGET.get_ligne("fdi_2024"), BUDGET.get_ligne("fdi_2025"))
    assert (chainage.ecart_euros, chainage.evolution) == (0, Absence.SANS_OBJET)


@pytest.mark.parametrize(
    ("a", "b", "codes"),
    [
        ("postes_fdi_lfi_2021", "postes_lfi_2022", ["MLG-BUD-001"]),
        ("postes_plf_2024", "postes_circulaire_2025", ["MLG-BUD-001"]),
        ("postes_execute_2018_ai", "postes_execute_2019_aci", ["MLG-BUD-001"]),
        ("sous_action_0302_plf_2024", "iae_plf_2026", ["MLG-BUD-001"]),
        ("postes_lfi_2023", "postes_2023_rehaussement", ["MLG-BUD-001", "MLG-BUD-002", "MLG-BUD-004"]),
        ("postes_lfi_2023", "postes_lfi_2026", ["MLG-BUD-003"]),
        ("postes_execute_2014", "postes_execute_2015", ["MLG-BUD-003", "MLG-BUD-003"]),
        ("iae_plf_2026", "iae_plf_2026_avis", ["MLG-BUD-004"]),
    ],
)  # fmt: skip
def test_different_lines_are_refused_with_every_reason(a: str, b: str, codes: list[str]) -> None:
    assert refusal(a, b) == codes


def test_the_refusal_says_why_in_french() -> None:
    with pytest.raises(SaisieInvalide) as caught:
        chainer(BUDGET.get_ligne("postes_fdi_lfi_2021"), BUDGET.get_ligne("postes_lfi_2022"))
    phrase = caught.value.anomalies[0].quoi
    assert guillemets("aides aux postes et fonds de développement de l’inclusion (FDI)") in phrase
    assert f"contre {guillemets('aides aux postes seules')}" in phrase
    assert "2021" in phrase
    assert "2022" in phrase


def test_same_perimeter_has_no_difference() -> None:
    ligne = BUDGET.get_ligne("postes_lfi_2022")
    assert explain_differences(ligne, ligne) == ()


@pytest.mark.parametrize(
    "autre",
    [
        {"objet": Objet.FDI},
        {"type_siae": "AI"},
        {"stade": Stade.EXECUTION},
        {"credits": Credits.AE},
        {"mise_en_reserve": MiseEnReserve.AVANT},
        {"nature": Nature.VARIATION},
    ],
    ids=lambda autre: next(iter(autre)),
)
def test_each_part_of_the_perimeter_is_enough_to_refuse(autre: dict[str, Any]) -> None:
    ligne = BUDGET.get_ligne("postes_lfi_2022")
    suivante = replace(ligne, annee=2023, perimetre=replace(ligne.perimetre, **autre))
    assert len(explain_differences(ligne, suivante)) == 1
    with pytest.raises(SaisieInvalide, match="MLG-BUD-001"):
        chainer(ligne, suivante)
