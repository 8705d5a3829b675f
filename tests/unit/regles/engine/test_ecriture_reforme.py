"""Reforms written by the program are read back as they were meant."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from maillage.kernel.errors import FichierInvalide
from maillage.kernel.money import Centimes
from maillage.regles.engine.application import apply_reforme
from maillage.regles.engine.ecriture_reforme import (
    CLE_MONTANT,
    SANS_SOURCE,
    ChangementMontant,
    set_hypotheses,
    write_changement,
)
from maillage.regles.engine.lecture_reforme import parse_reforme
from maillage.regles.engine.legislation import load_legislation
from maillage.regles.engine.noeuds import PROFONDEUR_MAX, parse_noeud

AI = "aide_au_poste.montant_socle.AI"
CHANGEMENT = ChangementMontant(
    chemin=AI,
    code="montant_ai",
    quoi="Aide au poste des AI",
    montant=Centimes(2_000_00),
    du=date(2026, 1, 1),
    au=date(2026, 12, 31),
    source="",
    indetermine=("Rien de plus n’est dit.",),
)


def test_the_amount_is_the_one_that_the_rules_then_read() -> None:
    reforme = parse_reforme(write_changement(CHANGEMENT), "essai")
    loi = apply_reforme(load_legislation(), reforme)
    assert loi.resolve(AI, date(2026, 1, 1)).valeur == 2000
    assert loi.resolve(AI, date(2025, 12, 31)).valeur == 1619
    assert reforme.titre == "Aide au poste des AI, nouveau montant au 1er janvier 2026"
    # the title would lie once the hypothesis is changed
    assert "2000" not in reforme.titre + reforme.hypotheses[CLE_MONTANT].phrase
    assert reforme.source[0].titre == SANS_SOURCE
    assert reforme.indetermine == CHANGEMENT.indetermine


@pytest.mark.parametrize(("centimes", "attendu"), [(1_619_50, 1619.5), (1_619_05, 1619.05)])
def test_cents_are_kept(centimes: int, attendu: float) -> None:
    texte = write_changement(replace(CHANGEMENT, montant=Centimes(centimes)))
    assert parse_reforme(texte, "essai").hypotheses[CLE_MONTANT].valeur == attendu


@pytest.mark.parametrize(
    ("source", "lue"),
    [
        ('Dit « à l’oral » : "oui" # non', 'Dit « à l’oral » : "oui" # non'),
        ("une\nligne\x07 de trop\x9b", "uneligne de trop"),
        ("avec\u202fespace", "avec\u202fespace"),
        ("*alias &ancre !tag", "*alias &ancre !tag"),
    ],
)
def test_what_a_person_types_never_becomes_grammar(source: str, lue: str) -> None:
    reforme = parse_reforme(write_changement(replace(CHANGEMENT, source=source)), "essai")
    assert reforme.source[0].titre == lue


def test_a_changed_hypothesis_keeps_comments_and_layout() -> None:
    texte = "# note\n" + write_changement(CHANGEMENT)
    autre = set_hypotheses(texte, {CLE_MONTANT: 2500.5, "absente": 1})
    assert autre == texte.replace("valeur: 2000", "valeur: 2500.5")


@pytest.mark.parametrize("texte", ["[]", "", "hypotheses: 5", "hypotheses: {a: {valeur: [1]}}"])
def test_a_text_without_that_hypothesis_is_left_alone(texte: str) -> None:
    assert set_hypotheses(texte, {"a": 1}) == texte


def test_a_text_that_is_no_yaml_is_refused() -> None:
    with pytest.raises(FichierInvalide):
        set_hypotheses("a: [", {"a": 1})


@pytest.mark.parametrize(
    ("texte", "mot"),
    [
        ("a: &x [1]\nb: *x", "alias"),
        ("{a: &a [*a]}", "alias"),
        ("a: !!timestamp foo", "étiquette"),
        ("[" * 50_000, "niveaux"),
        ("[" * (PROFONDEUR_MAX + 1) + "]" * (PROFONDEUR_MAX + 1), "niveaux"),
    ],
)
def test_what_would_grow_without_end_is_refused_with_its_place(texte: str, mot: str) -> None:
    """A text of three lines with aliases of aliases would have filled the memory."""
    with pytest.raises(FichierInvalide) as refus:
        parse_noeud(texte, "essai")
    (anomalie,) = refus.value.anomalies
    assert anomalie.code == "MLG-REG-110"
    assert mot in anomalie.quoi
    assert "ligne" in anomalie.ou


def test_the_deepest_text_that_is_admitted_is_read() -> None:
    texte = "[" * PROFONDEUR_MAX + "]" * PROFONDEUR_MAX
    assert parse_noeud(texte, "essai").contenu != ()


@pytest.mark.parametrize(
    ("valeur", "quoi"),
    [("9" * 400, "trop grand"), ("1000000001", "trop grand"), (".inf", "pas un nombre")],
)
def test_a_number_that_no_amount_can_hold_is_refused(valeur: str, quoi: str) -> None:
    texte = write_changement(CHANGEMENT).replace("valeur: 2000", f"valeur: {valeur}")
    with pytest.raises(FichierInvalide) as refus:
        parse_reforme(texte, "essai")
    assert [a.code for a in refus.value.anomalies] == ["MLG-REG-105"]
    assert quoi in refus.value.anomalies[0].quoi


@pytest.mark.parametrize("valeur", ["1000000000", "-1000000000"])
def test_the_largest_number_is_read(valeur: str) -> None:
    texte = write_changement(CHANGEMENT).replace("valeur: 2000", f"valeur: {valeur}")
    assert parse_reforme(texte, "essai").hypotheses[CLE_MONTANT].valeur == int(valeur)


@pytest.mark.parametrize(
    "chemin",
    [
        "versement.plafond",
        "versement.mois_regularisation",
        "cotisations.ai_exoneration_750h.fin",
        "mise_a_disposition.derogation_prefet.ouverte",
        "smic.semaines_par_mois",
    ],
)
@pytest.mark.parametrize("ratio", [True, False])
def test_only_a_number_is_multiplied_or_given_by_a_hypothesis(chemin: str, *, ratio: bool) -> None:
    """A ratio on a word used to stop the program."""
    texte = write_changement(replace(CHANGEMENT, chemin=chemin))
    if ratio:
        texte = texte.replace("values:", "ratios:").replace("hypothese: montant", "value: 0.5")
    with pytest.raises(FichierInvalide) as refus:
        parse_reforme(texte, "essai")
    (anomalie,) = refus.value.anomalies
    assert anomalie.code == "MLG-REG-105"
    assert chemin in anomalie.quoi
    assert "ligne" in anomalie.ou
