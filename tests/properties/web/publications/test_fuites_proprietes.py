"""A passage put back anywhere, whatever its case, accents, spaces or markup, is found again."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

from factories.publications import both, public_artefacts, read
from factories.tirages import tirages
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from maillage.web.publications.texte.fuites.examen import Contexte, find_leaks
from maillage.web.publications.texte.fuites.model import Artefact, Genre
from maillage.web.publications.texte.montants import find_montants
from maillage.web.publications.texte.redaction import Regles

MOTS = st.sampled_from(
    [
        "négociation",
        "trésorerie",
        "inspection",
        "préfète",
        "œuvre",
        "garçon",
        "déficit",
        "élargi",
        "noël",
        "hiver",
        "réunion",
        "abri",
        "cabinet",
        "fragile",
        "partiel",
        "demain",
        "jamais",
        "solidaire",
        "économie",
    ]
)
PASSAGES = st.lists(MOTS, min_size=1, max_size=9).map(" ".join)
ESPACES = st.sampled_from(
    [" ", "  ", "\u00a0", "\u202f", "\n", " \t", "\u2009", "-", ", ", " \u200b", " — "]
)
GENRES = st.sampled_from(
    [Genre.HTML, Genre.TEXTE, Genre.TITRE, Genre.CHAPO, Genre.FLUX, Genre.META]
)
PUBLIC = "Les associations se sont réunies ce matin."


@st.composite
def disguised(draw: st.DrawFn, passage: str) -> str:
    """The same words under other capitals, accents, spaces, and with invisible characters."""
    texte = passage
    if draw(st.booleans()):
        texte = "".join(
            c for c in unicodedata.normalize("NFKD", texte) if not unicodedata.combining(c)
        )
    elif draw(st.booleans()):
        texte = unicodedata.normalize("NFD", texte)
    texte = draw(st.sampled_from([str.upper, str.lower, str.title, str.swapcase]))(texte)
    if draw(st.booleans()):
        texte = texte.replace("œ", "oe").replace("Œ", "OE")
    place = draw(st.integers(0, len(texte)))
    texte = (
        texte[:place] + draw(st.sampled_from(["", "\u00ad", "\u200b", "\ufeff"])) + texte[place:]
    )
    mots = texte.split(" ")
    return mots[0] + "".join(draw(ESPACES) + mot for mot in mots[1:])


@st.composite
def wrapped(draw: st.DrawFn, texte: str) -> str:
    """The text inside markup, where its kind has any."""
    return draw(
        st.sampled_from(
            [
                texte,
                f"<p>{texte}</p>",
                f"<!-- {texte} -->",
                f'<img alt="{texte}">',
                f'<meta content="{texte}">',
                f"&lt;p&gt;&lt;em&gt;{texte}&lt;/em&gt;&lt;/p&gt;",
                f"<![CDATA[<p>{texte}</p>]]>",
                f"<b>{texte[:3]}</b>{texte[3:]}",
                f'<script type="application/ld+json">{{"a": "{texte}"}}</script>',
            ]
        )
    )


@settings(max_examples=tirages(100))
@given(PASSAGES, st.data(), GENRES)
def test_a_passage_put_back_is_found(passage: str, data: st.DataObject, genre: Genre) -> None:
    document = read(f"{PUBLIC}\n\nSuite [[{passage}]] publique.")
    publique, _ = both(document)
    artefacts = public_artefacts(publique)
    assert find_leaks(document, artefacts).fuites == ()

    texte = data.draw(disguised(passage))
    if genre in {Genre.HTML, Genre.FLUX, Genre.META}:
        texte = data.draw(wrapped(texte))
    leaking = Artefact(genre, "essai", f"Avant {texte} après")
    fuites = find_leaks(document, [*artefacts, leaking]).fuites
    assert [f.origine for f in fuites] == ["corps, ligne 3, colonne 7"]
    assert "essai" in fuites[0].ou


@settings(max_examples=tirages(80))
@given(st.lists(MOTS, min_size=7, max_size=14, unique=True), st.integers(0, 20), st.data())
def test_a_part_of_a_passage_is_found(mots: list[str], rang: int, data: st.DataObject) -> None:
    document = read(f"{PUBLIC}\n\n::: adhérents\n{' '.join(mots)}\n:::")
    rang %= len(mots) - 4
    part = data.draw(disguised(" ".join(mots[rang : rang + 5])))
    fuites = find_leaks(document, [Artefact(Genre.TEXTE, "essai", f"On a lu {part} hier.")]).fuites
    assert len(fuites) == 1
    assert fuites[0].origine == "corps, ligne 3, colonne 1"


@settings(max_examples=tirages(80))
@given(st.integers(100, 9_999_999), st.data())
def test_a_hidden_amount_is_found_under_any_spelling(euros: int, data: st.DataObject) -> None:
    assume(not 1900 <= euros <= 2099)
    document = read(f"{PUBLIC} L’aide est de {euros} €.")
    regles = Regles(montants=True)
    publique, _ = both(document, regles)
    assert str(euros) not in publique.html
    contexte = Contexte(regles)
    assert find_leaks(document, public_artefacts(publique), contexte=contexte).fuites == ()

    groupe = f"{euros:,}"
    spelling = data.draw(
        st.sampled_from(
            [
                str(euros),
                f"{euros}€",
                groupe.replace(",", " "),
                groupe.replace(",", "\u202f"),
                groupe.replace(",", "."),
                groupe,
                f"{euros},00 euros",
                f"EUR {euros}",
                f"{euros / 1000:.3f} k€".replace(".", ","),
                f"{euros / 1_000_000:.6f} millions d’euros".replace(".", ","),
            ]
        )
    )
    fuites = find_leaks(
        document, [Artefact(Genre.TEXTE, "essai", f"Soit {spelling} par an")], contexte=contexte
    ).fuites
    assert [f.ou for f in fuites] == ["texte brut public (essai)"], spelling


@given(
    st.integers(0, 999_999_999), st.sampled_from([" ", "\u00a0", "\u202f", "", "."]), st.booleans()
)
def test_an_amount_is_read_whole(euros: int, separateur: str, symbole: bool) -> None:  # noqa: FBT001 — drawn
    ecrit = f"{euros:,}".replace(",", separateur) + (" €" if symbole else " euros")
    (montant,) = find_montants(f"Elle est de {ecrit}, dit-on.")
    assert f"Elle est de {ecrit}, dit-on."[montant.debut : montant.fin] == ecrit
    assert any(n.valeur == euros for n in montant.nombres)


@settings(max_examples=tirages(100))
@given(st.text())
def test_any_text_is_read_for_amounts_without_harm(texte: str) -> None:
    places = [(m.debut, m.fin) for m in find_montants(texte)]
    assert all(0 <= debut < fin <= len(texte) for debut, fin in places)
    assert all(a[1] <= b[0] for a, b in pairwise(places))
