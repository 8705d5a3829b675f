"""What is typed, what is missing, what two people type at once."""

from __future__ import annotations

from decimal import Decimal

import pytest
from factories.questionnaires import make_definition, nombre

from maillage.web.questionnaire.modele.definition import Choix, Forme, Genre, Question, Regle
from maillage.web.questionnaire.modele.etat import examine, is_broken, list_posees, measure
from maillage.web.questionnaire.modele.fusion import Envoi, merge, read_envois, sign
from maillage.web.questionnaire.modele.preremplissage import Connu, prefill
from maillage.web.questionnaire.modele.saisie import (
    Origine,
    ReponseIllisible,
    Saisie,
    Sans,
    format_saisie,
    read_saisie,
)

DEFINITION = make_definition()


def question(genre: Genre, **champs: object) -> Question:
    return Question("q", "Question ?", genre, **champs)  # type: ignore[arg-type]  # by name


@pytest.mark.parametrize(
    ("genre", "texte", "valeur"),
    [
        (Genre.ENTIER, "1\u202f250", "1250"),
        (Genre.ENTIER, "12,0", "12"),
        (Genre.ENTIER, "0", "0"),
        (Genre.DECIMAL, "12,50", "12.5"),
        (Genre.DECIMAL, ",5", "0.5"),
        (Genre.EUROS, "1 234,5 €", "1234.5"),
        (Genre.EUROS, "\N{MINUS SIGN}300", "-300"),
        (Genre.POURCENTAGE, "40 %", "40"),
        (Genre.OUI_NON, "non", "non"),
        (Genre.DATE, "31/12/2025", "2025-12-31"),
        (Genre.DATE, "2025-12-31", "2025-12-31"),
        (Genre.TEXTE, "  deux mots ", "deux mots"),
    ],
)
def test_what_is_typed_is_read(genre: Genre, texte: str, valeur: str) -> None:
    assert read_saisie(question(genre), [texte]) == Saisie((valeur,))


@pytest.mark.parametrize(
    ("genre", "texte"),
    [
        (Genre.ENTIER, "douze"),
        (Genre.ENTIER, "12,5"),
        (Genre.ENTIER, "1e3"),
        (Genre.ENTIER, "NaN"),
        (Genre.DECIMAL, "1" * 40),
        (Genre.OUI_NON, "peut-être"),
        (Genre.DATE, "31/02/2025"),
        (Genre.DATE, "hier"),
        (Genre.TEXTE, "a" * 5000),
    ],
)
def test_what_is_no_answer_is_told(genre: Genre, texte: str) -> None:
    with pytest.raises(ReponseIllisible):
        read_saisie(question(genre), [texte])


def test_limits_are_included() -> None:
    bornee = question(Genre.ENTIER, minimum=Decimal(1), maximum=Decimal(3))
    assert read_saisie(bornee, ["1"]) == nombre(1)
    assert read_saisie(bornee, ["3"]) == nombre(3)
    for texte in ("0", "4"):
        with pytest.raises(ReponseIllisible):
            read_saisie(bornee, [texte])


def test_unknown_is_not_zero_nor_nothing() -> None:
    entier = question(Genre.ENTIER)
    inconnue = read_saisie(entier, [""], "ne_sait_pas")
    assert inconnue is not None
    assert inconnue.sans is Sans.NE_SAIT_PAS
    assert inconnue.nombre is None
    assert read_saisie(entier, [""]) is None
    assert not inconnue.is_same(nombre(0))
    with pytest.raises(ReponseIllisible):
        read_saisie(entier, ["12"], "ne_sait_pas")
    with pytest.raises(ReponseIllisible):
        read_saisie(entier, [], "autre")


def test_an_answer_is_shown_in_french() -> None:
    assert format_saisie(question(Genre.EUROS), Saisie(("1234.5",))) == "1\u202f234,5\u202f€"
    assert format_saisie(question(Genre.DATE), Saisie(("2025-12-31",))) == "31 décembre 2025"
    assert format_saisie(question(Genre.ENTIER), None) == "pas de réponse"
    assert format_saisie(question(Genre.ENTIER), Saisie(sans=Sans.SANS_OBJET)) == "sans objet"
    choix = question(Genre.CHOIX_MULTIPLE, choix=(Choix("a", "Un"), Choix("b", "Deux")))
    assert format_saisie(choix, Saisie(("a", "b"))) == "Un, Deux"


def test_an_answer_is_kept_with_its_origin() -> None:
    saisie = Saisie(("3",), None, Origine.CONFIRMEE, "d’après la fiche")
    assert Saisie.from_json(saisie.to_json()) == saisie
    sans = Saisie(sans=Sans.SANS_OBJET)
    assert Saisie.from_json(sans.to_json()) == sans


def test_a_question_is_asked_when_the_answer_it_waits_for_is_given() -> None:
    codes = {q.code for q in list_posees(DEFINITION, {})}
    assert "loyer" not in codes
    codes = {q.code for q in list_posees(DEFINITION, {"locaux": Saisie(("oui",))})}
    assert "loyer" in codes
    codes = {q.code for q in list_posees(DEFINITION, {"locaux": Saisie(sans=Sans.NE_SAIT_PAS)})}
    assert "loyer" not in codes


