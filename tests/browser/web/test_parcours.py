"""The main path, by keyboard alone and without JavaScript."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.navigateur
_TABULATIONS = 80


def _tab_to(page: Page, selecteur: str) -> None:
    """Press Tab until the focus is on an element that the selector names."""
    for _ in range(_TABULATIONS):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selecteur):
            return
    pytest.fail(f"la tabulation n’atteint pas {selecteur}")


def test_keyboard_goes_from_home_to_the_pedigree_of_a_figure(
    site: str, contexte: BrowserContext, surveillance: Any
) -> None:
    page = contexte.new_page()
    page.goto(site)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "evitement"
    page.keyboard.press("Enter")
    _tab_to(page, "#q")
    page.keyboard.type("35600")
    page.keyboard.press("Enter")
    page.wait_for_url("**/territoires/recherche/?q=35600")
    _tab_to(page, "a[href='/territoires/commune/35236/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/territoires/commune/35236/")
    assert page.inner_text("h1") == "Redon"
    _tab_to(page, "a.chiffre")
    page.keyboard.press("Enter")
    page.wait_for_url("**/chiffres/commune/35236/**")
    assert "recalculer" in page.inner_text("main")
    surveillance.assert_quiet()


def test_arrows_walk_the_map_and_enter_opens_the_territory(
    site: str, contexte: BrowserContext
) -> None:
    page = contexte.new_page()
    page.goto(site)
    liens = page.locator("svg[data-carte] a[tabindex='0']")
    assert liens.count() == 1, "une seule étape de tabulation par carte"
    liens.focus()
    depart = page.evaluate("document.activeElement.getAttribute('aria-label')")
    page.keyboard.press("ArrowRight")
    arrivee = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert arrivee
    assert arrivee != depart
    page.keyboard.press("Enter")
    page.wait_for_url("**/territoires/departement/**")


def test_script_sorts_a_table_in_place_and_keeps_the_order_in_the_address(
    site: str, contexte: BrowserContext
) -> None:
    page = contexte.new_page()
    page.goto(site)
    premiere = page.locator("#tableau tbody tr").first
    plus_haut = premiere.inner_text()
    page.locator("#tableau thead a", has_text="Personnes en IAE").click()
    assert premiere.inner_text() != plus_haut
    assert "ordre=asc" in page.url
    assert page.locator("#tableau th[aria-sort='ascending']").count() == 1


def test_site_works_without_javascript(site: str, navigateur: Browser) -> None:
    contexte = navigateur.new_context(java_script_enabled=False)
    page = contexte.new_page()
    page.goto(site)
    page.select_option("#niveau", "region")
    page.get_by_role("button", name="Afficher").click()
    assert "niveau=region" in page.url
    assert page.locator("svg.carte-france a").count() >= 18
    page.locator("#tableau thead a", has_text="Région").click()
    assert "tri=nom" in page.url
    premiere = page.locator("#tableau tbody tr").first.inner_text()
    assert premiere.startswith("Auvergne")
    page.fill("#q", "Redon")
    page.press("#q", "Enter")
    page.locator(".resultats a", has_text="Redon").first.click()
    assert "Redon" in page.inner_text("h1")
    contexte.close()
