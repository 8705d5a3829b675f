"""The leak test: what it finds, where it says it is, and what it does not take for a leak."""

from __future__ import annotations

import pytest
from factories import pieces
from factories.publications import ANNUAIRE, REGLES, both, public_artefacts, read

from maillage.web.publications.texte.document import Audience
from maillage.web.publications.texte.fuites.balises import read_markup
from maillage.web.publications.texte.fuites.elements import find_elements
from maillage.web.publications.texte.fuites.examen import Contexte, find_leaks
from maillage.web.publications.texte.fuites.model import (
    Artefact,
    Fuite,
    Genre,
    Nature,
    PieceJointe,
    PublicationRefusee,
    Rapport,
)
from maillage.web.publications.texte.pieces.lecteur import read_piece
from maillage.web.publications.texte.redaction import Regles

CORPS = """Nous avons été reçus au ministère par Maxime Titulaire. L’aide est de 1 619 € par poste.

::: adhérents
La mission de l’Inspection Fictive commence. Camille Exemple a demandé une partie financière dans la
lettre de mission, pour 146 311 personnes et 17 % des postes.
:::

Il faudra [[bientôt]] revenir. Écrire à [[contact@reseau.example]] ou au [[02 99 00 11 22]], voir
[[https://example.org/prive]] et [[Redonville]]. Rien [[du tout]] n’est dit.
"""
CONTEXTE = Contexte(REGLES, lecteur=read_piece)


def leaks(
    *artefacts: Artefact, corps: str = CORPS, contexte: Contexte = CONTEXTE, titre: str = "Titre"
) -> tuple[Fuite, ...]:
    return find_leaks(read(corps, titre), artefacts, contexte=contexte).fuites


def one(genre: Genre, contenu: str, **options: str | Contexte) -> set[tuple[str, str]]:
    """Nature and what leaks."""
    return {(f.nature.name, f.quoi) for f in leaks(Artefact(genre, "essai", contenu), **options)}  # type: ignore[arg-type]  # corps, titre


def test_the_public_version_is_clean() -> None:
    document = read(CORPS)
    rapport = find_leaks(document, public_artefacts(both(document, REGLES)[0]), contexte=CONTEXTE)
    assert rapport == Rapport((), ())
    rapport.raise_for_leaks()


@pytest.mark.parametrize(
    ("contenu", "attendu"),
    [
        ("Il faudra BIENTOT revenir", ("PASSAGE", "bientôt")),
        ("l'inspection fictive", ("ELEMENT", "Inspection Fictive")),
        (
            "une partie financière, dans la lettre de mission",
            ("SUITE", "partie financiere dans la lettre"),
        ),
        ("écrire à CONTACT@reseau.example", ("PASSAGE", "contact@reseau.example")),
        ("tel : +33 2 99 00 11 22", ("ELEMENT", "02 99 00 11 22")),
        ("tel : 02.99.00.11.22", ("PASSAGE", "02 99 00 11 22")),
        ("http://www.example.org/prive/", ("ELEMENT", "https://example.org/prive")),
        ("146311 personnes", ("ELEMENT", "146 311")),
        ("soit 17 %", ("ELEMENT", "17")),
        ("17 pour cent", ("ELEMENT", "17")),
        ("à Redonville", ("PASSAGE", "Redonville")),
        ("1619", ("MONTANT", "1 619 €")),
        ("1,6 k€", ("MONTANT", "1 619 €")),
        ("1,619 euros", ("MONTANT", "1 619 €")),
        ("mille six cent dix-neuf", ("MONTANT", "1 619 €")),
        ("seize euros", ("MONTANT", "seize euros")),
        ("Camille Exemple", ("NOM", "Camille Exemple")),
        ("M. Inconnu", ("NOM", "M. Inconnu")),
        ("sacha.petit@example.org", ("NOM", "sacha.petit@example.org")),
    ],
)
def test_what_comes_back_is_found(contenu: str, attendu: tuple[str, str]) -> None:
    assert attendu in one(Genre.TEXTE, contenu)


@pytest.mark.parametrize(
    "contenu",
    [
        "",
        "Nous avons été reçus au ministère par Maxime Titulaire.",
        "la mission, la lettre, la partie financière, les postes, les personnes",  # ordinary words
        "dans le cadre de la mission de service public",
        "17 personnes, 311 postes en 2022, le 17 juin",
        "deux mille personnes",
        "les structures de l’insertion par l’activité économique et le ministère du travail",
        "[montant réservé aux adhérents] [nom réservé aux adhérents]",
        "un exemple, petit à petit",
        "02 99 00 11 23",
        "https://example.org/",
    ],
)
def test_ordinary_words_are_no_leak(contenu: str) -> None:
    assert one(Genre.TEXTE, contenu) == set()


def test_a_passage_whose_spaces_are_lost_is_found() -> None:
    corps = "Public.\n\n[[La trésorerie reste fragile]]"
    assert one(Genre.TEXTE, "Latrésorerie restefra-gile", corps=corps) == {
        ("PASSAGE", "La trésorerie reste fragile")
    }


