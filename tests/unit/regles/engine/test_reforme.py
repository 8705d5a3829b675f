"""Reforms: read with their lines, refused with every problem, applied beside the law."""

from __future__ import annotations

from datetime import date

import pytest

from maillage.kernel.errors import FichierInvalide, Introuvable
from maillage.regles.engine.application import apply_reforme
from maillage.regles.engine.choix import Choix
from maillage.regles.engine.erreurs import PeriodeNonModelisee
from maillage.regles.engine.lecture_reforme import list_reformes, load_reforme, parse_reforme
from maillage.regles.engine.legislation import load_legislation

LOI = load_legislation()
AI = "aide_au_poste.montant_socle.AI"
ACI = "aide_au_poste.montant_socle.ACI"

TEXTE = """\
code: essai
titre: Un essai
source:
  title: Un amendement
  href: https://exemple.fr/amendement
valable_jusqu_au: 2026-12-31
indetermine:
- La source ne dit pas la date d’effet.
hypotheses:
  montant:
    phrase: Le montant demandé.
    valeur: 4000
changements:
- chemin: aide_au_poste.montant_socle.AI
  values:
    2025-07-01:
      hypothese: montant
- chemin: aide_au_poste.montant_socle.ACI
  ratios:
    2024-06-01:
      value: 0.9
      arrondi: euro
"""

FAUX = """\
code: essai
titre: Un essai
valable_jusqu_au: 2026-12-31
indetermine: []
hypothese: {}
changements:
- chemin: aide_au_poste.montant_socl.AI
  values:
    2025-07-01: {value: 4000}
- chemin: aide_au_poste.montant_socle.AI
  values:
    2025-02-30: {value: 4000}
    2025-03-01: {value: quatre mille}
    2027-03-01: {value: 1}
    2025-04-01: {hypothese: montant}
    2025-05-01: {value: .inf, hypothese: montant}
- chemin: aide_au_poste.montant_socle.EI
- chemin: aide_au_poste.montant_socle.EI
  ratios:
    2025-01-01: {value: 0.9, arrondi: dizaine}
- ratios:
    2025-01-01: {value: 0.9}
- chemin: aide_au_poste.montant_socle.ETTI
  values:
    2025-01-01: {value: null}
"""


def test_a_reform_sets_its_value_and_says_it_is_no_law() -> None:
    loi = apply_reforme(LOI, parse_reforme(TEXTE, "essai.yaml"))
    legale = loi.resolve(AI, date(2025, 7, 1))
    assert legale.valeur == 4000
    assert legale.reforme == "essai"
    assert "pas le droit" in legale.avertissement
    assert legale.reference.titre == "Un amendement"
    assert loi.reformes == ("essai",)


def test_before_the_reform_the_law_is_untouched_and_the_law_itself_too() -> None:
    loi = apply_reforme(LOI, parse_reforme(TEXTE, "essai.yaml"))
    assert loi.resolve(AI, date(2025, 6, 30)) == LOI.resolve(AI, date(2025, 6, 30))
    assert LOI.resolve(AI, date(2025, 7, 1)).valeur == 1619


def test_a_reform_holds_until_its_last_day() -> None:
    loi = apply_reforme(LOI, parse_reforme(TEXTE, "essai.yaml"))
    assert loi.resolve(AI, date(2026, 12, 31)).valeur == 4000
    with pytest.raises(PeriodeNonModelisee, match="la réforme essai ne dit rien au-delà"):
        loi.resolve(AI, date(2027, 1, 1))


def test_a_ratio_follows_each_later_step_of_the_law_and_stops_with_it() -> None:
    loi = apply_reforme(LOI, parse_reforme(TEXTE, "essai.yaml"))
    assert loi.resolve(ACI, date(2024, 5, 31)).valeur == 23458
    assert loi.resolve(ACI, date(2024, 6, 1)).valeur == 21112
    assert loi.resolve(ACI, date(2024, 11, 1)).valeur == 21529
    with pytest.raises(PeriodeNonModelisee, match="que la réforme multiplie"):
        loi.resolve(ACI, date(2026, 1, 1))


def test_a_ratio_of_a_projection_carries_the_projection() -> None:
    projetee = LOI.with_choix(Choix.projection_smic())
    loi = apply_reforme(projetee, parse_reforme(TEXTE, "essai.yaml"))
    legale = loi.resolve(ACI, date(2026, 1, 1))
    assert legale.valeur == 21783
    assert "Projection" in legale.avertissement
    assert "réforme essai" in legale.avertissement


def test_a_ratio_may_rest_on_the_value_of_a_past_day() -> None:
    texte = TEXTE.replace("2024-06-01:", "2026-01-01:").replace("arrondi: euro", "base: 2025-12-31")
    loi = apply_reforme(LOI, parse_reforme(texte, "essai.yaml"))
    assert loi.resolve(ACI, date(2026, 1, 1)).valeur == 21528.9


