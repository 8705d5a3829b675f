"""A text is read whole, or refused with every problem at its line and column."""

from __future__ import annotations

import pytest
from factories.publications import PIECES, FiguresForTests, read

from maillage.kernel.errors import SaisieInvalide
from maillage.web.publications.texte import reading
from maillage.web.publications.texte.document import Audience, Source
from maillage.web.publications.texte.problems import problems_by_line
from maillage.web.publications.texte.reading import read_publication


def refusals(corps: str, titre: str = "Titre", **champs: str) -> list[tuple[str, str]]:
    """Code and place of every problem."""
    with pytest.raises(SaisieInvalide) as refus:
        read_publication(Source(titre, corps, **champs), PIECES, FiguresForTests())  # type: ignore[arg-type]  # chapo only
    return [
        (a.code.removeprefix("MLG-PUB-"), a.ou.removeprefix("corps, "))
        for a in refus.value.anomalies
    ]


@pytest.mark.parametrize(
    ("corps", "attendu"),
    [
        ("un [[deux", [("001", "ligne 1, colonne 4")]),
        ("un ]] deux", [("002", "ligne 1, colonne 4")]),
        ("[[un\n\ndeux]]", [("001", "ligne 1, colonne 1"), ("002", "ligne 3, colonne 5")]),
        ("a\nb [[un [[deux]] trois]]", [("003", "ligne 2, colonne 8")]),
        ("> - un\n>   [[deux", [("001", "ligne 2, colonne 5")]),
        (
            "| a | b |\n|---|---|\n| [[x | [[x |",
            [("001", "ligne 3, colonne 3"), ("001", "ligne 3, colonne 9")],
        ),
        ("## [[un", [("001", "ligne 1, colonne 4")]),
        ("**gras [[** suite", [("001", "ligne 1, colonne 8")]),
        ("![a [[b](pj:plan)", [("001", "ligne 1, colonne 5")]),
        ("x ![a {{ zz }}](pj:plan)", [("010", "ligne 1, colonne 7")]),
        ('[a](/b "c [[d")', [("001", "ligne 1, colonne 9")]),
        ("a\n:::", [("002", "ligne 2, colonne 1")]),
        ("::: adhérents\na", [("004", "ligne 1, colonne 1")]),
        ("- a\n  ::: adhérents\n  b\n\n:::\nc", [("002", "ligne 5, colonne 1")]),
        ("> ::: adhérents\n> a\n:::\nb", [("002", "ligne 3, colonne 1")]),
        (
            "::: adhérents\n::: adhérents\na\n:::\n:::",
            [("003", "ligne 2, colonne 1"), ("002", "ligne 5, colonne 1")],
        ),
        ("::: adhérents\na [[b]]\n:::", [("003", "ligne 2, colonne 3")]),
        ("::: adherant\na\n:::", [("005", "ligne 1, colonne 1")]),
        ("::: note\na\n:::", [("005", "ligne 1, colonne 1")]),
        (
            ":::: adhérents\na\n:::\n",
            [("004", "ligne 1, colonne 1"), ("002", "ligne 3, colonne 1")],
        ),
        ("    ::: adhérents\n    a", [("006", "ligne 1, colonne 1")]),
        ("    a\n    [[b]]", [("006", "ligne 2, colonne 1")]),
        ("::: adhérents\n[a]: https://example.org\n:::\n\n[a]", [("007", "ligne 2, colonne 1")]),
        ("[[a]](https://example.org)", [("008", "ligne 1, colonne 4")]),
        ("![[a]](pj:plan)", [("009", "ligne 1, colonne 8")]),
        ("{{ chifre x }}", [("010", "ligne 1, colonne 1")]),
        ("{{ }}", [("010", "ligne 1, colonne 1")]),
        ("{{ chiffre x }}", [("011", "ligne 1, colonne 1")]),
        ("{{ chiffre x departement }}", [("011", "ligne 1, colonne 1")]),
        ("{{ chiffre X! departement 35 }}", [("011", "ligne 1, colonne 1")]),
        ("a {{ chiffre x canton 35 }}", [("012", "ligne 1, colonne 3")]),
        ("{{ chiffre x france couleur=bleu }}", [("013", "ligne 1, colonne 1")]),
        ("{{ chiffre x france periode=hier }}", [("014", "ligne 1, colonne 1")]),
        ("{{ chiffre x france", [("015", "ligne 1, colonne 1")]),
        (
            "[a](pj:absente) ![b](pj:plam)",
            [("020", "ligne 1, colonne 5"), ("020", "ligne 1, colonne 22")],
        ),
        ("![a](https://example.org/a.png)", [("021", "ligne 1, colonne 6")]),
        ("[a](page)", [("022", "ligne 1, colonne 5")]),
        ("[a](//example.org)", [("022", "ligne 1, colonne 5")]),
        ("<ftp://example.org>", [("022", "ligne 1, colonne 2")]),
        ("[a](https://example.org/[[b]])", [("023", "ligne 1, colonne 1")]),
        ("> " * 120 + "a [[b]]", [("025", "ligne 1, colonne 1")]),
    ],
)
def test_every_problem_has_its_place(corps: str, attendu: list[tuple[str, str]]) -> None:
    assert refusals(corps) == attendu


