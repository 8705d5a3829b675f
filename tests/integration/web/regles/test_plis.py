"""Long pages fold: the answer and the warnings stay in sight, each anchor is inside its fold."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from maillage.web.regles.fiches.catalogue import FICHES

if TYPE_CHECKING:
    from django.test import Client

PAGES = ("/regles/", "/regles/aide-au-poste/", *(fiche.url for fiche in FICHES.values()))


class Sight(HTMLParser):
    """What is read without opening anything; the anchors, with the folds they are inside of."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.mots: list[str] = []
        self.plis: dict[str, int] = {}
        self._ouverts: list[bool] = []
        self._titres = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A fold, its heading, or an anchor."""
        attributs = dict(attrs)
        if tag == "details":
            self._ouverts.append("open" in attributs)
        if tag == "summary":
            self._titres += 1
        if attributs.get("id"):
            self.plis[str(attributs["id"])] = len(self._ouverts)

    def handle_endtag(self, tag: str) -> None:
        """The end of a fold or of its heading."""
        if tag == "details":
            self._ouverts.pop()
        if tag == "summary":
            self._titres -= 1

    def handle_data(self, data: str) -> None:
        """Words, seen when no fold hides them or when they are the heading of the only one."""
        fermes = self._ouverts.count(False)
        if fermes == 0 or (fermes == 1 and self._titres):
            self.mots.append(data)


def look(client: Client, adresse: str) -> tuple[str, Sight]:
    page = unescape(client.get(adresse).content.decode())
    return page, Sight(page)


@pytest.mark.parametrize("adresse", PAGES)
def test_every_entry_of_the_contents_leads_to_an_anchor_that_its_fold_opens(
    client: Client, adresse: str
) -> None:
    page, vue = look(client, adresse)
    sommaire = page.partition('class="sommaire"')[2].partition("</nav>")[0]
    ancres = re.findall(r'href="#([^"]+)"', sommaire)
    assert len(ancres) >= 4
    assert [ancre for ancre in ancres if ancre not in vue.plis] == []
    for pli in page.split('<details class="pli"')[1:]:
        titre, _, corps = pli.partition("</summary>")
        if "<h2" in titre:
            # Inside, not on the fold itself: a browser opens what hides the target, not the target.
            ancre = re.match(r'\s*<div class="pli-corps[^"]*" id="([^"]+)">', corps)
            assert ancre is not None, titre
            assert ancre[1] in ancres


@pytest.mark.parametrize("adresse", PAGES)
def test_what_is_long_is_folded_and_what_answers_is_not(client: Client, adresse: str) -> None:
    page, vue = look(client, adresse)
    lus = " ".join(vue.mots)
    assert re.search(r'class="constat"', page)
    assert "Confiance" not in lus or adresse == "/regles/"
    assert len(re.sub(r"\s+", " ", lus)) < 6500
    if adresse != "/regles/":
        assert "Textes vérifiés pour la dernière fois" in lus
        assert "concordent" in lus


def test_the_aide_au_poste_gives_its_amounts_and_what_is_not_known_at_once(client: Client) -> None:
    lus = " ".join(look(client, "/regles/aide-au-poste/")[1].mots)
    for montant in (
        "1\u202f619\u202f€",
        "23\u202f921\u202f€",
        "13\u202f304\u202f€",
        "4\u202f781\u202f€",
    ):
        assert montant in lus
    assert "aucun arrêté trouvé après le 4 décembre 2024" in lus


def test_a_warning_is_never_folded(client: Client) -> None:
    vue = look(client, "/regles/cotisations/")[1]
    assert "Valeur non vérifiée (confiance C)" in " ".join(vue.mots)
    for adresse in PAGES:
        page, _ = look(client, adresse)
        for pli in page.split("<details")[1:]:
            assert 'class="avertissements"' not in pli.partition("</details>")[0]


def test_a_value_not_verified_says_it_under_its_title(client: Client) -> None:
    page, _ = look(client, "/regles/valeurs/cotisations.tva_ai/")
    constat = page.partition('class="constat"')[2].partition("</p>")[0]
    assert "exonération supposée" in constat
    assert "Valeur non vérifiée (confiance C)" in constat
    assert "Trois recherches n’ont trouvé aucun texte" in page


def test_the_page_of_a_value_starts_with_the_value(client: Client) -> None:
    page, _ = look(client, "/regles/valeurs/aide_au_poste.montant_socle.AI/")
    constat = re.sub(r"<[^>]+>", "", page.partition('class="constat">')[2].partition("</p>")[0])
    assert constat == "Depuis le 1er novembre 2024\u202f: 1\u202f619\u202f€ par ETP et par an"
    assert "<strong>Au-delà du 31 décembre 2025, la valeur n’est pas connue.</strong>" in page
