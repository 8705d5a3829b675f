"""Every figure of a page opens its pedigree, the figures written in sentences included."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from maillage.kernel.niveau import Niveau
from maillage.web.territoires import donnees

if TYPE_CHECKING:
    from django.test import Client

    from maillage.analyses.diagnosis.atlas import Atlas

ADRESSES = (
    "/",
    "/?niveau=epci&indicateur=part_sans_ai_30min",
    "/?niveau=departement&indicateur=taux_pauvrete",
    "/territoires/france/FR/",
    "/territoires/region/53/",
    "/territoires/departement/35/",
    "/territoires/departement/2A/",
    "/territoires/departement/976/",
    "/territoires/epci/243500741/",
    "/territoires/commune/35236/",
    "/territoires/commune/75056/",
    "/territoires/commune/55039/",
    "/territoires/commune/15031/",
    "/territoires/commune/85113/",
    "/cibles-2022/",
    "/chiffres/departement/35/personnes_iae/2022-09/",
    "/chiffres/commune/35236/demandeurs_emploi/2024/",
)
TRACEES = {"chiffre", "rang", "phrase", "constat", "nombre"}
"""Classes of what holds figures."""
VIDES = {"meta", "link", "input", "br", "img", "source", "hr", "path", "circle", "rect"}


class Chiffres(HTMLParser):
    """Reads a page: the numbers that no link carries and no list of sources covers."""

    def __init__(self) -> None:
        super().__init__()
        self.ouvertes: list[tuple[str, set[str]]] = []
        self.texte = ""
        self.en_attente: list[str] = []
        self.orphelins: list[str] = []
        self.liens: list[str] = []
        self.nombre = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element opens; one that is not a list of sources leaves the sentence uncovered."""
        donnes = dict(attrs)
        classes = set((donnes.get("class") or "").split())
        if "sources-phrase" in classes:
            self.en_attente.clear()
        elif tag in {"p", "section", "h2", "li", "table"}:
            self._expire()
        if tag == "a" and {"chiffre", "rang"} & classes:
            self.liens.append(donnes.get("href") or "")
        if tag not in VIDES:
            self.ouvertes.append((tag, classes))

    def handle_endtag(self, tag: str) -> None:
        """An element closes."""
        while self.ouvertes and self.ouvertes.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        """Numbers inside a figure, a rank or a sentence, outside any link, wait for a source."""
        if not re.search(r"\d", data) or not any(TRACEES & c for _, c in self.ouvertes):
            return
        self.nombre += 1
        if not any(tag == "a" for tag, _ in self.ouvertes):
            self.en_attente.append(data)

    def close(self) -> None:
        """The page ends."""
        self._expire()
        super().close()

    def _expire(self) -> None:
        self.orphelins += self.en_attente
        self.en_attente.clear()


def read(html: str) -> Chiffres:
    page = Chiffres()
    page.feed(html)
    page.close()
    return page


def test_the_reader_sees_a_figure_without_pedigree() -> None:
    """The reader itself: covered, linked, and neither."""
    assert read('<p class="phrase">12 ici</p><p class="source">rien</p>').orphelins == ["12 ici"]
    assert read('<p class="phrase">12</p><p class="sources-phrase"><a>s</a></p>').orphelins == []
    assert read('<p class="phrase"><a class="chiffre" href="/c">12</a></p>').orphelins == []
    assert read('<span class="rang">3e</span>').orphelins == ["3e"]


@pytest.mark.parametrize("adresse", ADRESSES)
def test_every_figure_has_its_pedigree(client: Client, adresse: str) -> None:
    page = read(client.get(adresse).content.decode())
    assert page.nombre > 0
    assert page.orphelins == []
    assert all(page.liens)


@pytest.mark.parametrize("adresse", ADRESSES)
def test_what_a_sentence_quotes_can_be_opened(client: Client, adresse: str) -> None:
    html = client.get(adresse).content.decode()
    listes = re.findall(r'<p class="sources-phrase">(.*?)</p>', html, re.DOTALL)
    for url in {u.split("#")[0] for liste in listes for u in re.findall(r'href="([^"]+)"', liste)}:
        assert client.get(url.replace("&amp;", "&")).status_code == 200, url


def test_methods_of_the_targets_are_where_the_figures_point(client: Client) -> None:
    html = client.get("/cibles-2022/").content.decode()
    ancres = set(re.findall(r'href="/cibles-2022/#([a-z-]+)"', html))
    assert {"calcul-totaux", "calcul-correlations", "calcul-dispersions"} <= ancres
    assert {"calcul-cles", "calcul-regression"} <= ancres
    for ancre in ancres:
        assert f'id="{ancre}"' in html
    assert "SHA-256" in html.split('id="sources"')[1]


@pytest.mark.parametrize(
    ("niveau", "code"),
    [
        (Niveau.DEPARTEMENT, "35"),
        (Niveau.REGION, "53"),
        (Niveau.EPCI, "243500741"),
        (Niveau.COMMUNE, "35236"),
    ],
)
def test_a_rank_leads_to_the_table_that_shows_it(
    client: Client, atlas: Atlas, niveau: Niveau, code: str
) -> None:
    html = client.get(f"/territoires/{niveau.value}/{code}/").content.decode()
    trouves = re.findall(r'<a class="rang" href="([^"]+)">([^<]+)</a>', html)
    assert trouves
    nom = atlas.territoire(niveau, code).nom
    for url, rang in {unescape(u): r for u, r in trouves[:6]}.items():
        table = unescape(client.get(url.split("#")[0]).content.decode())
        assert nom in table, url
        assert rang in table, url


def test_the_crossing_is_said_beside_the_access_of_an_island(client: Client) -> None:
    ile = client.get("/territoires/commune/85113/").content.decode()
    acces = ile.split('id="acces"')[1].split("</section>")[0]
    assert "la traversée n’est pas vue" in acces
    continent = client.get("/territoires/commune/35236/").content.decode()
    assert "traversée" not in continent


def test_sentences_quote_what_they_write(atlas: Atlas) -> None:
    diagnostic = donnees.diagnostic.__wrapped__(Niveau.DEPARTEMENT, "35")
    assert diagnostic.territoire == atlas.territoire(Niveau.DEPARTEMENT, "35")
    cites = [{c.indicateur for c in phrase.chiffres} for phrase in diagnostic.phrases]
    assert cites == [
        {
            "demandeurs_emploi",
            "part_sans_ai_30min",
            "part_sans_ai_30min_bas",
            "part_sans_ai_30min_haut",
        },
        {"personnes_iae", "personnes_iae_pour_1000_demandeurs"},
    ]
    assert diagnostic.ecarts is not None
    assert {c.indicateur for c in diagnostic.ecarts.phrase.chiffres} >= {"rang_min", "rang_max"}


def test_a_unit_agrees_with_its_figure_and_a_name_is_elided(client: Client) -> None:
    ile = client.get("/territoires/commune/85113/").content.decode()
    assert '<p class="repere">structure<br>' in ile
    arles = client.get("/territoires/commune/13004/").content.decode()
    assert "Autour d’Arles, dans l’intercommunalité" in arles


def test_paris_is_made_of_arrondissements(client: Client) -> None:
    zones = client.get("/territoires/commune/75056/").content.decode()
    zones = zones.split('id="zones-blanches"')[1].split("</section>")[0]
    assert "Aucun arrondissement n’est sans structure" in zones
    assert "Les arrondissements selon leurs demandeurs d’emploi" in zones
    redon = client.get("/territoires/commune/35236/").content.decode()
    assert "aucune commune n’est sans structure" in redon