def test_a_reform_that_starts_after_the_law_is_known_leaves_the_gap() -> None:
    texte = TEXTE.replace("2025-07-01:", "2026-07-01:")
    loi = apply_reforme(LOI, parse_reforme(texte, "essai.yaml"))
    with pytest.raises(PeriodeNonModelisee, match="4 décembre 2024"):
        loi.resolve(AI, date(2026, 6, 30))
    assert loi.resolve(AI, date(2026, 7, 1)).valeur == 4000


def test_a_ratio_of_an_unknown_value_is_refused() -> None:
    reforme = parse_reforme(TEXTE.replace("2024-06-01:", "2026-06-01:"), "essai.yaml")
    with pytest.raises(PeriodeNonModelisee, match="l’ACI au 1er juin 2026"):
        apply_reforme(LOI, reforme)


def test_a_hypothesis_can_be_changed() -> None:
    reforme = parse_reforme(TEXTE, "essai.yaml").with_hypothese("montant", 3238)
    assert apply_reforme(LOI, reforme).resolve(AI, date(2025, 7, 1)).valeur == 3238
    with pytest.raises(Introuvable, match=r"MLG-REG-012.*montant"):
        reforme.with_hypothese("rien", 1)


def test_a_gap_inside_the_reform_is_filled_by_it() -> None:
    texte = TEXTE.replace("montant_socle.AI", "montant_socle.EITI").replace(
        "2025-07-01:", "2023-03-01:"
    )
    loi = apply_reforme(LOI, parse_reforme(texte, "essai.yaml"))
    assert loi.resolve("aide_au_poste.montant_socle.EITI", date(2023, 3, 1)).valeur == 4000
    with pytest.raises(PeriodeNonModelisee):
        loi.resolve("aide_au_poste.montant_socle.EITI", date(2023, 2, 28))


def test_every_problem_is_told_at_once_with_its_line() -> None:
    with pytest.raises(FichierInvalide) as refus:
        parse_reforme(FAUX, "faux.yaml")
    trouves = {(a.code, a.ou.split(", ")[1]) for a in refus.value.anomalies}
    assert trouves == {
        ("MLG-REG-107", "ligne 1"),
        ("MLG-REG-103", "ligne 5"),
        ("MLG-REG-106", "ligne 7"),
        ("MLG-REG-104", "ligne 12"),
        ("MLG-REG-105", "ligne 13"),
        ("MLG-REG-104", "ligne 3"),
        ("MLG-REG-108", "ligne 15"),
        ("MLG-REG-102", "ligne 16"),
        ("MLG-REG-108", "ligne 16"),
        ("MLG-REG-102", "ligne 17"),
        ("MLG-REG-105", "ligne 20"),
        ("MLG-REG-102", "ligne 21"),
        ("MLG-REG-105", "ligne 25"),
    }
    assert all(a.ou.startswith("faux.yaml") for a in refus.value.anomalies)
    assert "Vouliez-vous dire aide_au_poste.montant_socle.AI" in str(refus.value)


@pytest.mark.parametrize("texte", ["a: [", "a: 1\na: 2\n"])
def test_what_is_not_yaml_is_refused_with_its_place(texte: str) -> None:
    with pytest.raises(FichierInvalide, match=r"MLG-REG-101.*ligne"):
        parse_reforme(texte, "faux.yaml")


def test_an_empty_file_says_what_it_lacks() -> None:
    with pytest.raises(FichierInvalide, match=r"MLG-REG-102.*changements"):
        parse_reforme("", "vide.yaml")


def test_an_unknown_reform_is_refused() -> None:
    with pytest.raises(Introuvable, match="MLG-REG-013"):
        load_reforme("aucune-de-ce-nom")


def test_the_reforms_that_come_with_the_program_are_valid() -> None:
    for code in list_reformes():
        assert load_reforme(code).code == code


def test_a_ratio_holds_to_the_last_day_of_the_reform_where_the_law_is_known() -> None:
    texte = TEXTE.replace("valable_jusqu_au: 2026-12-31", "valable_jusqu_au: 2025-12-31")
    loi = apply_reforme(LOI, parse_reforme(texte, "essai.yaml"))
    assert loi.leaf(ACI).lacunes == ()
    assert loi.resolve(ACI, date(2025, 12, 31)).valeur == 21529


def test_two_changes_of_one_parameter_follow_each_other() -> None:
    texte = TEXTE + "    2025-01-01:\n      value: 0.8\n"
    loi = apply_reforme(LOI, parse_reforme(texte, "essai.yaml"))
    assert loi.resolve(ACI, date(2024, 12, 31)).valeur == 21529
    assert loi.resolve(ACI, date(2025, 1, 1)).valeur == 19136.8
