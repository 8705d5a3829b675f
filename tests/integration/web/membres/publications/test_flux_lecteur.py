"""Our feeds in a subscriber's program: feedparser, which many readers are built upon."""

from __future__ import annotations

from calendar import timegm
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import feedparser
import pytest
from django.utils import timezone
from factories.membres import client_de
from factories.parutions import make_published

from maillage.web.publications.actions.abonnements import renew_feed

if TYPE_CHECKING:
    from factories.membres import PetitReseau

SITE = "http://127.0.0.1:8000"


def follow(petit_reseau: PetitReseau, adresse: str) -> Any:
    """The feed as the reader understands it; anything that it had to guess is a failure."""
    reponse = client_de(petit_reseau, "visiteur").get(adresse)
    assert reponse.status_code == 200
    flux = feedparser.parse(
        reponse.content, response_headers={"content-type": reponse["Content-Type"]}
    )
    assert not flux.bozo, flux.get("bozo_exception")
    return flux


@pytest.mark.parametrize(("format_", "version"), [("rss", "rss20"), ("atom", "atom10")])
def test_a_reader_understands_the_public_feed(
    petit_reseau: PetitReseau, format_: str, version: str
) -> None:
    by = petit_reseau.personnes["delegation"]
    premiere = make_published(by, "Première", themes="budget, [[négociation]]")
    make_published(by, "« L’écart » & le reste", chapo="a < b")
    flux = follow(petit_reseau, f"/publications/flux.{format_}")
    assert flux.version == version
    assert flux.feed.title == "Réseau d’essai\u00a0: publications"
    assert flux.feed.language == "fr"
    assert [lien.href for lien in flux.feed.links if lien.rel == "self"] == [
        f"{SITE}/publications/flux.{format_}"
    ]
    titres = [entree.title.replace("\u00a0", " ") for entree in flux.entries]
    assert titres == ["« L’écart » & le reste", "Première"]
    recente, ancienne = flux.entries
    assert "a &lt; b" in recente.summary
    assert ancienne.link == ancienne.id == f"{SITE}/publications/{premiere.slug}/"
    assert [etiquette.term for etiquette in ancienne.tags] == ["budget"]
    assert "inspection" not in ancienne.summary
    paru = datetime.fromtimestamp(timegm(ancienne.published_parsed), UTC)
    assert abs((paru - timezone.now()).total_seconds()) < 3600


@pytest.mark.parametrize("format_", ["rss", "atom"])
def test_a_reader_understands_a_personal_feed_and_gets_what_is_for_members(
    petit_reseau: PetitReseau, format_: str
) -> None:
    make_published(petit_reseau.personnes["delegation"], themes="budget, [[négociation]]")
    jeton = renew_feed(petit_reseau.personnes["direction"])
    flux = follow(petit_reseau, f"/publications/flux/{jeton}.{format_}")
    (entree,) = flux.entries
    assert "inspection" in entree.summary
    assert [etiquette.term for etiquette in entree.tags] == ["budget", "négociation"]
    # a program that shares what it has read does not share the secret
    assert jeton not in str(flux)


def test_a_feed_without_any_publication_is_one_all_the_same(petit_reseau: PetitReseau) -> None:
    for format_ in ("rss", "atom"):
        assert follow(petit_reseau, f"/publications/flux.{format_}").entries == []
