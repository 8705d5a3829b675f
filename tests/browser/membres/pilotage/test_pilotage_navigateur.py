"""From the ASP's files to a director's page, in a real browser with a real worker: one story.

The secretary general brings the extract of June, then that of July, says whose a structure is; the director
reads their year; a file with persons in it is refused on screen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from factories.extraits_site import write_both
from factories.flux_iae import write_extrait, write_vue
from factories.site_servi import SiteMembres, serve
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from factories.navigateur import Surveillance
    from playwright.sync_api import BrowserContext, Page

pytestmark = pytest.mark.navigateur


@pytest.fixture(scope="module")
def site_pilotage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SiteMembres]:
    """The small network, without any extract yet."""
    with serve(tmp_path_factory.mktemp("donnees-pilotage")) as servi:
        yield servi


def check(page: Page) -> None:
    """Accessible, no wider than the screen, one heading, at the width of a desk and of a phone."""
    for largeur in (1280, 390):
        page.set_viewport_size({"width": largeur, "height": 900})
        violations: list[Any] = Axe().run(page).response["violations"]
        assert [(v["id"], [n["target"] for n in v["nodes"]]) for v in violations] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= largeur
        assert page.locator("h1").count() == 1
    page.set_viewport_size({"width": 1280, "height": 900})


def bring_in(page: Page, dossier: Path, attendu: str) -> None:
    """Send the files of a folder, and wait for what comes of it without touching the page."""
    page.goto(page.url.split("/", 3)[0] + "//" + page.url.split("/", 3)[2] + "/pilotage/imports/")
    page.set_input_files("[name=fichiers]", sorted(dossier.iterdir()))
    page.get_by_role("button", name="Importer").click()
    expect(page.locator("#import .constat")).to_have_text(attendu)


def test_from_the_files_of_the_asp_to_a_director_s_page(
    site_pilotage: SiteMembres, contexte: BrowserContext, surveillance: Surveillance, tmp_path: Path
) -> None:
    juin, juillet = write_both(tmp_path)
    page = site_pilotage.sign_in(contexte, "delegation", 1280)
    page.goto(f"{site_pilotage.adresse}/pilotage/")
    expect(page.locator(".constat")).to_contain_text("Aucun extrait n’est importé")
    check(page)
    page.get_by_role("link", name="Importer un extrait").click()
    check(page)
    bring_in(page, juin, "L’extrait est importé.")
    bring_in(page, juillet, "L’extrait est importé.")
    check(page)

    page.get_by_role("link", name="Voir le pilotage").click()
    expect(page.locator("h1")).to_have_text("Cette semaine")
    expect(page.get_by_role("heading", name="1 paiement suspendu")).to_be_visible()
    page.get_by_role("link", name="Deux extraits").click()
    expect(page.locator("table")).to_contain_text("SANS PERSONNE")

    page.goto(f"{site_pilotage.adresse}/pilotage/liens/")
    page.get_by_label("Organisation de COUP DE POUCE").select_option(label="Coup de pouce")
    page.get_by_role("button", name="Relier COUP DE POUCE").click()
    expect(page.locator("#liens ~ ul")).to_contain_text("Coup de pouce : AI, ASP 1")
    check(page)

    contexte.clear_cookies()
    page = site_pilotage.sign_in(contexte, "direction", 1280)
    page.goto(f"{site_pilotage.adresse}/pilotage/")
    expect(page.locator("h1")).to_have_text("COUP DE POUCE")
    image = page.locator("figure.graphique img")
    image.scroll_into_view_if_needed()
    assert image.evaluate("i => i.complete && i.naturalWidth > 0")
    chiffre = page.locator(".cle .chiffre").first
    chiffre.focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("ETP conventionnés")
    expect(page.locator("table").last).to_contain_text("fluxIAE_AnnexeFinanciere")
    check(page)
    surveillance.assert_quiet()


def test_a_file_with_persons_is_refused_on_screen(
    site_pilotage: SiteMembres, contexte: BrowserContext, surveillance: Surveillance, tmp_path: Path
) -> None:
    dossier = write_extrait(tmp_path / "personnes")
    next(dossier.glob("*Structure*")).unlink()
    noms = [
        "structure_id_siae",
        "structure_denomination",
        "structure_adresse_mail_corresp_technique",
    ]
    write_vue(dossier, "Structure", [["1", "ESSAI", "une.personne@example.org"]], entete=noms)
    page = site_pilotage.sign_in(contexte, "delegation", 1280)
    page.goto(f"{site_pilotage.adresse}/pilotage/extraits/")
    bring_in(page, dossier, "L’extrait est refusé, rien n’est gardé.")
    assert "une.personne" not in page.content()
    check(page)
    surveillance.assert_quiet()