def test_what_is_missing_and_what_disagrees() -> None:
    bilan = examine(DEFINITION, {"personnes": nombre(10), "femmes": nombre(11)})
    assert [q.code for q in bilan.manquantes] == ["locaux"]
    assert [r.code for r in bilan.bloquantes] == ["femmes_parmi"]
    assert not bilan.is_envoyable
    complet = {
        "personnes": nombre(10),
        "femmes": Saisie(sans=Sans.NE_SAIT_PAS),
        "locaux": Saisie(("non",)),
    }
    assert examine(DEFINITION, complet).is_envoyable
    assert measure(list_posees(DEFINITION, complet), complet).pourcentage == 50


def test_rules_compare_to_the_cent_and_say_nothing_of_what_is_unknown() -> None:
    somme = Regle("r", Forme.SOMME, ("a", "b"), "c", "Somme")
    trois = {"a": Saisie(("0.1",)), "b": Saisie(("0.2",)), "c": Saisie(("0.3",))}
    assert not is_broken(somme, trois)
    assert is_broken(somme, trois | {"c": Saisie(("0.31",))})
    assert not is_broken(somme, trois | {"c": Saisie(sans=Sans.NE_SAIT_PAS)})


def test_what_is_known_is_proposed_with_its_source() -> None:
    connu = Connu(
        commune="35238",
        annee_precedente=2025,
        precedentes={
            "personnes": nombre(42),
            "femmes": Saisie(sans=Sans.NE_SAIT_PAS),
            "locaux": Saisie(("peut-être",)),
        },
    )
    proposees = prefill(DEFINITION, connu)
    assert set(proposees) == {"personnes", "commune"}
    assert proposees["personnes"].valeurs == ("42",)
    assert "2025" in proposees["personnes"].source
    assert "fiche" in proposees["commune"].source
    assert {saisie.origine for saisie in proposees.values()} == {Origine.PREREMPLIE}


QUESTIONS = list(DEFINITION.sections[0].questions)


def test_a_prefilled_answer_sent_as_it_is_is_confirmed() -> None:
    proposee = Saisie(("42",), None, Origine.PREREMPLIE, "d’après 2025")
    fusion = merge(QUESTIONS, {"personnes": Envoi(("42",))}, {}, {"personnes": proposee})
    assert fusion.saisies["personnes"].origine is Origine.CONFIRMEE
    assert fusion.saisies["personnes"].source == "d’après 2025"
    fusion = merge(QUESTIONS, {"personnes": Envoi(("43",))}, {}, {"personnes": proposee})
    assert fusion.saisies["personnes"].origine is Origine.SAISIE


def test_two_people_on_the_same_section_lose_nothing() -> None:
    depart = {"personnes": nombre(10)}
    base = sign(depart["personnes"])
    # the first changes « personnes », the second, from the same page, only « femmes »
    un = merge(QUESTIONS, {"personnes": Envoi(("12",), "", base)}, depart, {})
    deux = merge(
        QUESTIONS,
        {"personnes": Envoi(("10",), "", base), "femmes": Envoi(("4",))},
        un.saisies,
        {},
    )
    assert deux.erreurs == {}
    assert deux.saisies["personnes"] == nombre(12)
    assert deux.saisies["femmes"] == nombre(4)


def test_what_both_changed_is_asked_again() -> None:
    un = {"personnes": nombre(12)}
    deux = merge(QUESTIONS, {"personnes": Envoi(("15",), "", sign(nombre(10)))}, un, {})
    assert deux.saisies == un
    assert "12" in deux.erreurs["personnes"]
    # drawn again with what is kept now, the second answer holds
    trois = merge(QUESTIONS, {"personnes": Envoi(("15",), "", sign(nombre(12)))}, un, {})
    assert trois.saisies["personnes"] == nombre(15)


def test_what_is_wrong_changes_nothing_and_the_rest_is_kept() -> None:
    fusion = merge(
        QUESTIONS,
        {"personnes": Envoi(("beaucoup",), "", sign(nombre(1))), "femmes": Envoi(("4",))},
        {"personnes": nombre(1)},
        {},
    )
    assert set(fusion.erreurs) == {"personnes"}
    assert fusion.saisies == {"personnes": nombre(1), "femmes": nombre(4)}


def test_an_answer_that_is_emptied_goes() -> None:
    fusion = merge(QUESTIONS, {"femmes": Envoi((), "", sign(nombre(4)))}, {"femmes": nombre(4)}, {})
    assert fusion.saisies == {}
    assert fusion.changees == ["femmes"]


def test_a_form_is_read_with_its_radio_of_no_value() -> None:
    champs = {"q-locaux": ["@ne_sait_pas"], "b-locaux": ["x"], "q-loyer": ["3"]}
    assert read_envois(DEFINITION.questions, champs) == {"locaux": Envoi((), "ne_sait_pas", "x")}
