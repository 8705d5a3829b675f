"""Whatever the text: the public reads nothing that is marked, members lose nothing, nothing executes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from factories.publications import (
    PIECES,
    REGLES,
    SOURCES,
    SPECIAUX,
    FiguresForTests,
    both,
    parse_tags,
    public_artefacts,
)
from factories.tirages import tirages
from hypothesis import given, settings
from hypothesis import strategies as st

from maillage.kernel.errors import SaisieInvalide
from maillage.web.publications.texte.difference import compare_versions
from maillage.web.publications.texte.document import Source
from maillage.web.publications.texte.fuites.examen import Contexte, find_leaks
from maillage.web.publications.texte.reading import read_publication

if TYPE_CHECKING:
    from maillage.web.publications.texte.document import Document
    from maillage.web.publications.texte.versions import Version

TOKEN = re.compile(r"(?:pub|cache)\d+(?:x\d+)?")


def all_of(version: Version) -> str:
    return "\n".join(
        (version.titre, version.chapo, *version.etiquettes, version.html, version.texte)
    )


def tokens(texte: str, prefixe: str) -> set[str]:
    return {token for token in TOKEN.findall(texte) if token.startswith(prefixe)}


@settings(max_examples=tirages(100))
@given(SOURCES)
def test_the_public_reads_nothing_marked_and_members_read_everything(source: Source) -> None:
    document = read_publication(source, PIECES, FiguresForTests())
    publique, adherents = both(document, REGLES)
    every = "\n".join((source.titre, source.chapo, *source.etiquettes, source.corps))

    assert tokens(all_of(publique), "cache") == set()
    assert "[[" not in all_of(publique)
    assert ":::" not in all_of(publique)
    assert tokens(all_of(publique), "pub") == tokens(every, "pub")
    assert tokens(all_of(adherents), "") == tokens(every, "")


@settings(max_examples=tirages(60))
@given(SOURCES)
def test_a_clean_pair_has_no_leak(source: Source) -> None:
    document = read_publication(source, PIECES, FiguresForTests())
    publique, _ = both(document, REGLES)
    rapport = find_leaks(document, public_artefacts(publique), contexte=Contexte(REGLES))
    assert rapport.fuites == ()


@settings(max_examples=tirages(60))
@given(SOURCES)
def test_the_difference_shows_every_passage(source: Source) -> None:
    document = read_publication(source, PIECES, FiguresForTests())
    difference = compare_versions(document, REGLES, FiguresForTests())
    every = "\n".join((source.titre, source.chapo, *source.etiquettes, source.corps))
    listed = "\n".join(p.texte + " ".join(p.adresses) for p in difference.passages)
    assert tokens(listed, "cache") == tokens(every, "cache")
    assert tokens(listed, "pub") == set()
    assert tokens(difference.html, "cache") == tokens(source.corps, "cache")


def read_or_refuse(corps: str) -> tuple[Document | None, list[str]]:
    """The publication, or the place of every problem."""
    try:
        return read_publication(Source("Titre", corps), PIECES, FiguresForTests()), []
    except SaisieInvalide as refus:
        return None, [anomalie.ou for anomalie in refus.anomalies]


@settings(max_examples=tirages(150))
@given(
    st.lists(
        st.one_of(
            st.text(SPECIAUX, max_size=4),
            st.just("pub1"),
            st.integers(1, 99).map(lambda n: f"[[cache{n}]]"),
            st.integers(1, 99).map(lambda n: f"\n\n::: adhérents\ncache{n}\n:::\n\n"),
            st.integers(1, 99).map(lambda n: f"[[pub [cache{n}](https://example.org)]]"),
        ),
        max_size=12,
    ).map("".join)
)
def test_a_tangled_text_is_refused_or_gives_nothing_away(corps: str) -> None:
    document, places = read_or_refuse(corps)
    assert all(re.search(r"ligne \d+, colonne \d+", place) for place in places)
    if document is None:
        return
    publique, _ = both(document)
    if document.avertissements:  # marks inside code reserve nothing, and the editor is told
        return
    assert tokens(all_of(publique), "cache") == set()


MORCEAUX = st.sampled_from(
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        '<a href="javascript:alert(1)">a</a>',
        "[a](javascript:alert(1))",
        "[a](vbscript:x)",
        "[a](data:text/html,<script>x</script>)",
        '[a](https://example.org "x\\" onclick=alert(1) ")',
        '![a" onload="x](pj:plan)',
        '![a](pj:plan "x\\" style=\\"color:red")',
        "<style>*{}</style>",
        "<https://example.org/<script>>",
        "| a |\n|--:|\n| <b style=x> |\n",
        '``` " onclick="x\n<script>\n```\n',
        "&lt;script&gt;",
        "&#60;script&#62;",
        "<!-- a --><svg onload=x>",
        "[[<script>x</script>]]",
        "# <b onmouseover=x>",
        "{{ chiffre a france }}",
        "\n\n",
        "**",
    ]
)


@settings(max_examples=tirages(100))
@given(st.lists(st.one_of(MORCEAUX, st.text(max_size=8)), max_size=8).map("".join))
def test_nothing_that_executes_comes_out(corps: str) -> None:
    document, _ = read_or_refuse(corps)
    if document is None:
        return
    versions = both(document, REGLES)
    for html in (
        *(v.html for v in versions),
        compare_versions(document, REGLES, FiguresForTests()).html,
    ):
        tags = parse_tags(html)
        assert not {"script", "style", "svg", "iframe", "form", "object", "meta"} & set(tags.tags)
        for nom, valeur in tags.attributs:
            assert nom != "style"
            assert not nom.startswith("on")
            if nom in {"href", "src"}:
                assert valeur.startswith(("http://", "https://", "mailto:", "tel:", "/", "#"))