def test_words_that_the_public_part_says_too_are_no_leak() -> None:
    corps = (
        "La lettre de mission sera publiée demain matin.\n\n"
        "[[Retenez que la lettre de mission sera publiée demain matin puis signée.]]"
    )
    assert one(Genre.TEXTE, "La lettre de mission sera publiée demain matin", corps=corps) == set()


def test_addresses_and_indexes_have_no_capitals() -> None:
    assert ("PASSAGE", "Redonville") in one(Genre.ADRESSE, "visite-a-redonville")
    assert ("NOM", "exemple") in one(Genre.ADRESSE, "reunion-exemple")
    assert ("MONTANT", "1 619 €") in one(Genre.ADRESSE, "aide-de-1619-euros")
    assert one(Genre.ADRESSE, "recus-au-ministere") == set()


def test_the_index_holds_no_word_that_only_members_read() -> None:
    assert ("INDEX", "fictiv") in one(Genre.INDEX, "ministr fictiv post")
    assert ("INDEX", "financiere") in one(Genre.INDEX, "financiere")
    assert one(Genre.INDEX, "ministr recu aid post") == set()


def test_each_leak_says_what_where_why_and_how() -> None:
    (fuite,) = leaks(Artefact(Genre.FLUX, "flux Atom", "<p>bientôt</p>"))
    assert fuite.ou == "flux public (flux Atom)"
    assert fuite.origine == "corps, ligne 8, colonne 11"
    assert "« bientôt »" in fuite.pourquoi.replace("\u00a0", " ")
    assert fuite.que_faire
    assert fuite.to_anomalie().code == "MLG-PUB-101"
    with pytest.raises(PublicationRefusee, match="MLG-PUB-101"):
        Rapport((fuite,)).raise_for_leaks()


def test_the_text_of_the_site_is_nobody_s_secret() -> None:
    contexte = Contexte(
        REGLES, habillage="Bientôt : nos rendez-vous. Directrice : Sacha Petit-Fictif, 12 €"
    )
    assert one(Genre.HTML, "<nav>Bientôt</nav> 12 €", contexte=contexte) == set()


def test_what_is_reserved_here_and_written_there_is_told_once() -> None:
    corps = "On parle de [[54 M€]] et [[oui]].\n\nOui, 54 M€ sont prévus."
    fuites = leaks(*public_artefacts(both(read(corps))[0]), corps=corps, contexte=Contexte())
    assert [(f.nature, f.quoi) for f in fuites] == [(Nature.CONTRADICTION, "54 M€")]


@pytest.mark.parametrize(
    ("contenu", "attendu"),
    [
        ("<p>a<b>b</b></p><p>c</p>", "ab"),
        ("<!-- secret -->", "secret"),
        ('<a href="/a%20b" title="c">d</a>', "/a b"),
        ("&lt;p title=&quot;secret&quot;&gt;a&lt;/p&gt;", "secret"),
        ("<![CDATA[<p>secret</p>]]>", "secret"),
        ('<script>{"a": "s\\u00e9cret"}</script>', "sécret"),
        ("<?xml secret?>", "secret"),
        ("<!DOCTYPE secret>", "secret"),
        ("a & b < c", "a & b < c"),
    ],
)
def test_everything_that_markup_may_say_is_read(contenu: str, attendu: str) -> None:
    assert attendu in read_markup(contenu)


def test_classes_and_identifiers_say_nothing() -> None:
    assert "1619" not in read_markup('<p class="c1619" id="i1619" style="width:1619px">a</p>')


@pytest.mark.parametrize(
    ("texte", "elements"),
    [
        ("Hier, Camille Exemple est venue.", {"Camille Exemple", "Camille", "Exemple"}),
        ("Le budget baisse.", set()),
        ("Le rapport IGXS et la DGEFP", {"IGXS"}),
        ("IGXS commence", {"IGXS"}),
        ("12 postes en 2022 et 1 234 heures", {"1 234"}),
        ("deux cents postes", {"deux cents"}),
        ("5 € et 12 %", {"5 €", "12"}),
        ("Mairie de Redonville", {"Redonville"}),
    ],
)
def test_what_gives_a_passage_away(texte: str, elements: set[str]) -> None:
    assert {element.texte for element in find_elements(texte, "ici")} == elements


# attachments


def piece(
    nom: str, contenu: bytes, audience: Audience = Audience.PUBLIQUE, reference: str = "plan"
) -> PieceJointe:
    return PieceJointe(reference, nom, contenu, audience)


def piece_leaks(
    *jointes: PieceJointe, corps: str = CORPS, contexte: Contexte = CONTEXTE
) -> list[tuple[str, str, str]]:
    fuites = find_leaks(read(corps), [], jointes, contexte).fuites
    return [(f.nature.name, f.quoi, f.ou) for f in fuites]


