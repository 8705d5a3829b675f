"""Every type of page in a real browser, at two widths: accessible, self-contained, in its width."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Page


pytestmark = pytest.mark.navigateur

PAGES = {
    "accueil": "/",
    "accueil epci": "/?niveau=epci&indicateur=part_sans_ai_30min",
    "accueil divergent": "/?niveau=departement&indicateur=ecart_demandeurs",
    "recherche": "/territoires/recherche/?q=saint-denis",
    "recherche vaine": "/territoires/recherche/?q=zzzzzz",
    "liste": "/territoires/clpe/",
    "liste communes": "/territoires/commune/?page=3",
    "france": "/territoires/france/FR/",
    "région": "/territoires/region/53/",
    "département": "/territoires/departement/35/",
    "Corse-du-Sud": "/territoires/departement/2A/",
    "Guyane": "/territoires/departement/973/",
    "Mayotte": "/territoires/departement/976/",
    "zone d’emploi": "/territoires/zone-emploi/5306/",
    "EPCI": "/territoires/epci/243500741/",
    "Paris": "/territoires/commune/75056/",
    "Lyon": "/territoires/commune/69123/",
    "Marseille": "/territoires/commune/13055/",
    "arrondissement": "/territoires/commune/13201/",
    "commune inhabitée": "/territoires/commune/55039/",
    "commune rétablie": "/territoires/commune/15031/",
    "île sans EPCI": "/territoires/commune/29083/",
    "cibles": "/cibles-2022/",
    "chiffre": "/chiffres/departement/35/personnes_iae/2022-09/",
    "chiffre absent": "/chiffres/departement/976/taux_pauvrete/2021/",
    "indicateurs": "/indicateurs/",
    "indicateur": "/indicateurs/part_sans_tous_30min/",
    "méthode": "/methode/",
    "accessibilité": "/accessibilite/",
}
ERREURS = {"inconnu": "/territoires/departement/99/", "adresse": "/nulle-part/"}
LARGEURS = (1280, 390)


@pytest.mark.parametrize("largeur", LARGEURS)
@pytest.mark.parametrize("adresse", PAGES.values(), ids=PAGES.keys())
def test_page_is_accessible_and_self_contained(
    site: str,
    contexte: BrowserContext,
    surveillance: Any,
    adresse: str,
    largeur: int,
) -> None:
    page = contexte.new_page()
    page.set_viewport_size({"width": largeur, "height": 900})
    answer = page.goto(site + adresse)
    assert answer is not None
    assert answer.status == 200
    _assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= largeur
    assert page.locator("h1").count() == 1
    assert page.title().endswith("· Maillage")
    assert contexte.cookies() == []
    images = page.evaluate("[...document.images].every(i => i.complete && i.naturalWidth > 0)")
    assert images
    surveillance.assert_quiet()


@pytest.mark.parametrize("adresse", ERREURS.values(), ids=ERREURS.keys())
def test_error_page_has_a_way_out(site: str, contexte: BrowserContext, adresse: str) -> None:
    page = contexte.new_page()
    answer = page.goto(site + adresse)
    assert answer is not None
    assert answer.status == 404
    _assert_accessible(page)
    assert "MLG-" in page.inner_text("main")
    page.get_by_role("link", name="Chercher un territoire").click()
    assert page.url.endswith("/territoires/recherche/")


@pytest.mark.parametrize("adresse", ["/", "/territoires/departement/35/", "/cibles-2022/"])
def test_dark_theme_keeps_its_contrasts(site: str, navigateur: Browser, adresse: str) -> None:
    contexte = navigateur.new_context(color_scheme="dark")
    page = contexte.new_page()
    page.goto(site + adresse)
    _assert_accessible(page)
    contexte.close()


@pytest.mark.parametrize(
    ("largeur", "schema", "attendu"),
    [
        (1280, "light", set()),
        (1280, "dark", {"theme=sombre"}),
        (390, "light", {"format=etroit"}),
        (390, "dark", {"theme=sombre", "format=etroit"}),
    ],
)
def test_charts_follow_the_theme_and_the_width(
    site: str, navigateur: Browser, largeur: int, schema: Any, attendu: set[str]
) -> None:
    """The dark charts were never served: « (not print) » is not a media condition."""
    contexte = navigateur.new_context(
        color_scheme=schema, viewport={"width": largeur, "height": 900}
    )
    page = contexte.new_page()
    page.goto(f"{site}/cibles-2022/")
    images = page.eval_on_selector_all(
        ".graphique img", "tous => tous.map(i => [i.currentSrc, i.naturalWidth, i.width])"
    )
    assert len(images) == 4
    for adresse, naturelle, affichee in images:
        assert set(filter(None, adresse.partition("?")[2].split("&"))) == attendu
        # labels are 13 px in the drawing: at least 12 px on the page
        assert affichee / naturelle >= 12 / 13
    contexte.close()


def test_text_can_be_enlarged_to_200_percent(site: str, contexte: BrowserContext) -> None:
    """1280 CSS pixels at 200 % leave 640: nothing may ask for a sideways scroll."""
    page = contexte.new_page()
    page.set_viewport_size({"width": 640, "height": 450})
    for adresse in ("/", "/territoires/departement/35/", "/cibles-2022/"):
        page.goto(site + adresse)
        assert page.evaluate("document.documentElement.scrollWidth") <= 640


@pytest.mark.parametrize(
    "adresse",
    ["/", "/territoires/departement/35/", "/territoires/commune/55039/", "/cibles-2022/"],
)
def test_every_figure_is_a_link_that_answers(
    site: str, contexte: BrowserContext, adresse: str
) -> None:
    page = contexte.new_page()
    page.goto(site + adresse)
    assert page.locator(".chiffre").count() > 5
    assert page.locator(".chiffre:not(a[href])").count() == 0
    liens = page.eval_on_selector_all("a.chiffre", "tous => [...new Set(tous.map(a => a.href))]")
    for lien in liens[:: max(1, len(liens) // 60)]:
        assert contexte.request.get(lien).status == 200, lien


@pytest.mark.parametrize(
    ("adresse", "titre"),
    [
        ("/", "Où a-t-on besoin"),
        ("/territoires/departement/35/", "Ille-et-Vilaine"),
        ("/chiffres/departement/35/personnes_iae/2022-09/", "Personnes en IAE"),
        ("/cibles-2022/", "Qu’ont suivi les cibles"),
    ],
)
def test_printed_page_has_title_address_date_and_sources(
    site: str, contexte: BrowserContext, tmp_path: Path, adresse: str, titre: str
) -> None:
    page = contexte.new_page()
    page.goto(site + adresse)
    document = page.pdf(path=tmp_path / "page.pdf", format="A4")
    assert document.startswith(b"%PDF")
    page.emulate_media(media="print")
    texte = page.inner_text("body")
    for attendu in (titre, site + adresse, "imprimé le", "Sources et licences"):
        assert attendu in texte
    assert not page.locator(".navigation").is_visible()


def _assert_accessible(page: Page) -> None:
    resultat = Axe().run(page)
    assert resultat.violations_count == 0, resultat.generate_report()
