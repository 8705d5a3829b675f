"""The three questions of a director, answered on screen from an accounting file and an extract.

The delegation brings the extract in and says whose a structure is; the director hands over their accounts, says
which account holds the aide au poste, and reads what an hour costs, how many balance the year, how many months
of cash are left. Every figure is added up by hand here, from `factories.exercices`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from factories.exercices import write_exercice
from factories.extraits_site import write_year
from factories.site_servi import SiteMembres, serve
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from factories.navigateur import Surveillance
    from playwright.sync_api import BrowserContext, Page

pytestmark = pytest.mark.navigateur


@pytest.fixture(scope="module")
def site_economie(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SiteMembres]:
    """The small network, without any extract nor any account yet."""
    with serve(tmp_path_factory.mktemp("donnees-economie")) as servi:
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


def open_to_the_structure(page: Page, site: SiteMembres, extrait: Path) -> None:
    """Bring the extract in and tie its structure, as the delegation does."""
    page.goto(f"{site.adresse}/pilotage/imports/")
    page.set_input_files("[name=fichiers]", sorted(extrait.iterdir()))
    page.get_by_role("button", name="Importer").click()
    expect(page.locator("#import .constat")).to_have_text("L’extrait est importé.")
    page.goto(f"{site.adresse}/pilotage/liens/")
    page.get_by_label("Organisation de COUP DE POUCE").select_option(label="Coup de pouce")
    page.get_by_role("button", name="Relier COUP DE POUCE").click()


def test_the_three_questions_of_a_director(
    site_economie: SiteMembres, contexte: BrowserContext, surveillance: Surveillance, tmp_path: Path
) -> None:
    page = site_economie.sign_in(contexte, "delegation", 1280)
    open_to_the_structure(page, site_economie, write_year(tmp_path / "extrait"))
    contexte.clear_cookies()

    page = site_economie.sign_in(contexte, "direction", 1280)
    page.goto(f"{site_economie.adresse}/espace/")
    page.get_by_role("link", name="Ouvrir la page de ma structure").click()
    page.get_by_role("link", name="Mes comptes").click()
    check(page)
    page.get_by_role("link", name="Déposer un fichier des écritures comptables (FEC)").click()
    check(page)
    fichier = write_exercice(tmp_path, nom="FEC20241231.txt")
    page.set_input_files("[name=fichier]", fichier)
    page.get_by_role("button", name="Lire ce fichier").click()
    expect(page.locator("h1")).to_have_text("Ce que coûte une heure")

    page.get_by_role("link", name="Dire où elle est").click()
    check(page)
    page.get_by_label("741100").check()
    page.get_by_role("button", name="Garder ce choix").click()

    # 132,400 € of operating charges by 2,040 hours billed; 120,000 € of sales and 18,000 € of aid, less
    # 26,400 € of pay and 20,000 ÷ 90,000 of contributions: 105,733.33 €, of which 91,633.33 € are needed;
    # 13,800 € in the bank for 129,000 € paid out in twelve months
    constat = page.locator(".constat")
    expect(constat).to_contain_text("Une heure coûte 64,90")
    expect(constat).to_contain_text("rapporte 58,82")
    expect(constat).to_contain_text("8,82")
    expect(constat).to_contain_text(
        "l’équilibre est à 1\u202f768\u202fheures, 272 de moins que l’année"
    )
    expect(constat).to_contain_text("la trésorerie couvre 1,3")
    expect(page.locator(".cle", has_text="Résultat")).to_contain_text("14\u202f100")
    image = page.locator("figure.graphique img")
    image.scroll_into_view_if_needed()
    assert image.evaluate("i => i.decode().then(() => i.naturalWidth > 0)")
    check(page)

    page.get_by_role("link", name="Du 1er janvier 2024 au 31 décembre 2024").click()
    page.get_by_text("Excédent brut d’exploitation", exact=False).first.click()
    expect(page.get_by_text("641100").first).to_be_visible()
    check(page)
    for suite in ("", "nouveau/?depuis=comptes&etp=2&effectif=8"):
        page.goto(f"{page.url.partition('exercices/')[0].partition('modeles/')[0]}modeles/{suite}")
        check(page)
    page.get_by_role("button", name="Garder ce modèle").first.click()
    expect(page.locator(".constat")).to_contain_text("la trésorerie est au plus bas")
    check(page)
    surveillance.assert_quiet()
