"""« Where do we sit, where does nobody sit, what have we asked for, what changed this year? »

The story of a secretary general, from an empty site to the map, in a real browser, then the same
pages as a visitor on a phone.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from factories.navigateur import free_port, wait_for
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from factories.navigateur import Surveillance
    from playwright.sync_api import BrowserContext, Page

pytestmark = pytest.mark.navigateur
TESTS = Path(__file__).resolve().parents[3]
SERVIR = (
    "import typer; from maillage.web.commandes import site;"
    "app = typer.Typer(); app.command()(site); app()"
)


@dataclass(frozen=True)
class Site:
    """A site that is served, and a session per role."""

    adresse: str
    sessions: dict[str, str]

    def sign_in(self, contexte: BrowserContext, role: str) -> Page:
        """A page of that role."""
        cle = self.sessions[role]
        contexte.add_cookies([{"name": "maillage-session", "value": cle, "url": self.adresse}])
        return contexte.new_page()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The small network, served as `maillage site` serves it."""
    env = {
        **os.environ,
        "MAILLAGE_DONNEES": str(tmp_path_factory.mktemp("donnees-espaces")),
        "MAILLAGE_BASE": "",
        "DJANGO_SETTINGS_MODULE": "maillage.web.config.settings",
        "PYTHONPATH": os.pathsep.join([str(TESTS), *sys.path]),
    }
    remplir = [sys.executable, str(TESTS / "factories" / "site_membres.py")]
    rempli = subprocess.run(remplir, env=env, capture_output=True, text=True, check=True)
    port = free_port()
    serveur = subprocess.Popen(
        [sys.executable, "-c", SERVIR, "--port", str(port), "--ne-pas-ouvrir"], env=env
    )
    adresse = f"http://127.0.0.1:{port}"
    try:
        wait_for(adresse, serveur)
        yield Site(adresse, json.loads(rempli.stdout)["sessions"])
    finally:
        serveur.terminate()
        serveur.wait(timeout=30)


def check(page: Page, *largeurs: int) -> None:
    """Accessible, in its width, with one heading, in both widths unless told otherwise."""
    for largeur in largeurs or (1280, 390):
        page.set_viewport_size({"width": largeur, "height": 900})
        violations: list[Any] = Axe().run(page).response["violations"]
        assert [(v["id"], [n["target"] for n in v["nodes"]]) for v in violations] == [], largeur
        assert page.evaluate("document.documentElement.scrollWidth") <= largeur
    assert page.locator("h1").count() == 1


def install(page: Page, adresse: str) -> None:
    """From the empty list to the bodies of the texts, with a preview before."""
    page.goto(f"{adresse}/dialogue/espaces/")
    expect(page.locator(".constat")).to_contain_text("Aucun espace de dialogue")
    check(page)
    page.click(".vide >> text=Installez les instances")
    expect(page.locator("#t-installer")).to_be_visible()
    check(page)
    page.click("button:has-text('Installer les instances')")
    expect(page.locator(".annonces")).to_contain_text("espaces installés")
    expect(page.locator(".constat")).to_contain_text("nous ne siégeons dans aucun")
    check(page)


def take_a_seat(page: Page) -> None:
    """In the commission of a département; then the mandate ends and the seat stands vacant."""
    page.fill("main [name=q]", "commission ille-et-vilaine")
    page.click("text=Filtrer")
    page.click("main table a:has-text('Ille-et-Vilaine')")
    expect(page.locator(".constat")).to_contain_text("On ne sait pas qui y siège")
    page.click("text=Ce que les textes en disent")
    expect(page.locator("dd:has-text('Décret'), dd:has-text('décret')").first).to_be_visible()
    check(page)
    page.click("text=Ajouter un siège")
    page.click("button:has-text('Enregistrer')")  # what is missing is told by the browser itself
    page.select_option("[name=cote]", "reseau")
    page.fill("[name=occupant]", "Coup de pouce")
    page.fill("[name=au_nom_de]", "les réseaux de Bretagne")
    page.fill("[name=date_debut]", "2024-09-01")
    check(page, 390)
    page.click("button:has-text('Enregistrer')")
    expect(page.locator(".constat")).to_contain_text("Le réseau y tient 1")
    page.click("text=Mettre fin")
    page.fill("[name=motif_fin]", "siège perdu")
    page.fill("[name=date_fin]", "2024-12-31")
    check(page, 390)
    page.click("button:has-text('Mettre fin à un mandat')")
    expect(page.locator(".constat")).to_contain_text("1 siège du réseau est vacant")
    page.click("text=Pourvoir")
    page.fill("[name=occupant]", "La Passerelle")
    page.click("button:has-text('Enregistrer')")
    expect(page.locator(".constat")).to_contain_text("Le réseau y tient 1")
    page.click("text=Mandats terminés")
    expect(page.locator("details[open]").last).to_contain_text("siège perdu")
    check(page, 390)


