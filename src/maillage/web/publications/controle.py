"""The leak test of a publication: everything that everyone would be able to read, and its answer.

Each artefact is made by the code that will serve it: the page by its template, the feeds by the
feeds, the index by the index.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string

from maillage.web.network.models import Organisation
from maillage.web.publications import fichiers
from maillage.web.publications.flux import FORMATS, render_feed
from maillage.web.publications.recherche import index_stems
from maillage.web.publications.texte.document import Audience
from maillage.web.publications.texte.fuites.examen import Contexte, find_leaks
from maillage.web.publications.texte.fuites.model import Artefact, Genre
from maillage.web.publications.texte.fuites.model import PieceJointe as PieceLue
from maillage.web.publications.texte.pieces.isolement import read_isolated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from maillage.web.publications.article import Article
    from maillage.web.publications.models import PieceJointe
    from maillage.web.publications.texte.chiffres import Resolveur
    from maillage.web.publications.texte.document import Document
    from maillage.web.publications.texte.fuites.model import Rapport
    from maillage.web.publications.texte.pieces.model import Lecture
    from maillage.web.publications.texte.redaction import Regles

_LECTURES = 16
_HABILLAGE = (
    "Publications du réseau ouvertes à tous. Pièces jointes. Thèmes. Télécharger, actualité, document, "
    "position, publié le, mis à jour le, octets, Ko, Mo. Version publique, version des adhérents, "
    "réservé aux adhérents. Se connecter."
)


@dataclass(frozen=True, slots=True)
class Sujet:
    """What is about to come out.

    Attributes:
        document: The text, read without error.
        regles, resolveur: With which its versions were rendered.
        article: What everyone would read.
        pieces: Its attachments, those of members included.
    """

    document: Document
    regles: Regles
    resolveur: Resolveur
    article: Article
    pieces: Sequence[PieceJointe]


def inspect(sujet: Sujet) -> Rapport:
    """Look for what is for members in all that everyone could read."""
    lues = {piece.nom: piece for piece in sujet.pieces}

    def lire(nom: str, contenu: bytes) -> Lecture:
        del contenu  # read again only when it was never read
        piece = lues[nom]
        return _read_once(piece.extension, piece.sha256)

    return find_leaks(
        sujet.document,
        build_artefacts(sujet.article),
        [
            PieceLue(p.reference, p.nom, fichiers.read(p.sha256), Audience(p.audience))
            for p in sujet.pieces
        ],
        Contexte(
            sujet.regles,
            sujet.resolveur,
            f"{_HABILLAGE} {sujet.article.region}",
            _network_names(),
            lire,
        ),
    )


def build_artefacts(article: Article) -> list[Artefact]:
    """Everything that everyone will be able to read once the publication is out."""
    contexte: dict[str, Any] = {"article": article}
    found = [
        Artefact(Genre.HTML, "article", render_to_string("publications/article.html", contexte)),
        Artefact(Genre.META, "balises", render_to_string("publications/balises.html", contexte)),
        Artefact(Genre.TEXTE, "texte seul", article.texte),
        Artefact(Genre.TITRE, "titre", article.titre),
        Artefact(Genre.CHAPO, "chapo", article.chapo),
        Artefact(Genre.ADRESSE, "adresse", article.adresse),
        Artefact(Genre.INDEX, "recherche", " ".join(index_stems(article))),
    ]
    for nom, slug in article.themes:
        found.append(Artefact(Genre.ETIQUETTE, f"thème {nom}", nom))
        found.append(Artefact(Genre.ADRESSE, f"adresse du thème {nom}", slug))
    found += [
        Artefact(Genre.FLUX, f"flux {format_}", render_feed(format_, "", "", [article]))
        for format_ in FORMATS
    ]
    return found


@lru_cache(maxsize=_LECTURES)
def _read_once(extension: str, sha256: str) -> Lecture:
    """What a file says; reading one takes a process of its own, and its content never changes."""
    return read_isolated(f"piece.{extension}", fichiers.read(sha256))


def _network_names() -> tuple[str, ...]:
    """Names that may stand as author of a public file: the network's, never a person's."""
    lignes = Organisation.objects.filter(
        nature__in=[Organisation.Nature.RESEAU, Organisation.Nature.ASSOCIATION_REGIONALE]
    ).values_list("nom", "sigle")
    return tuple(nom for ligne in lignes for nom in ligne if nom)
