"""What readers find: versions by role, filters, search, feeds, thousands of publications."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from defusedxml.ElementTree import fromstring
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from factories.membres import client_de
from factories.parutions import copy_published, make_publication, make_published, publish

from maillage.web.accounts.actions import close
from maillage.web.publications.actions.abonnements import renew_feed
from maillage.web.publications.models import FluxPersonnel

if TYPE_CHECKING:
    from collections.abc import Callable
    from xml.etree.ElementTree import Element

    from django.test import Client
    from factories.membres import PetitReseau

ATOM = "{http://www.w3.org/2005/Atom}"
RESERVE = "une inspection sur le financement"


def titles(client: Client, adresse: str) -> list[str]:
    page = client.get(adresse)
    assert page.status_code == 200
    return re.findall(r'<h2><a href="[^"]+">([^<]+)</a></h2>', page.content.decode())


@pytest.mark.parametrize(
    ("role", "lit_tout"),
    [
        ("visiteur", False),
        ("sans rôle", False),
        ("partenaire", False),
        ("equipe", True),
        ("direction", True),
        ("conseil", True),
        ("delegation_regionale", True),
        ("delegation", True),
        ("administration", True),
    ],
)
def test_each_reader_gets_their_version(
    petit_reseau: PetitReseau,
    role: str,
    lit_tout: bool,  # noqa: FBT001 — a column of the table above
) -> None:
    publication = make_published(petit_reseau.personnes["delegation"])
    client = client_de(petit_reseau, role)
    reponse = client.get(f"/publications/{publication.slug}/")
    page = reponse.content.decode()
    assert (RESERVE.capitalize() in page) is lit_tout
    assert ("publication-reserve" in page) is lit_tout
    assert ("Vous lisez la version des adhérents" in page) is lit_tout
    assert "Nos trois propositions" in page
    assert ("no-store" in reponse.get("Cache-Control", "")) is (role != "visiteur")
    assert ("Modifier cette publication" in page) is (role in {"delegation", "administration"})
    assert client.get("/publications/nulle-part/").status_code == 404


@pytest.mark.parametrize("dieses", ["#", "##", "###"])
def test_the_highest_heading_of_a_text_comes_right_under_its_title(
    petit_reseau: PetitReseau, dieses: str
) -> None:
    corps = f"{dieses} Le budget\n\nTexte.\n\n{dieses}# Détail\n\nTexte."
    reserve = f"::: adhérents\n# Pour nous\n:::\n\n{corps}"
    publication = make_published(petit_reseau.personnes["delegation"], corps=reserve)
    page = client_de(petit_reseau, "visiteur").get(f"/publications/{publication.slug}/")
    titres = re.findall(r"<(h\d)>(?:Le budget|Détail)<", page.content.decode())
    assert titres == ["h2", "h3"]


def test_filters_and_pages_keep_what_was_asked_in_the_address(
    petit_reseau: PetitReseau, horloge: Callable[[datetime], None]
) -> None:
    by = petit_reseau.personnes["delegation"]
    horloge(datetime(2025, 6, 1, 8, tzinfo=UTC))
    make_published(by, "Ancienne", themes="budget, [[négociation]]")
    horloge(datetime(2026, 6, 1, 8, tzinfo=UTC))
    publish(make_publication(by, "Bretonne", region="53", themes="formation"), by)
    make_published(by, "Récente", themes="Budget")
    visiteur, adherent = client_de(petit_reseau, "visiteur"), client_de(petit_reseau, "equipe")
    assert titles(visiteur, "/publications/") == ["Récente", "Bretonne", "Ancienne"]
    assert titles(visiteur, "/publications/?annee=2025") == ["Ancienne"]
    assert titles(visiteur, "/publications/?region=53") == ["Bretonne"]
    assert titles(visiteur, "/publications/?theme=budget") == ["Récente", "Ancienne"]
    assert titles(visiteur, "/publications/?nature=position") == []
    assert titles(visiteur, "/publications/?theme=negociation") == []
    assert titles(adherent, "/publications/?theme=negociation") == ["Ancienne"]
    assert "négociation" not in visiteur.get("/publications/").content.decode()
    for rang in range(20):
        make_published(by, f"Série {rang}")
    page = visiteur.get("/publications/?annee=2026").content.decode()
    assert "?annee=2026&amp;page=2" in page
    assert len(titles(visiteur, "/publications/?annee=2026&page=2")) == 2
    assert visiteur.get("/publications/?page=9").status_code == 400
    assert titles(visiteur, "/publications/?annee=abc")


@pytest.mark.parametrize(
    "question",
    [
        "département",
        "departements",
        "DÉPARTEMENTS",
        "l’hiver des associations",
        "associ",
        "oeuvre",
        "travail",
    ],
)
def test_search_knows_accents_plurals_elisions_and_beginnings(
    petit_reseau: PetitReseau, question: str
) -> None:
    by = petit_reseau.personnes["delegation"]
    make_published(by, "Hiver", corps="Les travaux d’œuvre de l’association dans les départements.")
    make_published(by, "Autre", corps="Rien de commun.")
    assert titles(client_de(petit_reseau, "visiteur"), f"/publications/?q={question}") == ["Hiver"]


def test_search_ranks_titles_first_marks_words_and_fears_no_character(
    petit_reseau: PetitReseau,
) -> None:
    by = petit_reseau.personnes["delegation"]
    make_published(by, "Autre sujet", corps=f"{'Rien. ' * 80} Le budget est voté. {'Rien. ' * 80}")
    make_published(by, "Le budget", corps="Il est connu.")
    client = client_de(petit_reseau, "visiteur")
    assert titles(client, "/publications/?q=budgets") == ["Le budget", "Autre sujet"]
    assert "<mark>budget</mark>" in client.get("/publications/?q=budgets").content.decode()
    for question in ('"', "budget OR 1", "NEAR(", "a*", "';--", "le la les", "\\", "budget:*", "%"):
        assert client.get("/publications/", {"q": question}).status_code == 200
    page = client.get("/publications/", {"q": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in page


def entries(client: Client, adresse: str) -> list[Element]:
    reponse = client.get(adresse)
    assert reponse.status_code == 200
    return list(fromstring(reponse.content).iter(f"{ATOM}entry"))


def test_public_feeds_are_valid_and_hold_the_public_version(petit_reseau: PetitReseau) -> None:
    publication = make_published(
        petit_reseau.personnes["delegation"],
        themes="budget",
        corps="Lire [la page](/methode/). [[Une inspection sur le financement démarre.]]",
    )
    client = client_de(petit_reseau, "direction")  # even signed in: the feed is everyone's
    (entree,) = entries(client, "/publications/flux.atom")
    racine = fromstring(client.get("/publications/flux.atom").content)
    for nom in ("id", "title", "updated", "link"):
        assert racine.find(f"{ATOM}{nom}") is not None
        assert entree.find(f"{ATOM}{nom}") is not None
    resume = entree.findtext(f"{ATOM}summary") or ""
    assert 'href="http://127.0.0.1:8000/methode/"' in resume
    assert "inspection" not in resume
    lien = entree.find(f"{ATOM}link")
    assert lien is not None
    assert lien.attrib["href"].endswith(f"/publications/{publication.slug}/")
    (item,) = fromstring(client.get("/publications/flux.rss").content).iter("item")
    assert {"title", "link", "guid", "pubDate", "description", "category"} <= {e.tag for e in item}
    reponse = client.get("/publications/flux.atom")
    assert reponse["Content-Type"] == "application/atom+xml; charset=utf-8"
    inchange = client.get("/publications/flux.atom", headers={"if-none-match": reponse["ETag"]})
    assert inchange.status_code == 304
    assert client.get("/publications/flux.xml").status_code == 404


def test_a_personal_feed_holds_what_its_person_may_read_today_and_closes(
    petit_reseau: PetitReseau,
) -> None:
    make_published(petit_reseau.personnes["delegation"])
    visiteur = client_de(petit_reseau, "visiteur")
    jetons = {
        r: renew_feed(petit_reseau.personnes[r]) for r in ("direction", "partenaire", "sans rôle")
    }
    lus = {
        r: visiteur.get(f"/publications/flux/{j}.atom").content.decode() for r, j in jetons.items()
    }
    assert [r for r, corps in lus.items() if RESERVE in corps.lower()] == ["direction"]
    for corps in lus.values():
        assert not any(jeton in corps for jeton in jetons.values())
    reponse = visiteur.get(f"/publications/flux/{jetons['direction']}.rss")
    assert reponse["Cache-Control"] == "private, no-store"
    assert reponse["Referrer-Policy"] == "no-referrer"
    # only a hash is kept
    assert not FluxPersonnel.objects.filter(empreinte__in=jetons.values()).exists()
    # the role ends: the same address reads the public version
    petit_reseau.personnes["direction"].rattachements.update(
        date_fin=timezone.localdate() - timedelta(days=1)
    )
    assert (
        RESERVE
        not in visiteur.get(f"/publications/flux/{jetons['direction']}.atom")
        .content.decode()
        .lower()
    )
    client = client_de(petit_reseau, "direction")
    page = client.post("/publications/abonnements/flux/").content.decode()
    (nouveau,) = re.findall(r"/publications/flux/([\w-]+)\.atom", page)
    assert visiteur.get(f"/publications/flux/{jetons['direction']}.atom").status_code == 404
    assert visiteur.get(f"/publications/flux/{nouveau}.atom").status_code == 200
    assert nouveau not in client.get("/publications/abonnements/").content.decode()
    client.post("/publications/abonnements/flux/fermer/")
    client.post("/publications/abonnements/flux/fermer/")
    assert visiteur.get(f"/publications/flux/{nouveau}.atom").status_code == 404
    close(petit_reseau.personnes["partenaire"], by=None)
    assert visiteur.get(f"/publications/flux/{jetons['partenaire']}.atom").status_code == 404


ADRESSES = (
    "/publications/",
    "/publications/?theme=budget&annee=2026",
    "/publications/?q=propositions",
    "/publications/?page=2",
    "/publications/flux.atom",
    "/publications/redaction/",
    "/publications/rencontre-avec-le-cabinet/",
)


def test_two_thousand_publications_cost_no_more_queries_than_thirty(
    petit_reseau: PetitReseau, horloge: Callable[[datetime], None]
) -> None:
    horloge(datetime(2026, 6, 1, 8, tzinfo=UTC))
    modele = make_published(petit_reseau.personnes["delegation"], themes="budget")
    copy_published(modele, 30)
    client = client_de(petit_reseau, "delegation")

    def count(adresse: str) -> int:
        with CaptureQueriesContext(connection) as requetes:
            assert client.get(adresse).status_code == 200
        return len(requetes)

    for adresse in ADRESSES:  # what is kept from one page to the next is in place
        count(adresse)
    avant = {adresse: count(adresse) for adresse in ADRESSES}
    copy_published(modele, 1_970)
    assert {adresse: count(adresse) for adresse in ADRESSES} == avant
    assert max(avant.values()) <= 20
    assert "2\u202f001\u00a0publications" in client.get("/publications/").content.decode()
