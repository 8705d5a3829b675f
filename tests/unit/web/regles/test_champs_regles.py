"""Fields of the small forms: every problem at its field, nothing coerced in silence."""

from __future__ import annotations

from decimal import Decimal

import pytest

from maillage.web.regles.champs import LIGNES_MAX, Champ, Formulaire, parse_nombre, read_formulaire

CHAMPS = (
    Champ("nombre", "Un nombre"),
    Champ("jour", "Un jour", facultatif=True),
    Champ("choix", "Un choix", options={"a": "Le premier", "b": "Le second"}),
    Champ("lignes", "Une liste", long=True),
)


def read(**textes: str) -> Formulaire:
    return read_formulaire(CHAMPS, textes)


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        ("1820", Decimal(1820)),
        ("1 820,5", Decimal("1820.5")),
        ("1\u202f820.50", Decimal("1820.50")),
        ("0", Decimal(0)),
        ("-1", None),
        ("1,2,3", None),
        ("1e5", None),
        ("１２", None),
        ("", None),
        ("douze", None),
    ],
)
def test_a_number_is_read_as_french_writes_it(texte: str, attendu: Decimal | None) -> None:
    assert parse_nombre(texte) == attendu


@pytest.mark.parametrize(
    ("texte", "code"), [("", "MLG-WEB-040"), ("x", "MLG-WEB-040"), ("11", "MLG-WEB-041")]
)
def test_a_wrong_number_is_told_at_its_field(texte: str, code: str) -> None:
    formulaire = read(nombre=texte, choix="a")
    assert formulaire.read_nombre("nombre", 10) is None
    assert [a.code for a in formulaire.erreurs.par_champ["nombre"]] == [code]


def test_zero_is_refused_where_it_divides() -> None:
    formulaire = read(nombre="0")
    assert formulaire.read_nombre("nombre", 10) == 0
    assert formulaire.read_nombre("nombre", 10, positif=True) is None
    assert "nul" in formulaire.erreurs.par_champ["nombre"][0].quoi


def test_a_field_that_may_stay_empty_does() -> None:
    formulaire = read()
    assert formulaire.est_vide
    assert formulaire.read_jour("jour") is None
    assert not formulaire.erreurs


@pytest.mark.parametrize(
    ("texte", "quoi"), [("", "Il manque un choix."), ("z", "pas dans la liste")]
)
def test_a_choice_is_never_guessed(texte: str, quoi: str) -> None:
    formulaire = read(choix=texte)
    assert formulaire.read_choix("choix") == ""
    (anomalie,) = formulaire.erreurs.par_champ["choix"]
    assert quoi in anomalie.quoi
    assert "Le premier" in anomalie.que_faire


def test_lines_are_counted_before_they_are_read() -> None:
    formulaire = read(lignes="\n".join(["1"] * (LIGNES_MAX + 1)))
    assert formulaire.read_lignes("lignes") == []
    assert [a.code for a in formulaire.erreurs.par_champ["lignes"]] == ["MLG-WEB-044"]
    assert read(lignes="\n".join(["1"] * LIGNES_MAX)).read_lignes("lignes") == ["1"] * LIGNES_MAX
    vide = read()
    assert vide.read_lignes("lignes") == []
    assert "vide" in vide.erreurs.par_champ["lignes"][0].quoi


def test_problems_are_summed_up_in_the_order_of_the_form() -> None:
    formulaire = read(nombre="x", choix="z", lignes="?")
    formulaire.refuse_ligne("lignes", "?", "Écrivez autre chose.")
    formulaire.read_choix("choix")
    formulaire.read_nombre("nombre", 10)
    resume = formulaire.to_context()["champs"]
    assert isinstance(resume, list)
    assert [(c["nom"], c["libelle"]) for c in resume] == [
        ("nombre", "Un nombre"),
        ("choix", "Un choix"),
        ("lignes", "Une liste"),
    ]
