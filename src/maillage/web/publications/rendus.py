"""A text turned into what is read: both versions, their difference, and the leak report.

The preview of the editor and the publication itself go through the same function, so that what was
seen is what comes out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.text import slugify

from maillage.web.accounts.models import Utilisateur
from maillage.web.publications import controle
from maillage.web.publications.article import from_version
from maillage.web.publications.chiffres_vivants import freeze, get_resolveur
from maillage.web.publications.texte import marks
from maillage.web.publications.texte.chiffres import ChiffresFiges
from maillage.web.publications.texte.difference import compare_versions
from maillage.web.publications.texte.document import Audience, Piece, Source
from maillage.web.publications.texte.personnes import Annuaire, Personne
from maillage.web.publications.texte.reading import read_publication
from maillage.web.publications.texte.redaction import Regles
from maillage.web.publications.texte.versions import PREMIER_TITRE, render_version

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from maillage.web.publications.models import PieceJointe, Publication
    from maillage.web.publications.texte.difference import Difference
    from maillage.web.publications.texte.document import Document
    from maillage.web.publications.texte.fuites.model import Rapport
    from maillage.web.publications.texte.versions import Version

LONGUEUR_SLUG = 80
_BLOC = {f"{marks.BLOC}_open": 1, f"{marks.BLOC}_close": -1}


@dataclass(frozen=True, slots=True)
class Epreuve:
    """A text as it would come out now.

    Attributes:
        publique, adherents: What each audience reads.
        difference: What the two do not share.
        rapport: What would leak.
        chiffres: The live figures of the text, with their pedigree, ready for JSON.
        pieces: Its attachments, those of members included.
    """

    publique: Version
    adherents: Version
    difference: Difference
    rapport: Rapport
    chiffres: Sequence[Mapping[str, Any]]
    pieces: Sequence[PieceJointe]


def build_epreuve(publication: Publication, contenu: Mapping[str, Any], slug: str = "") -> Epreuve:
    """Read a text and everything that it would make public.

    Args:
        publication: Whose text; its attachments are read.
        contenu: The text, as `VersionTexte.contenu` gives it.
        slug: Address that it would take; made from the title when empty.

    Raises:
        SaisieInvalide: the text cannot be read, every problem with its place.
    """
    pieces = list(publication.pieces.kept())
    source = Source(
        contenu["titre"], contenu["corps"], contenu["chapo"], split_themes(contenu["themes"])
    )
    cites = [Piece(p.reference, p.adresse, Audience(p.audience), p.nom) for p in pieces]
    document = read_publication(source, cites, get_resolveur())
    chiffres = freeze(document.references)
    figes = ChiffresFiges.from_list(chiffres)
    regles = build_regles(contenu)
    publique, adherents = (
        render_version(document, audience, regles, figes, first_heading(document, audience))
        for audience in Audience
    )
    article = from_version(
        publication, publique, slug or publication.slug or make_slug(publique.titre), pieces
    )
    return Epreuve(
        publique,
        adherents,
        compare_versions(document, regles, figes, first_heading(document, Audience.ADHERENTS)),
        controle.inspect(controle.Sujet(document, regles, figes, article, pieces)),
        chiffres,
        pieces,
    )


def first_heading(document: Document, audience: Audience) -> int:
    """Level that a « # » takes on the page, so that the highest heading of the text is the second.

    Some write « # » and others « ## » under a title: neither may leave a gap in the outline.
    """
    profondeur, niveaux = 0, []
    for jeton in document.jetons:
        if jeton.type in _BLOC:
            profondeur += _BLOC[jeton.type]
        elif jeton.type == "heading_open" and (not profondeur or audience is Audience.ADHERENTS):
            niveaux.append(int(jeton.tag[1:]))
    return PREMIER_TITRE + 1 - min(niveaux, default=1)


def split_themes(texte: str) -> tuple[str, ...]:
    """Themes written on one line, separated by commas; one may be between `[[` and `]]`."""
    return tuple(filter(None, (" ".join(theme.split()) for theme in texte.split(","))))


def make_slug(titre: str) -> str:
    """Address made from a public title, cut at a word."""
    slug = slugify(titre)[: LONGUEUR_SLUG + 1]
    if len(slug) > LONGUEUR_SLUG:
        slug = slug[:LONGUEUR_SLUG].rsplit("-", 1)[0]
    return slug or "publication"


def build_regles(contenu: Mapping[str, Any]) -> Regles:
    """What the rules hide: the accounts of the site and the names that the editor lists."""
    if not contenu["masquer_noms"]:
        return Regles(montants=contenu["masquer_montants"])
    connus = Utilisateur.objects.exclude(nom="").values_list("nom", "prenom")
    listes = [Personne.from_text(ligne) for ligne in _lines(contenu["noms_caches"])]
    publics = [Personne.from_text(ligne) for ligne in _lines(contenu["noms_publics"])]
    annuaire = Annuaire(
        (*listes, *(Personne(nom, prenom) for nom, prenom in connus)), tuple(publics)
    )
    return Regles(montants=contenu["masquer_montants"], noms=True, annuaire=annuaire)


def _lines(texte: str) -> list[str]:
    return [ligne.strip() for ligne in texte.splitlines() if ligne.strip()]
