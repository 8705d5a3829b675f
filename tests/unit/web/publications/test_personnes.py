"""Names: who is hidden, who is not, and what only looks like a name. All of them are invented."""

from __future__ import annotations

import pytest
from factories.publications import ANNUAIRE

from maillage.web.publications.texte.personnes import Annuaire, Personne


def found(texte: str, annuaire: Annuaire = ANNUAIRE, *, casse: bool = True) -> list[str]:
    return [texte[nom.debut : nom.fin] for nom in annuaire.find_noms(texte, casse=casse)]


@pytest.mark.parametrize(
    ("texte", "noms"),
    [
        ("Camille Exemple est là.", ["Camille Exemple"]),
        ("CAMILLE EXEMPLE, camille exemple", ["CAMILLE EXEMPLE", "camille exemple"]),
        ("EXEMPLE Camille", ["EXEMPLE Camille"]),
        ("C. Exemple", ["C. Exemple"]),
        ("Exemple a dit", ["Exemple"]),
        ("par exemple", []),
        (
            "Ève Fictive-Durand, eve fictive durand, E. FICTIVE-DURAND",
            ["Ève Fictive-Durand", "eve fictive durand", "E. FICTIVE-DURAND"],
        ),
        (
            "Jean-Noël de La Lande, J.-N. de La Lande, JN de la Lande",
            ["Jean-Noël de La Lande", "J.-N. de La Lande", "JN de la Lande"],
        ),
        ("d’Ève\u00a0Fictive-Durand", ["Ève\u00a0Fictive-Durand"]),
        ("Camille\nExemple", ["Camille\nExemple"]),
        ("Saint-Exemple et Exemple-sur-Mer", []),
        ("Sacha Petit, Petit à petit", ["Sacha Petit"]),
        ("M. Inconnu a parlé.", ["M. Inconnu"]),
        ("Mme Inconnue-Dite et Monsieur D’Ailleurs", ["Mme Inconnue-Dite", "Monsieur D’Ailleurs"]),
        ("Mme la préfète Anne Ailleurs", ["Mme la préfète Anne Ailleurs"]),
        ("MM. Durand et Ailleurs, Autre viennent", ["MM. Durand", "Ailleurs", "Autre"]),
        ("Madame la Ministre, M. le Préfet, Mme la directrice générale", []),
        ("M. Maxime Titulaire, Titulaire Maxime, M. TITULAIRE", []),
        ("M. Jean de la Fontaine-Dite.", ["M. Jean de la Fontaine-Dite"]),
        (
            "camille.exemple@example.org, exemple_c@example.org, cexemple@example.org",
            ["camille.exemple@example.org", "exemple_c@example.org", "cexemple@example.org"],
        ),
        ("contact@example.org", []),
        ("Le maire de Meaux et la Maison", []),
    ],
)
def test_who_is_found(texte: str, noms: list[str]) -> None:
    assert found(texte) == noms


def test_where_nothing_has_capitals_a_surname_is_enough() -> None:
    assert found("reunion exemple compte rendu", casse=False) == ["exemple"]


def test_a_holder_who_shares_a_surname_with_a_member_is_hidden_unless_told_apart() -> None:
    annuaire = Annuaire((Personne("Titulaire", "Noa"),), (Personne("Titulaire", "Maxime"),))
    assert found("Titulaire, Maxime Titulaire, M. Titulaire, Noa Titulaire", annuaire) == [
        "Titulaire",
        "M. Titulaire",
        "Noa Titulaire",
    ]


def test_a_member_who_holds_a_public_office_is_named() -> None:
    personne = Personne("Exemple", "Camille")
    assert found("Camille Exemple, Exemple", Annuaire((personne,), (personne,))) == []


def test_civilities_can_be_left_out() -> None:
    assert found("M. Inconnu", Annuaire(civilites=False)) == []


@pytest.mark.parametrize(
    ("texte", "personne"),
    [
        ("Camille Exemple", Personne("Exemple", "Camille")),
        ("EXEMPLE Camille", Personne("EXEMPLE", "Camille")),
        ("Camille de La Lande", Personne("de La Lande", "Camille")),
        ("Mme Exemple", Personne("Exemple")),
        ("Exemple", Personne("Exemple")),
        ("", Personne("")),
    ],
)
def test_a_person_written_in_one_line(texte: str, personne: Personne) -> None:
    assert Personne.from_text(texte) == personne


def test_an_empty_line_of_the_list_hides_nobody() -> None:
    assert found("Rien ici", Annuaire((Personne.from_text(" "),))) == []
