"""Every page that reads the database, as somebody who may see it: axe finds nothing, in both widths."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from factories.site_servi import SiteMembres, serve

from maillage.web.config.acces import all_routes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.navigateur
LARGEURS = (1280, 390)
POUR_ECRIRE = 405
SANS_BASE = frozenset({"sante"} | {r for r, a in all_routes().items() if a.en_memoire}) - {
    "accueil"
}
"""Pages that are the same for everybody: walked by the tests of the territories and of the rules."""


@pytest.fixture(scope="module")
def site_entier(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SiteMembres]:
    """The network with two of everything."""
    with serve(tmp_path_factory.mktemp("donnees-entieres"), "parcourir") as servi:
        yield servi


def list_faults(page: Page) -> Iterator[tuple[Any, ...]]:
    """What axe reports and what is wider than the screen, at each width."""
    for largeur in LARGEURS:
        page.set_viewport_size({"width": largeur, "height": 900})
        for violation in Axe().run(page).response["violations"]:
            yield largeur, violation["id"], [noeud["target"] for noeud in violation["nodes"]][:3]
        trop_large = page.evaluate("document.documentElement.scrollWidth")
        if trop_large > largeur:
            yield largeur, "plus large que l’écran", trop_large
    if page.locator("h1").count() != 1:
        yield "h1", page.locator("h1").count()


def test_every_page_is_accessible_in_both_widths(
    navigateur: Browser, site_entier: SiteMembres
) -> None:
    fautes, vues = [], set()
    for role, cle in {**site_entier.sessions, "visiteur": ""}.items():
        contexte = navigateur.new_context(locale="fr-FR")
        if cle:
            contexte.add_cookies(
                [{"name": "maillage-session", "value": cle, "url": site_entier.adresse}]
            )
        page = contexte.new_page()
        for sien, route, adresse in site_entier.adresses:
            if sien != role or route in SANS_BASE:
                continue
            # files are not pages: asked for aside, since a browser would save them
            reponse = contexte.request.get(site_entier.adresse + adresse)
            nature = reponse.headers.get("content-type", "")
            if reponse.status == POUR_ECRIRE or not nature.startswith("text/html"):
                continue
            page.goto(site_entier.adresse + adresse)
            vues.add(route)
            fautes += [(role, route, *faute) for faute in list_faults(page)]
        contexte.close()
    assert not fautes, "\n".join(map(str, fautes))
    assert len(vues) > 80
