"""A definition is read whole or refused with everything that is wrong in it."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from factories.questionnaires import brut, make_definition

from maillage.kernel.errors import FichierInvalide, SaisieInvalide
from maillage.web.questionnaire.modele import edition
from maillage.web.questionnaire.modele.definition import (
    Choix,
    Forme,
    Genre,
    Question,
    Regle,
    Section,
    write_definition,
)
from maillage.web.questionnaire.modele.echange import OCTETS_MAX, dump, load
from maillage.web.questionnaire.modele.lecture import read_definition


def codes_of(spoilt: object) -> list[str]:
    with pytest.raises(SaisieInvalide) as refus:
        read_definition(spoilt)
    return [anomalie.code for anomalie in refus.value.anomalies]


def test_what_is_written_is_read_again() -> None:
    definition = make_definition()
    assert read_definition(write_definition(definition)) == definition
    personnes = definition.find_question("personnes")
    assert personnes is not None
    assert (personnes.minimum, personnes.maximum) == (Decimal(0), Decimal(5000))


@pytest.mark.parametrize("extension", ["yaml", "json"])
def test_a_file_gives_the_definition_that_was_exported(extension: str) -> None:
    assert load(dump(make_definition(), extension).encode()) == make_definition()


def test_every_problem_is_told_at_once() -> None:
    spoilt = brut()
    premiere, seconde = spoilt["sections"]
    premiere["couleur"] = "bleu"
    premiere["questions"][0]["genre"] = "nombre"
    premiere["questions"][1]["code"] = "Femmes !"
    premiere["questions"][1]["minimum"] = 9
    premiere["questions"][1]["maximum"] = 3
    seconde["questions"][2]["si"] = {"question": "locaux", "vaut": "peut-être"}
    seconde["questions"][3]["choix"] = []
    trouves = codes_of(spoilt)
    assert sorted(set(trouves)) == [
        "MLG-QST-002",
        "MLG-QST-003",
        "MLG-QST-004",
        "MLG-QST-005",
        "MLG-QST-006",
    ]
    # kind, limits, limits of a text (the kind that could not be read), choices
    assert trouves.count("MLG-QST-004") >= 3


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda d: d["sections"][0].update(titre=""), "MLG-QST-002"),
        (lambda d: d.update(regles="aucune"), "MLG-QST-002"),
        (lambda d: d["sections"][0]["questions"][0].update(libelle=3), "MLG-QST-002"),
        (lambda d: d["sections"][0]["questions"][0].update(obligatoire="oui"), "MLG-QST-002"),
        (lambda d: d["sections"][0]["questions"][0].update(minimum="beaucoup"), "MLG-QST-004"),
        (lambda d: d["sections"][0]["questions"][2].update(maximum=4), "MLG-QST-004"),
        (lambda d: d["sections"][1]["questions"].reverse(), "MLG-QST-005"),
        (lambda d: d["sections"][1].update(code="activite"), "MLG-QST-003"),
        (lambda d: d["regles"][0].update(termes=["femmes", "produits"]), "MLG-QST-006"),
        (lambda d: d["regles"][0].update(termes=["commune"]), "MLG-QST-006"),
        (lambda d: d["regles"][0].update(total="femmes"), "MLG-QST-006"),
        (lambda d: d["regles"][0].update(forme="égal"), "MLG-QST-006"),
        (lambda d: d["regles"][0].update(message=""), "MLG-QST-002"),
    ],
)
def test_each_problem_has_its_code(change: Any, code: str) -> None:
    spoilt = brut()
    change(spoilt)
    assert set(codes_of(spoilt)) == {code}


def test_what_is_no_mapping_is_refused() -> None:
    assert codes_of(["sections"]) == ["MLG-QST-002"]


@pytest.mark.parametrize(
    "contenu",
    [
        b"\xff\xfe",
        b"sections: [",
        b"a: &a [1]\nb: *a\n",
        b"[" * 100_000,
        b"- " * 100_000,
        b" " * (OCTETS_MAX + 1),
        b"!!python/object/apply:os.system ['true']",
    ],
)
def test_a_file_that_is_none_is_refused_cleanly(contenu: bytes) -> None:
    with pytest.raises(FichierInvalide, match="MLG-QST-001"):
        load(contenu)


def test_json_is_read_with_its_byte_order_mark() -> None:
    assert load(b"\xef\xbb\xbf" + json.dumps(brut()).encode()) == make_definition()


def test_sections_and_questions_are_added_changed_moved_and_removed() -> None:
    definition = edition.put_section(make_definition(), "", Section("suite", "Suite"))
    definition = edition.put_question(
        definition, "suite", "", Question("avis", "Un avis ?", Genre.TEXTE)
    )
    assert [section.code for section in definition.sections] == ["activite", "moyens", "suite"]
    assert [q.code for q in definition.sections[2].questions] == ["avis"]
    definition = edition.put_question(
        definition, "suite", "avis", Question("avis", "Votre avis ?", Genre.TEXTE)
    )
    assert definition.find_question("avis") == Question("avis", "Votre avis ?", Genre.TEXTE)
    definition = edition.move(definition, "suite", "section", -1)
    assert [section.code for section in definition.sections] == ["activite", "suite", "moyens"]
    definition = edition.move(definition, "personnes", "question", 1)
    assert [q.code for q in definition.sections[0].questions][:2] == ["femmes", "personnes"]
    definition = edition.remove(definition, "suite", "section")
    assert [section.code for section in definition.sections] == ["activite", "moyens"]
    assert edition.move(definition, "activite", "section", -1) == definition


def test_what_something_hangs_on_is_not_removed_nor_moved_after_it() -> None:
    with pytest.raises(SaisieInvalide, match="MLG-QST-005"):
        edition.remove(make_definition(), "locaux", "question")
    with pytest.raises(SaisieInvalide, match="MLG-QST-006"):
        edition.remove(make_definition(), "femmes", "question")
    with pytest.raises(SaisieInvalide, match="MLG-QST-005"):
        edition.move(make_definition(), "locaux", "question", 1)
    sans = edition.remove(make_definition(), "femmes_parmi", "regle")
    assert edition.remove(sans, "femmes", "question").find_question("femmes") is None


def test_a_rule_is_added_and_changed() -> None:
    regle = Regle(
        "autre", Forme.SOMME, ("femmes", "personnes"), "produits", "Somme", is_bloquante=True
    )
    definition = edition.put_regle(make_definition(), "", regle)
    assert definition.regles[-1] == regle
    with pytest.raises(SaisieInvalide, match="MLG-QST-003"):
        edition.put_regle(definition, "", regle)


def test_a_correction_never_changes_what_an_answer_means() -> None:
    avant = make_definition()
    edition.check_erratum(
        avant,
        edition.put_question(
            avant, "moyens", "produits", Question("produits", "Total des produits", Genre.EUROS)
        ),
    )
    with pytest.raises(SaisieInvalide, match="MLG-QST-012"):
        edition.check_erratum(
            avant,
            edition.put_question(
                avant, "moyens", "produits", Question("produits", "Produits", Genre.TEXTE)
            ),
        )
    moins = Question(
        "freins",
        "Qu’est-ce qui manque ?",
        Genre.CHOIX_MULTIPLE,
        choix=(Choix("mobilite", "La mobilité"), Choix("temps", "Le temps")),
    )
    with pytest.raises(SaisieInvalide, match="MLG-QST-012"):
        edition.check_erratum(avant, edition.put_question(avant, "moyens", "freins", moins))
