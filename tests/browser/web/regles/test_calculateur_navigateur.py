"""The optional parts of the calculator in a real browser: folded, opened by keyboard, on a phone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest
from axe_playwright_python.sync_playwright import Axe

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.navigateur

ANNEXE = {
    "type": "ACI",
    "territoire": "metropole_drom",
    "etp": "8",
    "debut": "01/09/2022",
    "fin": "30/06/2023",
    **{f"m{rang}": "8" for rang in range(1, 11)},
}
COMPLET = {
    **ANNEXE,
    "avenant_mois": "01/2023",
    "avenant_etp": "9,5",
    "h_revalorisation": "date_effet",
    "poids_personnes": "40",
    "poids_moyens": "30",
    "poids_resultats": "30",
    "note_personnes": "80",
    "note_moyens": "60",
    "note_resultats": "70",
    "passerelle_etp": "2",
    "passerelle_mois": "6",
    "cdi_etp": "1",
    "cdi_embauche": "15/03/2022",
    "rsa_beneficiaires": "5",
}
ADRESSES = {
    "complet": (COMPLET, 200),
    "refus": ({**COMPLET, "type": "AI", "territoire": "mayotte", "h_revalorisation": ""}, 200),
    "faux": ({**COMPLET, "poids_moyens": "20", "cdi_embauche": "hier", "h_plafond": "x"}, 400),
}


def _url(site: str, saisie: dict[str, str]) -> str:
    return f"{site}/regles/calculateur/?{urlencode(saisie)}"


def _assert_accessible(page: Page) -> None:
    resultat = Axe().run(page)
    assert resultat.violations_count == 0, resultat.generate_report()


@pytest.mark.parametrize("largeur", [1280, 390])
@pytest.mark.parametrize(("saisie", "statut"), ADRESSES.values(), ids=ADRESSES.keys())
def test_everything_asked_is_accessible_and_holds_in_the_width(
    site: str, contexte: BrowserContext, saisie: dict[str, str], statut: int, largeur: int
) -> None:
    page = contexte.new_page()
    page.set_viewport_size({"width": largeur, "height": 900})
    answer = page.goto(_url(site, saisie))
    assert answer is not None
    assert answer.status == statut
    _assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= largeur


def test_dark_theme_keeps_its_contrasts(site: str, navigateur: Browser) -> None:
    contexte = navigateur.new_context(color_scheme="dark")
    page = contexte.new_page()
    for saisie, _statut in ADRESSES.values():
        page.goto(_url(site, saisie))
        _assert_accessible(page)
    contexte.close()


def test_keyboard_adds_an_avenant_and_changes_a_reading_without_script(
    site: str, navigateur: Browser
) -> None:
    contexte = navigateur.new_context(java_script_enabled=False)
    page = contexte.new_page()
    page.goto(_url(site, ANNEXE))
    assert not page.locator("#avenant_mois").is_visible()
    page.locator("summary", has_text="Un avenant pendant l’annexe").focus()
    page.keyboard.press("Enter")
    page.locator("#avenant_mois").focus()
    page.keyboard.type("01/2023")
    page.keyboard.press("Tab")
    page.keyboard.type("9,5")
    page.locator("summary", has_text="Les hypothèses").focus()
    page.keyboard.press("Enter")
    page.locator("#h_plafond-1").focus()
    page.keyboard.press("ArrowDown")
    page.locator("#avenant_etp").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**avenant_etp=9%2C5**h_plafond=mensuel**")
    assert "une fois les changements comptés" in page.inner_text(".constat")
    assert "à partir de janvier 2023, l’avenant porte" in page.inner_text(".explications").lower()
    assert page.locator("#avenant_mois").is_visible()
    assert page.is_checked("#h_plafond-2")
    contexte.close()


def test_an_error_leads_into_the_folded_part(site: str, contexte: BrowserContext) -> None:
    page = contexte.new_page()
    page.goto(_url(site, ADRESSES["faux"][0]))
    page.locator("[role=alert] a", has_text="embauche").click()
    assert page.locator("#cdi_embauche").is_visible()
    assert page.input_value("#cdi_embauche") == "hier"


def test_paper_has_every_part_of_the_result(
    site: str, contexte: BrowserContext, surveillance: Any
) -> None:
    page = contexte.new_page()
    page.goto(_url(site, COMPLET))
    page.emulate_media(media="print")
    for partie in ("#changement", "#complements", "#partage", "#versement", ".explications"):
        assert page.locator(partie).is_visible()
    assert not page.locator("form.formulaire").is_visible()
    surveillance.assert_quiet()
