"""Case A, in our own words: a meeting with a minister's cabinet, told to members and to everyone.

Persons are invented; the facts, the order and the kind of passages are those of the case.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from factories import pieces
from factories.atlas import real_atlas
from factories.publications import public_artefacts

from maillage.web.publications.texte.difference import compare_versions
from maillage.web.publications.texte.document import Audience, Document, Piece, Source
from maillage.web.publications.texte.figures import ResolveurAtlas
from maillage.web.publications.texte.fuites.examen import Contexte, find_leaks
from maillage.web.publications.texte.fuites.model import Artefact, Genre, PieceJointe
from maillage.web.publications.texte.personnes import Annuaire, Personne
from maillage.web.publications.texte.reading import read_publication
from maillage.web.publications.texte.redaction import Regle, Regles
from maillage.web.publications.texte.search import stems
from maillage.web.publications.texte.versions import Version, render_version

CORPS = (Path(__file__).parent / "rencontre_cabinet.md").read_text(encoding="utf-8")
REGLES = Regles(
    montants=True,
    noms=True,
    annuaire=Annuaire(
        personnes=(Personne("Présidente", "Camille"), Personne("Secrétaire", "Dominique")),
        titulaires=(Personne("Ministre-Fictif"), Personne("Déléguée-Fictive")),
        laisser=("secrétaire",),
    ),
)
PIECES = (
    Piece("communique", "/pieces/communique.pdf", Audience.PUBLIQUE),
    Piece("compte-rendu", "/pieces/compte-rendu.pdf", Audience.ADHERENTS),
)
RESERVES = (
    "Dominique", "1 619", "4 000", "54 M€", "aucune ce jour", "12 300 000", "à l’étude", "appris",
    "Inspection", "lettre de mission", "reseau.example", "incertitude", "compte-rendu", "Présidente",
)  # fmt: skip


@pytest.fixture(scope="module")
def resolveur() -> ResolveurAtlas:
    return ResolveurAtlas(real_atlas())


@pytest.fixture(scope="module")
def document(resolveur: ResolveurAtlas) -> Document:
    source = Source(
        "Le réseau reçu par le cabinet [[: une inspection commence]]",
        CORPS,
        "Trois propositions, et des lieux de dialogue. [[L’Inspection générale fictive se saisit du secteur.]]",
        ("dialogue", "[[inspection]]"),
    )
    return read_publication(source, PIECES, resolveur)


@pytest.fixture(scope="module")
def publique(document: Document, resolveur: ResolveurAtlas) -> Version:
    return render_version(document, Audience.PUBLIQUE, REGLES, resolveur)


def all_of(version: Version) -> str:
    texte = f"{version.titre}\n{version.chapo}\n{version.texte}\n{version.html}"
    return texte.replace("\u202f", " ")


def test_the_visitor_reads_what_was_carried_and_nothing_else(publique: Version) -> None:
    assert publique.titre == "Le réseau reçu par le cabinet"
    assert publique.etiquettes == ("dialogue",)
    every = all_of(publique)
    assert [secret for secret in RESERVES if secret in every] == []
    for ouvert in (
        "M. Ministre-Fictif",
        "Mme Déléguée-Fictive",
        "demandée par le cabinet",
        "communiqué",
    ):
        assert ouvert in every
    assert Regle.NOM.value in every
    assert f"intermédiaires | {Regle.MONTANT.value}" in every


def test_the_member_reads_everything(document: Document, resolveur: ResolveurAtlas) -> None:
    version = render_version(document, Audience.ADHERENTS, REGLES, resolveur)
    every = all_of(version)
    assert [secret for secret in RESERVES if secret not in every] == []
    assert Regle.MONTANT.value not in every


def test_the_figure_of_the_territory_opens_its_pedigree(publique: Version) -> None:
    assert "/chiffres/departement/35/demandeurs_emploi/" in publique.html


def test_the_editor_sees_the_difference(document: Document, resolveur: ResolveurAtlas) -> None:
    difference = compare_versions(document, REGLES, resolveur)
    assert difference.resume == "10\u00a0passages, 1\u00a0montant et 1\u00a0nom"


def joined(communique: bytes) -> list[PieceJointe]:
    return [
        PieceJointe("communique", "communique.pdf", communique, Audience.PUBLIQUE),
        PieceJointe("compte-rendu", "compte-rendu.pdf", b"", Audience.ADHERENTS),
    ]


def test_it_can_be_published(
    document: Document, publique: Version, resolveur: ResolveurAtlas
) -> None:
    contexte = Contexte(REGLES, resolveur)
    sain = joined(
        pieces.make_pdf(
            "Le reseau a rencontre le cabinet du ministre.", infos={"Title": "Communique"}
        )
    )
    artefacts = public_artefacts(publique, "le-reseau-recu-par-le-cabinet")
    find_leaks(document, artefacts, sain, contexte).raise_for_leaks()


@pytest.mark.parametrize(
    "fuite",
    [
        Artefact(Genre.ADRESSE, "adresse", "reseau-recu-cabinet-inspection-generale-fictive"),
        Artefact(
            Genre.META,
            "og:description",
            '<meta content="L’inspection générale fictive se saisit du secteur.">',
        ),
        Artefact(
            Genre.FLUX,
            "Atom",
            "<summary>rien n&apos;a ete approfondi : apres les elections l&apos;incertitude demeure</summary>",
        ),
        Artefact(Genre.HTML, "corps", "<td>4000</td>"),
        Artefact(Genre.HTML, "corps", "<p>54 000 k€</p>"),
        Artefact(Genre.TEXTE, "courriel", "par Camille Présidente"),
        Artefact(Genre.INDEX, "index", " ".join(stems("l’incertitude demeure"))),
    ],
)
def test_it_cannot_be_published_with_a_leak(
    document: Document, resolveur: ResolveurAtlas, fuite: Artefact
) -> None:
    found = find_leaks(document, [fuite], contexte=Contexte(REGLES, resolveur)).fuites
    assert found != ()
    assert all(fuite.libelle in leak.ou for leak in found)


def test_it_cannot_be_published_with_a_leaking_attachment(
    document: Document, resolveur: ResolveurAtlas
) -> None:
    signe = pieces.make_pdf(
        "Le reseau a rencontre le cabinet.", infos={"Author": "Dominique Secrétaire"}
    )
    found = find_leaks(document, [], joined(signe), Contexte(REGLES, resolveur)).fuites
    assert {leak.nature.name for leak in found} >= {"METADONNEE", "PASSAGE"}