def test_a_clean_attachment_is_accepted_with_what_must_be_looked_at() -> None:
    rapport = find_leaks(read(CORPS), [], [piece("plan.png", pieces.make_png())], CONTEXTE)
    assert rapport.fuites == ()
    assert rapport.avertissements == (
        "plan.png\u00a0: Ce qu’on voit sur l’image n’est pas lu\u00a0: regardez-la.",
    )


def test_the_text_of_a_public_attachment_is_tested() -> None:
    pdf = pieces.make_pdf("Bonjour", "Aide de 1 619 € et Inspection Fictive, par Camille Exemple")
    found = piece_leaks(piece("note.pdf", pdf))
    assert ("ELEMENT", "Inspection Fictive", "pièce jointe note.pdf, page 2") in found
    assert ("MONTANT", "1 619 €", "pièce jointe note.pdf, page 2") in found
    assert ("NOM", "Camille Exemple", "pièce jointe note.pdf, page 2") in found


def test_an_attachment_written_apart_may_hold_other_amounts_and_surnames() -> None:
    pdf = pieces.make_pdf("Il coute 25 € a M. Inconnu et au maire de Petit.")
    assert piece_leaks(piece("note.pdf", pdf)) == []
    corps = "M. Inconnu, 25 €"
    assert {nature for nature, *_ in piece_leaks(piece("note.pdf", pdf), corps=corps)} == {
        "NOM",
        "MONTANT",
    }


def test_a_member_named_in_full_is_found_in_an_attachment() -> None:
    docx = pieces.make_docx("par Jean-Noël de La Lande, pas par La Lande")
    assert [quoi for _, quoi, _ in piece_leaks(piece("note.docx", docx))] == [
        "Jean-Noël de La Lande"
    ]


def test_the_name_of_the_file_is_tested() -> None:
    found = piece_leaks(piece("visite-redonville-exemple.txt", b"rien"))
    assert (
        "PASSAGE",
        "Redonville",
        "pièce jointe visite-redonville-exemple.txt, nom du fichier",
    ) in found


def test_a_signed_file_is_refused_when_names_are_hidden() -> None:
    docx = pieces.make_docx("rien", "Une Autre")
    assert [nature for nature, *_ in piece_leaks(piece("note.docx", docx))] == ["METADONNEE"]
    admis = Contexte(REGLES, auteurs_admis=("UNE AUTRE",), lecteur=read_piece)
    assert piece_leaks(piece("note.docx", docx), contexte=admis) == []
    assert piece_leaks(piece("note.docx", docx), contexte=Contexte(lecteur=read_piece)) == []


def test_a_file_that_cannot_be_read_cannot_be_public() -> None:
    (fuite,) = find_leaks(
        read(CORPS), [], [piece("note.doc", b"\xd0\xcf\x11\xe0")], CONTEXTE
    ).fuites
    assert fuite.nature is Nature.ILLISIBLE
    assert "On ne peut pas prouver" in fuite.pourquoi
    reserved = piece("note.doc", b"\xd0\xcf\x11\xe0", Audience.ADHERENTS)
    assert find_leaks(read(CORPS), [], [reserved], CONTEXTE).fuites == ()


@pytest.mark.parametrize(
    "contenu",
    [
        '<a href="/pieces/compte-rendu.pdf">a</a>',
        "voir compte-rendu.pdf",
        "voir pj:compte-rendu",
        "/pieces/compte%2Drendu.pdf",
    ],
)
def test_an_attachment_of_members_is_cited_nowhere(contenu: str) -> None:
    jointe = piece("compte-rendu.pdf", b"", Audience.ADHERENTS, "compte-rendu")
    fuites = find_leaks(
        read("[a](pj:compte-rendu)"), [Artefact(Genre.HTML, "corps", contenu)], [jointe]
    ).fuites
    assert [f.nature for f in fuites] == [Nature.PIECE_RESERVEE]


def test_a_public_attachment_that_only_members_know_of_is_a_mistake() -> None:
    jointe = piece("plan.png", pieces.make_png())
    fuites = find_leaks(read("[[![a](pj:plan)]]"), [], [jointe], CONTEXTE).fuites
    assert [(f.nature, f.origine) for f in fuites] == [
        (Nature.PIECE_OUVERTE, "corps, ligne 1, colonne 1")
    ]
    assert find_leaks(read("[[![a](pj:plan)]] [b](pj:plan)"), [], [jointe], CONTEXTE).fuites == ()


def test_marks_in_code_are_recalled_in_the_report() -> None:
    assert find_leaks(read("`[[a]]`"), []).avertissements[0].startswith("Ligne 1")


def test_without_rules_names_and_amounts_are_free() -> None:
    assert one(Genre.TEXTE, "Camille Autre, 12 €", contexte=Contexte()) == set()
    assert (
        one(Genre.TEXTE, "12 €", contexte=Contexte(Regles(noms=True, annuaire=ANNUAIRE))) == set()
    )