def rename_a_space(page: Page, adresse: str) -> None:
    page.goto(f"{adresse}/dialogue/espaces/?instance=clpe&q=redon")
    page.click("main table tbody a >> nth=0")
    page.click("text=Dire ce qu’il devient")
    page.select_option("[name=nature]", "renommage")
    page.fill("[name=a_compter_du]", "2025-01-01")
    check(page, 390)
    page.click("button.danger")
    expect(page.locator(".erreurs-resume")).to_contain_text("nommez celui qui est à créer")
    page.fill("[name=nouveau_nom]", "Comité du pays de Redon")
    page.click("button.danger")
    expect(page.locator("h1")).to_contain_text("Comité du pays de Redon")
    page.click("#t-filiation ~ ul a")
    expect(page.locator(".constat")).to_contain_text("N’existe plus depuis le 31 décembre 2024")
    check(page, 390)


def ask(page: Page, adresse: str) -> None:
    page.goto(f"{adresse}/dialogue/")
    check(page)
    page.click("text=Demander un espace")
    page.fill("[name=nom]", "Rendez-vous avec le cabinet")
    page.select_option("[name=nature]", "politique")
    page.select_option("[name=visibilite]", "public")
    assert page.input_value("[name=demande_par]") == "Réseau d’essai"
    check(page, 390)
    page.click("button:has-text('Enregistrer')")
    expect(page.locator(".constat")).to_contain_text("il n’existe pas encore")


def look_around(page: Page, adresse: str) -> None:
    """The map from the keyboard, its table, the year, the territoire."""
    page.goto(f"{adresse}/dialogue/espaces/carte/")
    expect(page.locator(".constat")).to_contain_text("Nous siégeons dans 1")
    forme = page.locator("svg [aria-label='Ille-et-Vilaine\u00a0: nous y siégeons']")
    expect(forme).to_have_count(1)
    check(page)
    page.locator("svg[data-carte] a[tabindex='0']").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("svg[data-carte] a:focus")).to_have_count(1)
    page.goto(f"{adresse}/dialogue/espaces/changements/?annee=2024")
    expect(page.locator("main")).to_contain_text("96 CDIAE")
    check(page)
    page.goto(f"{adresse}/dialogue/territoires/departement/35/")
    check(page)
    page.goto(f"{adresse}/dialogue/agenda/")
    check(page)
    page.click("button:has-text('Ouvrir mon agenda')")
    assert page.input_value("#adresse-agenda").endswith(".ics")
    check(page)


def test_where_we_sit_where_nobody_sits_and_what_is_asked_for(
    site: Site, contexte: BrowserContext, surveillance: Surveillance
) -> None:
    page = site.sign_in(contexte, "delegation")
    install(page, site.adresse)
    take_a_seat(page)
    rename_a_space(page, site.adresse)
    ask(page, site.adresse)
    look_around(page, site.adresse)
    contexte.clear_cookies()
    page.emulate_media(color_scheme="dark")
    for adresse in ("/dialogue/", "/dialogue/espaces/", "/dialogue/espaces/carte/?instance=cde"):
        page.goto(f"{site.adresse}{adresse}")
        expect(page.locator("main")).not_to_contain_text("Ajouter un espace")
        check(page)
    page.goto(f"{site.adresse}/dialogue/espaces/?presence=demande")
    expect(page.locator("main table")).to_contain_text("Rendez-vous avec le cabinet")
    surveillance.assert_quiet()
