"""Parameter files: a value without its pedigree, or of the wrong kind, is refused by line."""

from __future__ import annotations

import pytest

from maillage.kernel.errors import FichierInvalide
from maillage.regles.engine.lecture import Lecteur, _check_renvois, read_arbre, read_references
from maillage.regles.engine.noeuds import parse_noeud

JUSTE = """\
description: Essai
metadata:
  unit: EUR
values:
  2020-01-01:
    value: 10
    metadata:
      reference: ARR_2014
      confidence: B
      publication: null
      last_checked: 2026-11-23
"""


def problems(texte: str) -> list[str]:
    lecteur = Lecteur(read_references())
    read_arbre(parse_noeud(texte, "essai.yaml"), "essai", lecteur)
    return [anomalie.code for anomalie in lecteur.anomalies]


def test_a_full_value_has_no_problem() -> None:
    assert problems(JUSTE) == []


@pytest.mark.parametrize(
    ("avant", "apres", "code"),
    [
        ("      reference: ARR_2014\n", "", "107"),
        ("ARR_2014", "ARR_1914", "107"),
        ("reference: ARR_2014", "reference: {href: x}", "107"),
        ("      confidence: B\n", "", "102"),
        ("confidence: B", "confidence: D", "102"),
        ("      last_checked: 2026-11-23\n", "", "102"),
        ("last_checked: 2026-11-23", "last_checked: demain", "104"),
        ("last_checked: 2026-11-23", "last_checked: 2026-02-30", "104"),
        ("    value: 10\n", "", "102"),
        ("value: 10", "value: dix", "105"),
        ("value: 10", "value: true", "105"),
        ("value: 10", "value: .nan", "105"),
        ("2020-01-01", "2020-13-01", "104"),
        ("unit: EUR", "unit: francs", "109"),
        ("unit: EUR\n", "unit: mois\n", None),
        ("value: 10", "value: 10.5", None),
        ("value: 10", "value: null", None),
    ],
)
def test_each_fault_has_its_code(avant: str, apres: str, code: str | None) -> None:
    attendus = [] if code is None else [f"MLG-REG-{code}"]
    assert problems(JUSTE.replace(avant, apres))[:1] == attendus


@pytest.mark.parametrize(
    ("unite", "valeur", "juste"),
    [
        ("mois", "1.5", False),
        ("fraction", "52/12", True),
        ("fraction", "52/0", False),
        ("date", "2020-01-01", True),
        ("date", "hier", False),
        ("oui/non", "true", True),
        ("oui/non", "1", False),
        ("texte", "mot", True),
        ("texte", "1", False),
        ("liste", "[5, 8, mot]", True),
        ("liste", "3", False),
    ],
)
def test_a_value_is_of_the_kind_of_its_unit(unite: str, valeur: str, juste: bool) -> None:  # noqa: FBT001 — a row of the table
    texte = JUSTE.replace("unit: EUR", f"unit: {unite}").replace("value: 10", f"value: {valeur}")
    assert (problems(texte) == []) is juste


def test_no_value_at_all_is_a_problem() -> None:
    assert "MLG-REG-102" in problems("description: Essai\nmetadata: {unit: EUR}\nvalues: {}\n")


def test_problems_stop_the_reading() -> None:
    lecteur = Lecteur(read_references())
    lecteur.check()
    read_arbre(parse_noeud(JUSTE.replace("ARR_2014", "X"), "essai.yaml"), "essai", lecteur)
    with pytest.raises(FichierInvalide, match=r"MLG-REG-107.*essai.yaml, ligne 8"):
        lecteur.check()


def test_a_reference_to_a_parameter_that_does_not_exist_is_a_problem() -> None:
    lecteur = Lecteur(read_references())
    texte = JUSTE.replace("value: 10", "parametre: essai.rien")
    _check_renvois(read_arbre(parse_noeud(texte, "essai.yaml"), "essai", lecteur), lecteur)
    assert [anomalie.code for anomalie in lecteur.anomalies] == ["MLG-REG-106"]


def test_a_gap_needs_a_first_day() -> None:
    texte = JUSTE.replace("  unit: EUR", "  unit: EUR\n  lacunes:\n  - {du: hier, phrase: Rien}")
    assert problems(texte) == ["MLG-REG-104"]
