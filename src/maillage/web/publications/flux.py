"""Feeds: RSS 2.0 and Atom, of the public version or of that of members."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.utils.html import escape

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.utils.feedgenerator import SyndicationFeed

    from maillage.web.publications.article import Article

FORMATS: dict[str, type[SyndicationFeed]] = {"rss": Rss201rev2Feed, "atom": Atom1Feed}
ENTREES = 30
_LIEN_LOCAL = re.compile(r'(?<= (?:href))="(?=/)|(?<= (?:src))="(?=/)')


def render_feed(
    format_: str, titre: str, adresse: str, articles: Iterable[Article], *, prive: bool = False
) -> str:
    """A feed as text.

    Args:
        format_: A key of `FORMATS`.
        titre: What a reader calls it.
        adresse: Path of its own address; empty when it is a secret.
        articles: Newest first, each with its date.
        prive: Whether it is somebody's own.
    """
    site = settings.ADRESSE_PUBLIQUE
    flux = FORMATS[format_](
        title=titre,
        link=f"{site}/publications/",
        description=(
            "Les publications du réseau, dans la version des adhérents. Gardez cette adresse pour vous."
            if prive
            else "Les publications du réseau ouvertes à tous."
        ),
        language="fr",
        feed_url=f"{site}{adresse}" if adresse else None,
        feed_guid=f"{site}/publications/",
    )
    for article in articles:
        flux.add_item(
            title=article.titre,
            link=article.adresse_absolue,
            unique_id=article.adresse_absolue,
            description=render_entry(article),
            pubdate=article.date,
            updateddate=article.correction[0] if article.correction else article.date,
            categories=[nom for nom, _ in article.themes],
        )
    return flux.writeString("utf-8")


def render_entry(article: Article) -> str:
    """HTML of an entry, whose addresses can be followed from anywhere."""
    chapo = f"<p><strong>{escape(article.chapo)}</strong></p>" if article.chapo else ""
    pieces = "".join(
        f'<li><a href="{escape(piece.adresse)}">{escape(piece.nom)}</a></li>'
        for piece in article.pieces
    )
    jointes = f"<ul>{pieces}</ul>" if pieces else ""
    return _LIEN_LOCAL.sub(f'="{settings.ADRESSE_PUBLIQUE}', f"{chapo}{article.html}{jointes}")
