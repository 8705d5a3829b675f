"""A director answers and sends on a phone, with the keyboard alone."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.navigateur
_TABULATIONS = 120
_PATIENCE = 120_000
"""Milliseconds that the first page may take on a slow machine."""


def _tab_to(page: Page, selecteur: str) -> None:
    """Press Tab until the focus is on an element that the selector names."""
    for _ in range(_TABULATIONS):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selecteur):
            return
    pytest.fail(f"la tabulation n’atteint pas {selecteur}")


def _check(page: Page, largeur: int) -> None:
    """Nothing that axe reports, nothing wider than the screen."""
    fautes = Axe().run(page).response["violations"]
    assert [(faute["id"], page.url) for faute in fautes] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= largeur


def _enter(page: Page, site: str, role: str) -> None:
    page.goto(f"{site}/demonstration/")
    page.locator(f"form[action='/demonstration/{role}/'] button").press("Enter")
    page.wait_for_url("**/espace/")


def _go_on(page: Page, suite: str) -> None:
    _tab_to(page, "button[value='suivante']")
    page.keyboard.press("Enter")
    page.wait_for_url(suite)


def test_a_director_answers_and_sends_by_keyboard_on_a_phone(
    demonstration: str, navigateur: Browser, surveillance: Any
) -> None:
    contexte = navigateur.new_context(viewport={"width": 390, "height": 844}, locale="fr-FR")
    contexte.set_default_timeout(_PATIENCE)
    contexte.on("page", surveillance.watch)
    page = contexte.new_page()
    _enter(page, demonstration, "direction")
    trouve = re.search(r"/espace/structures/(\d+)/", page.content())
    assert trouve
    racine = f"/questionnaire/{time.localtime().tm_year}/structure/{trouve[1]}/"
    page.goto(f"{demonstration}{racine}")
    _check(page, 390)
    _tab_to(page, "a.bouton")
    page.keyboard.press("Enter")
    page.wait_for_url("**/section/structure/")
    assert "d’après les conventions" in page.inner_text("main")
    _check(page, 390)
    _go_on(page, "**/section/emploi/")
    _check(page, 390)
    _answer_emploi(page)
    _go_on(page, "**/section/economie/")
    for code in ("produits", "dont_ventes", "resultat"):
        if not page.input_value(f"#q-{code}"):
            page.fill(f"#q-{code}", "1000")
    _go_on(page, "**/section/actualite/")
    _answer_actualite(page)
    _check(page, 390)
    _go_on(page, "**/envoyer/")
    _check(page, 390)
    for usage in ("statistiques", "panel", "nominatif"):
        page.check(f"[name='usage-{usage}'][value='oui']")
    page.locator("form.formulaire button").press("Enter")
    page.wait_for_url("**/copie/")
    assert "Envoyée le" in page.inner_text("main")
    assert "je ne sais pas" in page.inner_text("main")
    _check(page, 390)
    surveillance.assert_quiet()
    contexte.close()


def _answer_emploi(page: Page) -> None:
    # kept as soon as it is typed, before any button
    _tab_to(page, "#q-permanents_etp")
    page.keyboard.press("Control+A")
    page.keyboard.type("12,5")
    page.keyboard.press("Tab")
    page.wait_for_selector("#question-permanents_etp .etat-garde")
    page.reload()
    assert page.input_value("#q-permanents_etp") == "12,5"
    # « je ne sais pas » empties the field; both are never sent together
    _tab_to(page, "[name='s-permanents_etp'][value='ne_sait_pas']")
    page.keyboard.press("Space")
    assert page.input_value("#q-permanents_etp") == ""


def _answer_actualite(page: Page) -> None:
    # a question that waits for another answer comes and goes with it
    page.check("[name='q-recrutement'][value='facile']")
    assert not page.is_visible("#question-freins")
    page.check("[name='q-recrutement'][value='difficile']")
    assert page.is_visible("#question-freins")


@pytest.mark.parametrize("largeur", [390, 1280])
def test_screens_of_the_staff_are_clean(
    demonstration: str, navigateur: Browser, surveillance: Any, largeur: int
) -> None:
    contexte = navigateur.new_context(viewport={"width": largeur, "height": 900}, locale="fr-FR")
    contexte.set_default_timeout(_PATIENCE)
    contexte.on("page", surveillance.watch)
    page = contexte.new_page()
    _enter(page, demonstration, "delegation")
    annee = time.localtime().tm_year
    for chemin in (
        "",
        f"{annee}/definition/",
        f"{annee}/definition/question/?code=freins",
        f"{annee}/definition/regle/",
        f"{annee}/apercu/",
        f"{annee}/suivi/",
        f"{annee}/relance/",
        f"{annee - 1}/resultats/",
        f"{annee - 1}/resultats/personnes_parcours/",
        f"{annee - 1}/resultats/freins/",
    ):
        page.goto(f"{demonstration}/questionnaire/{chemin}")
        _check(page, largeur)
    surveillance.assert_quiet()
    contexte.close()
