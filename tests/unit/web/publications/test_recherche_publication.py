"""Search in French: accents, plurals, elisions, and the extract that shows why a text answers."""

from __future__ import annotations

import pytest

from maillage.web.publications.texte.search import MOTS_VIDES, Extrait, excerpt, stem, stems


@pytest.mark.parametrize(
    "mots",
    [
        "département départements DEPARTEMENT Départements",
        "employé employés employée employees employe",
        "travail travaux",
        "régional régionaux régionale régionales",
        "financière financiers financer",
        "élu élus élue élues elu",
        "lieu lieux",
        "bureau bureaux",
        "cœur coeurs CŒUR",
        "aide aides aidé l’aide d'aide",
        "négocier négociation négociations",
        "salarié salariés salariée",
        "cheval chevaux",
        "bail baux",
    ],
)
def test_forms_of_a_word_share_their_stem(mots: str) -> None:
    assert len({stems(mot) for mot in mots.split()}) == 1, {mot: stems(mot) for mot in mots.split()}


@pytest.mark.parametrize(
    ("a", "b"), [("emploi", "employé"), ("poste", "postal"), ("loi", "loin"), ("35", "36")]
)
def test_different_words_keep_different_stems(a: str, b: str) -> None:
    assert stems(a) != stems(b)


def test_empty_words_are_passed_over_but_acronyms_are_not() -> None:
    assert stems("l’aide de la structure qu’il a") == ("aid", "structur")
    assert stems("une AI") == ("ai",)
    assert stems("ai") == ("ai",)
    assert stems("") == ()


def test_numbers_are_words_whatever_their_spaces() -> None:
    assert stems("1\u202f619") == stems("1 619") == stems("1619") == ("1619",)
    assert stems("2022 619") == ("2022", "619")


def test_a_stem_is_stable() -> None:
    for mot in ["departement", "employee", "travaux", "regionaux", "structuration", "negociations"]:
        assert stem(stem(mot)) == stem(mot)


TEXTE = (
    "Le conseil a siégé. " * 30
    + "Les départements négocient l’aide au poste.\n\n"
    + "Fin de séance. " * 30
)


def words_of(extrait: Extrait) -> list[str]:
    return [extrait.texte[debut:fin] for debut, fin in extrait.surlignages]


def test_an_extract_shows_the_words_asked_for() -> None:
    extrait = excerpt(TEXTE, "aides departement")
    assert words_of(extrait) == ["départements", "aide"]
    assert extrait.texte.startswith("… ")
    assert extrait.texte.endswith(" …")
    assert len(extrait.texte) < 260
    assert "\n" not in extrait.texte


def test_an_extract_of_a_short_text_is_the_text() -> None:
    assert excerpt("L’aide.", "poste") == Extrait("L’aide.", ())
    assert words_of(excerpt("L’aide.", "aides")) == ["aide"]


def test_an_extract_without_answer_is_the_beginning() -> None:
    extrait = excerpt(TEXTE, "zèbre")
    assert extrait.texte.startswith("Le conseil")
    assert extrait.surlignages == ()


def test_an_extract_prefers_the_place_where_several_words_meet() -> None:
    texte = "Le poste. " + "Rien du tout. " * 40 + "L’aide au poste."
    assert words_of(excerpt(texte, "aide poste", 100)) == ["aide", "poste"]


def test_one_long_word_is_cut_all_the_same() -> None:
    assert len(excerpt("a" * 900, "b", 100).texte) <= 102


def test_empty_words_are_folded() -> None:
    assert all(mot == mot.casefold() and mot.isascii() for mot in MOTS_VIDES)
