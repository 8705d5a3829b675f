"""A publication as a page, a feed entry and a mail show it, whatever it is made from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.safestring import SafeString
from django.utils.text import slugify

from maillage.kernel.niveau import Niveau
from maillage.web.publications.texte.document import Audience
from maillage.web.territoires import donnees

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from maillage.web.publications.models import PieceJointe, Publication, Rendu
    from maillage.web.publications.texte.versions import Version

_RESUME = 300


@dataclass(frozen=True, slots=True)
class LienPiece:
    """An attachment to open.

    Attributes:
        nom, adresse: Name of the file, and path of its address.
        taille: In bytes.
        is_reservee: Whether it is for members.
    """

    nom: str
    adresse: str
    taille: int
    is_reservee: bool


@dataclass(frozen=True, slots=True)
class Article:
    """What one audience reads.

    Attributes:
        titre, chapo, texte: Plain texts.
        html: Safe HTML of the body.
        themes: (name, slug), in the order of the editor.
        pieces: Attachments that this audience may open.
        adresse: Path of its address.
        nature, region: Names on screen; the region may be empty.
        date: When it came out, or will.
        correction: When it was last corrected, with why; None when it never was.
        is_adherents: Whether this is the version of members.
    """

    titre: str
    chapo: str
    texte: str
    html: SafeString
    themes: tuple[tuple[str, str], ...]
    pieces: tuple[LienPiece, ...]
    adresse: str
    nature: str
    region: str
    date: datetime | None
    correction: tuple[datetime, str] | None = None
    is_adherents: bool = False

    @property
    def resume(self) -> str:
        """One or two sentences, for the metadata of the page and for lists."""
        texte = self.chapo or self.texte
        ligne = " ".join(texte.split())
        return ligne if len(ligne) <= _RESUME else f"{ligne[:_RESUME].rsplit(' ', 1)[0]}…"

    @property
    def adresse_absolue(self) -> str:
        """Address to follow from a mail or a feed."""
        return f"{settings.ADRESSE_PUBLIQUE}{self.adresse}"


@cache
def noms_regions() -> dict[str, str]:
    """Names of the régions by code, in alphabetical order."""
    regions = donnees.atlas().territoires(Niveau.REGION)
    return dict(sorted(((t.code, t.nom) for t in regions), key=lambda couple: couple[1]))


def address_of(slug: str) -> str:
    """Path of the page of a publication."""
    return f"/publications/{slug}/"


def theme_slug(nom: str) -> str:
    """A theme in an address."""
    return slugify(nom) or "theme"


def link_pieces(
    pieces: Iterable[tuple[PieceJointe, str]], audience: Audience
) -> tuple[LienPiece, ...]:
    """Attachments, each with whom it is for, that an audience may open."""
    return tuple(
        LienPiece(p.nom, p.adresse, p.taille, pour == Audience.ADHERENTS.value)
        for p, pour in pieces
        if audience is Audience.ADHERENTS or pour == Audience.PUBLIQUE.value
    )


def from_version(
    publication: Publication, version: Version, slug: str, pieces: Iterable[PieceJointe]
) -> Article:
    """A text that is not out yet, as it would be."""
    return Article(
        titre=version.titre,
        chapo=version.chapo,
        texte=version.texte,
        html=SafeString(version.html),
        themes=tuple((nom, theme_slug(nom)) for nom in version.etiquettes),
        pieces=link_pieces(((p, p.audience) for p in pieces), version.audience),
        adresse=address_of(slug),
        nature=publication.get_nature_display(),
        region=noms_regions().get(publication.region, ""),
        date=publication.publiee_le,
        is_adherents=version.audience is Audience.ADHERENTS,
    )


def from_rendu(rendu: Rendu) -> Article:
    """What was frozen when it came out; its themes and attachments must have been fetched."""
    publication = rendu.parution.courante_de
    parution = rendu.parution
    corrigee = parution.date_parution if parution.numero > 1 else None
    if corrigee is not None and publication.publiee_le and corrigee <= publication.publiee_le:
        corrigee = None
    audience = Audience(rendu.audience)
    return Article(
        titre=rendu.titre,
        chapo=rendu.chapo,
        texte=rendu.texte,
        html=SafeString(rendu.html),
        themes=tuple((theme.nom, theme.slug) for theme in rendu.themes.all()),
        pieces=link_pieces(((p.piece, p.audience) for p in parution.pieces.all()), audience),
        adresse=address_of(publication.slug or ""),
        nature=publication.get_nature_display(),
        region=noms_regions().get(publication.region, ""),
        date=publication.publiee_le,
        correction=(corrigee, parution.motif) if corrigee else None,
        is_adherents=audience is Audience.ADHERENTS,
    )
