"""The delegation freezes an edition of the panel, a director reads their own place beside the quartiles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from factories.site_servi import SiteMembres, serve
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from factories.navigateur import Surveillance
    from playwright.sync_api import BrowserContext, Page

pytestmark = pytest.mark.navigateur


@pytest.fixture(scope="module")
def site_panel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SiteMembres]:
    """The small network and thirteen other structures of one kind, which all agree."""
    with serve(tmp_path_factory.mktemp("donnees-panel"), "panel") as servi:
        yield servi


def check(page: Page) -> None:
    """Accessible and no wider than the screen, at the width of a desk and of a phone."""
    for largeur in (1280, 390):
        page.set_viewport_size({"width": largeur, "height": 900})
        violations: list[Any] = Axe().run(page).response["violations"]
        assert [(v["id"], [n["target"] for n in v["nodes"]]) for v in violations] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= largeur


def test_an_edition_is_frozen_then_read_from_its_place(
    site_panel: SiteMembres, contexte: BrowserContext, surveillance: Surveillance
) -> None:
    page = site_panel.sign_in(contexte, "delegation", 1280)
    page.goto(f"{site_panel.adresse}/espace/")
    page.get_by_role("link", name="Arrêter le panel").click()
    expect(page.locator(".constat")).to_contain_text("14\u00a0structures donnent leur accord")
    page.get_by_role("link", name="Arrêter l’édition 2024").click()
    page.get_by_role("button", name="Arrêter l’édition").click()
    expect(page.locator("h1")).to_have_text("Panel 2024")
    check(page)
    contexte.clear_cookies()

    page = site_panel.sign_in(contexte, "direction", 1280)
    page.goto(f"{site_panel.adresse}/espace/")
    page.get_by_role("link", name="Ouvrir la page de ma structure").click()
    page.get_by_role("link", name="Ma place dans le panel").click()
    # 1.30 for 20: 6.5, the lowest of fourteen
    expect(page.locator(".constat")).to_contain_text("dans le quart le plus bas")
    ligne = page.get_by_role("row", name="ETP d’encadrement technique")
    expect(ligne).to_contain_text("6,5")
    expect(ligne).to_contain_text("14 structures")
    image = page.locator("figure.graphique img")
    image.scroll_into_view_if_needed()
    assert image.evaluate("i => i.decode().then(() => i.naturalWidth > 0)")
    check(page)
    surveillance.assert_quiet()