def test_all_fields_are_told_at_once_before_the_body() -> None:
    found = refusals("un [[\n\n{{ x }}", titre="a ]] [[b [[c", chapo="{{ chiffre a france }}")
    assert found == [
        ("002", "titre, colonne 3"),
        ("003", "titre, colonne 10"),
        ("001", "titre, colonne 6"),
        ("016", "chapo, colonne 1"),
        ("001", "ligne 1, colonne 4"),
        ("010", "ligne 3, colonne 1"),
    ]


@pytest.mark.parametrize("titre", ["", "  ", "[[tout]]"])
def test_a_title_that_nobody_could_read_is_refused(titre: str) -> None:
    assert refusals("corps", titre=titre) == [("024", "titre")]


def test_a_text_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LONGUEUR_MAX", 5)
    assert refusals("abcdef", titre="a" * 6000) == [
        ("026", "titre"),
        ("024", "titre"),
        ("026", "ligne 1, colonne 1"),
    ]


def test_without_figures_a_text_that_cites_one_is_refused() -> None:
    with pytest.raises(SaisieInvalide, match="MLG-PUB-017"):
        read_publication(Source("Titre", "{{ chiffre a france }}"))


@pytest.mark.parametrize(
    "corps",
    [
        "a `[[b` c",
        "```\n[[a\n::: b\n```",
        r"\[\[a\]\]",
        "[a] [b][c] [d](/e)",
        "[[voir [1]]]",
        "[[a `]]` b]]",
        "[x [[y]] z](https://example.org)",
        "[[[a](https://example.org)]]",
        "[[[a]]](https://example.org)",
        "1. a\n2. [[b]]",
        "{{ chiffre besoin.a zone_emploi 0051 periode=2024-T4 version=abc }}",
        "[a](mailto:x@example.org) [b](tel:0299) [c](#d) [e](/f)",
        "",
    ],
)
def test_what_is_well_written_is_accepted(corps: str) -> None:
    assert read(corps).source.corps == corps


def test_marks_inside_code_reserve_nothing_and_the_editor_is_told() -> None:
    document = read("a\n\nb `[[c]]`\n\n```\n::: adhérents\n```")
    assert [phrase.split("\u00a0")[0] for phrase in document.avertissements] == [
        "Ligne 3",
        "Ligne 5",
    ]


def test_references_and_pieces_are_listed() -> None:
    document = read("{{ chiffre a france }} {{ chiffre b departement 35 }}")
    assert [str(r) for r in document.references] == [
        "chiffre a france FR",
        "chiffre b departement 35",
    ]
    assert document.pieces["compte-rendu"].audience is Audience.ADHERENTS


def test_problems_are_placed_for_the_margin_of_the_editor() -> None:
    with pytest.raises(SaisieInvalide) as refus:
        read("a\nb [[c", titre="]]")
    placed = [(ligne, colonne) for ligne, colonne, _ in problems_by_line(refus.value.anomalies)]
    assert placed == [(0, 0), (2, 3)]
