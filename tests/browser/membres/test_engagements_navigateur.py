"""Before a meeting, in a real browser: a promise, a new minister, a cost from the rules, a public ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from factories.navigateur import Surveillance
from factories.site_servi import SiteMembres, serve
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.navigateur
PHRASE = "Une instruction demandera aux préfets d’associer largement les réseaux."


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SiteMembres]:
    """The small network, served."""
    with serve(tmp_path_factory.mktemp("donnees-engagements")) as servi:
        yield servi


def check(page: Page) -> None:
    """Axe finds nothing, and nothing is wider than the screen, at both widths."""
    for largeur in (390, 1280):
        page.set_viewport_size({"width": largeur, "height": 900})
        resultats = Axe().run(page)
        assert resultats.violations_count == 0, resultats.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def save(page: Page) -> None:
    page.get_by_role("button", name="Enregistrer").click()


def open_charge(page: Page, site: SiteMembres) -> None:
    """An office, and who holds it."""
    page.goto(f"{site.adresse}/dialogue/engagements/charges/nouvelle/")
    page.get_by_label("Intitulé").fill("Ministre de l’Essai")
    page.get_by_label("Qui la tient").fill("Anne Essai")
    page.get_by_label("Depuis le", exact=False).last.fill("2022-05-20")
    page.get_by_label("Page publique qui le dit").fill("https://page.example.org/nomination")
    save(page)
    expect(page.get_by_text("Anne Essai", exact=True)).to_be_visible()


def write_promise(page: Page) -> None:
    """A sentence, with a target that follows itself."""
    page.get_by_role("link", name="Inscrire un engagement").click()
    page.get_by_label("Nature").select_option("promesse faite au réseau")
    page.get_by_label("La phrase, telle qu’elle a été dite").fill(PHRASE)
    page.get_by_label("Dite le").fill("22 mars 2024")
    page.get_by_label("Échéance").fill("juin 2024")
    page.get_by_label("Visible par").select_option("public")
    page.get_by_label("Cible mesurable : indicateur").select_option("personnes_iae")
    save(page)  # half a target is refused, and what was typed is kept
    expect(page.get_by_role("alert")).to_contain_text("sont à corriger")
    expect(page.get_by_label("La phrase, telle qu’elle a été dite")).to_have_value(PHRASE)
    page.get_by_label("Cible : au moins ou au plus").select_option("au moins")
    page.get_by_label("Cible : valeur").fill("240 000")
    page.get_by_label("Cible : niveau").select_option("national")
    page.get_by_label("Cible : à la date du").fill("2022-12-31")
    save(page)
    expect(page.get_by_text("en retard depuis le 30 juin 2024")).to_be_visible()
    expect(page.get_by_text("Aucune valeur publiée pour le 31 décembre 2022.")).to_be_visible()
    page.get_by_role("button", name="Suivre").click()
    expect(page.get_by_role("button", name="Ne plus suivre")).to_be_visible()
    check(page)


def change_minister(page: Page) -> None:
    """One action; then what the one who comes says."""
    page.get_by_role("link", name="Ministre de l’Essai").first.click()
    page.get_by_role("link", name="Noter un changement").click()
    expect(page.get_by_text("1 engagement ouvert sera proposé")).to_be_visible()
    page.get_by_label("Dernier jour de Anne Essai").fill("2024-09-05")
    page.get_by_role("textbox", name="Qui arrive (facultatif)", exact=True).fill("Bruno Épreuve")
    page.get_by_label("Premier jour de la personne qui arrive").fill("2024-09-21")
    page.get_by_label("Page publique qui le dit").fill("https://page.example.org/decret")
    page.get_by_label("Nouvel intitulé").fill("Ministre du Plein-Essai")
    save(page)
    expect(page.get_by_role("heading", name="À faire reprendre")).to_be_visible()
    check(page)
    page.get_by_role("link", name="Noter la réponse").click()
    page.get_by_label("Réponse").select_option("repris")
    page.get_by_label("Donnée le").fill("2024-10-02")
    page.get_by_label("Ce qui a été dit").fill("Je m’y tiens.")
    save(page)
    expect(page.get_by_role("heading", name="Ce qui a été repris, ou non")).to_be_visible()


def cost_a_proposal(page: Page, site: SiteMembres) -> None:
    """A subject with its curve, a proposal whose cost only the rules give."""
    page.goto(f"{site.adresse}/dialogue/propositions/sujets/nouveau/")
    page.get_by_label("Titre").fill("Aide au poste des AI")
    page.get_by_label("Courbe tirée des règles").select_option(index=2)
    page.get_by_label("Visible par").select_option("public")
    save(page)
    page.goto(f"{site.adresse}/dialogue/propositions/nouvelle/")
    page.get_by_label("Titre").fill("Porter l’aide à 4 000 €")
    page.get_by_label("Texte").fill("Nous demandons 4 000 € par équivalent temps plein.")
    page.get_by_label("Sujet").select_option("Aide au poste des AI")
    page.get_by_label("Visible par").select_option("public")
    save(page)
    page.get_by_role("link", name="Chiffrer").click()
    page.get_by_label("Que chiffrer").select_option("publie:ai_4000_plf_2021")
    page.get_by_label("Effectif").select_option("execution_2019:AI")
    check(page)
    save(page)
    expect(page.get_by_text("54 M€").first).to_be_visible()
    check(page)
    page.get_by_role("link", name="Refaire ce calcul").click()
    expect(page.get_by_text("donnent le même résultat")).to_be_visible()
    check(page)


def test_a_promise_lasts_longer_than_the_minister(navigateur: Browser, site: SiteMembres) -> None:
    surveillance = Surveillance()
    contexte = navigateur.new_context(locale="fr-FR")
    contexte.on("page", surveillance.watch)
    page = site.sign_in(contexte, "delegation", 1280)
    open_charge(page, site)
    write_promise(page)
    change_minister(page)
    cost_a_proposal(page, site)
    contexte.close()

    # a journalist, who has no account
    visiteur = navigateur.new_context(locale="fr-FR", color_scheme="dark")
    visiteur.on("page", surveillance.watch)
    page = visiteur.new_page()
    page.goto(f"{site.adresse}/dialogue/engagements/?retard=oui")
    expect(page.get_by_text("1 promesse ouverte, dont 1 en retard")).to_be_visible()
    check(page)
    page.get_by_role("link", name=PHRASE).click()
    etapes = page.locator(".chronologie li")
    expect(etapes).to_have_count(3)
    expect(etapes.nth(0)).to_contain_text("Anne Essai, Ministre de l’Essai")
    expect(etapes.nth(2)).to_contain_text("Je m’y tiens.")
    check(page)
    page.goto(f"{site.adresse}/dialogue/propositions/sujets/aide-au-poste-des-ai/")
    image = page.locator("figure img")
    image.scroll_into_view_if_needed()
    assert image.evaluate("i => i.complete && i.naturalWidth") > 0
    check(page)
    visiteur.close()
    # Chromium tells of the form that was refused on purpose
    surveillance.erreurs = [e for e in surveillance.erreurs if "status of 400" not in e]
    surveillance.assert_quiet()
