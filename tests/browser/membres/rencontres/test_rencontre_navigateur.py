"""A meeting in a real browser: notes without network, two people at once, then who reads what."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

pytestmark = pytest.mark.navigateur


def see(page: Page, nom: str) -> None:
    """Keep a picture of the page for whoever asks for them by MAILLAGE_IMAGES."""
    dossier = os.environ.get("MAILLAGE_IMAGES")
    if dossier:
        page.screenshot(path=str(Path(dossier) / f"{nom}.png"), full_page=True)


def assert_accessible(page: Page) -> None:
    resultats = Axe().run(page)
    assert resultats.violations_count == 0, resultats.generate_report()
    largeur = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert largeur <= 0, "la page défile de côté"


def open_notes(site: Any, role: str, largeur: int = 1280) -> tuple[BrowserContext, Page]:
    """The note-taking screen of a person, whose network will be cut: its console is not watched."""
    contexte = site.open(role, largeur, is_surveille=False)
    page = contexte.new_page()
    page.on("dialog", lambda d: d.accept())
    page.goto(f"{site.fiche}notes/")
    expect(page.locator("#etat-notes")).to_have_text("Tout est enregistré.")
    return contexte, page


def write(page: Page, texte: str) -> None:
    page.get_by_label("Note", exact=True).fill(texte)
    page.keyboard.press("Enter")


def line(page: Page, texte: str) -> Any:
    return page.locator("#notes > li").filter(has_text=texte)


def test_notes_go_on_without_network_and_nobody_loses_anything(site: Any) -> None:
    une, page = open_notes(site, "delegation")
    autre, ailleurs = open_notes(site, "administration", 390)

    # by key: Alt and a figure choose the nature, Enter adds
    page.get_by_label("Qui parle").first.select_option("Direction de l’administration")
    page.keyboard.press("Alt+2")
    write(page, "Une instruction sera envoyée aux préfets")
    expect(line(ailleurs, "Une instruction")).to_contain_text("Déclaration")
    expect(line(ailleurs, "Une instruction")).to_contain_text("Direction de l’administration")
    expect(page.locator("#etat-notes")).to_have_text("Tout est enregistré.")
    see(page, "notes-1280")
    see(ailleurs, "notes-390")
    assert_accessible(page)
    assert_accessible(ailleurs)

    # both lose the network and write; one opens the screen again meanwhile
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    une.set_offline(True)
    autre.set_offline(True)
    write(page, "Notée sans réseau, par la première")
    write(page, "Une autre, sans réseau")
    expect(page.locator("#etat-notes")).to_contain_text(
        "En attente\u00a0: 2\u00a0notes, gardées sur cet appareil"
    )
    write(ailleurs, "Notée sans réseau, par l’autre")
    expect(ailleurs.locator("#etat-notes")).to_contain_text("1\u00a0note, gardée sur cet appareil")
    page.reload()
    expect(page.locator("#etat-notes")).to_contain_text("2\u00a0notes, gardées")
    expect(line(page, "Notée sans réseau, par la première")).to_contain_text("en attente")
    expect(page.locator("#notes-absentes")).to_be_visible()
    see(page, "notes-hors-ligne-1280")

    une.set_offline(False)
    autre.set_offline(False)
    for vue in (page, ailleurs):
        expect(vue.locator("#etat-notes")).to_have_text("Tout est enregistré.")
        for texte in ("par la première", "Une autre, sans réseau", "par l’autre"):
            expect(line(vue, texte)).to_contain_text("enregistré")
    assert page.evaluate("Object.keys(localStorage).length") == 0

    une.close()
    autre.close()


def test_one_note_changed_by_two_people_at_once_keeps_both_texts(site: Any) -> None:
    une, page = open_notes(site, "delegation")
    autre, ailleurs = open_notes(site, "administration", 390)
    write(page, "Une instruction partira vers les préfets")
    expect(line(ailleurs, "Une instruction partira")).to_be_visible()
    for vue, texte in ((page, "aux préfets, en avril"), (ailleurs, "aux préfets et aux DDETS")):
        line(vue, "Une instruction partira").get_by_role("button", name="Modifier").click()
        (une if vue is page else autre).set_offline(True)
        vue.get_by_label("Texte de la note").fill(f"Une instruction partira {texte}")
        expect(vue.locator("#etat-notes")).to_contain_text("En attente")
    une.set_offline(False)
    expect(page.locator("#etat-notes")).to_have_text("Tout est enregistré.")
    autre.set_offline(False)
    expect(ailleurs.locator("#etat-notes")).to_contain_text("1\u00a0note a deux textes")
    heurt = line(ailleurs, "Rien n’est perdu")
    expect(heurt).to_contain_text("en avril")
    expect(heurt).to_contain_text("aux DDETS")
    see(ailleurs, "notes-heurt-390")
    assert_accessible(ailleurs)
    # until somebody chooses, both stay, a closed page included
    ailleurs.reload()
    expect(line(ailleurs, "Rien n’est perdu")).to_contain_text("aux DDETS")
    ailleurs.get_by_text("Réunir les deux").click()
    ailleurs.get_by_label("Les deux textes réunis").fill(
        "Une instruction aux préfets et aux DDETS, en avril"
    )
    ailleurs.get_by_role("button", name="Enregistrer ce texte").click()
    expect(ailleurs.locator("#etat-notes")).to_have_text("Tout est enregistré.")
    champ = page.get_by_label("Texte de la note")
    expect(champ).to_have_value("Une instruction aux préfets et aux DDETS, en avril")
    une.close()
    autre.close()


def test_leaving_with_something_unsent_asks_first(site: Any) -> None:
    contexte, page = open_notes(site, "delegation")
    contexte.set_offline(True)
    write(page, "Pas encore partie")
    expect(page.locator("#etat-notes")).to_contain_text("En attente")
    demandes: list[str] = []
    page.on("dialog", lambda d: demandes.append(d.type))
    page.close(run_before_unload=True)
    page.wait_for_event("close")
    assert demandes == ["beforeunload"]
    contexte.set_offline(False)
    # the device kept it: the screen sends it when it is opened again
    page = contexte.new_page()
    page.goto(f"{site.fiche}notes/")
    expect(line(page, "Pas encore partie")).to_contain_text("enregistré")
    contexte.close()


def test_from_a_planned_meeting_to_minutes_that_the_partner_agrees_on(site: Any) -> None:
    page = site.open("delegation").new_page()
    page.goto(f"{site.fiche}notes/")
    write(page, "Roadmap partagée avec l’administration")
    write(page, "Notre stratégie de négociation")
    expect(line(page, "stratégie")).to_contain_text("enregistré")
    page.goto(site.fiche)
    page.get_by_role("button", name="Elle a eu lieu").click()
    page.get_by_role("link", name="Décider qui lit quoi").first.click()
    page.get_by_label("Visible par : Roadmap partagée").select_option("espace")
    see(page, "partage-1280")
    assert_accessible(page)
    page.get_by_role("button", name="Enregistrer ces choix").click()
    page.get_by_role("button", name="Proposer un compte rendu").click()
    see(page, "compte-rendu-1280")
    assert_accessible(page)

    partenaire = site.open("partenaire", 390).new_page()
    partenaire.goto(f"{site.adresse}/dialogue/rencontres/")
    assert_accessible(partenaire)
    see(partenaire, "liste-partenaire-390")
    partenaire.get_by_role("link", name="Compte rendu 1").click()
    assert "stratégie" not in partenaire.content()
    partenaire.get_by_label("d’accord avec une réserve").check()
    partenaire.get_by_label("Commentaire").fill("La date reste à fixer.")
    partenaire.get_by_role("button", name="Donner mon avis").click()
    assert "1\u00a0accord avec réserve" in partenaire.inner_text("main")
    see(partenaire, "compte-rendu-390")
    assert_accessible(partenaire)
    page.goto(site.fiche)
    expect(page.locator("#compte-rendu + p")).to_contain_text("1\u00a0accord avec réserve")
    site.surveillance.assert_quiet()


def test_every_screen_holds_at_both_widths(site: Any) -> None:
    for largeur in (1280, 390):
        page = site.open("delegation", largeur).new_page()
        for nom, chemin in (
            ("liste", f"{site.adresse}/dialogue/rencontres/"),
            ("liste-vide", f"{site.adresse}/dialogue/rencontres/?q=introuvable"),
            ("nouvelle", f"{site.adresse}/dialogue/rencontres/nouvelle/"),
            ("fiche", site.fiche),
            ("modifier", f"{site.fiche}modifier/"),
            ("participants", f"{site.fiche}participants/"),
            ("annuler", f"{site.fiche}annuler/"),
            ("publications", f"{site.fiche}publications/"),
            ("point", f"{site.fiche}points/ajouter/"),
            ("partage", f"{site.fiche}partage/"),
            ("document", f"{site.fiche}documents/"),
            ("inviter", f"{site.fiche}inviter/"),
        ):
            if nom == "document":  # opened by a link of the page, never listed
                page.goto(f"{site.fiche}")
                page.get_by_role("link", name="Joindre un document").click()
            else:
                page.goto(chemin)
            page.wait_for_load_state("networkidle")
            see(page, f"rencontre-{nom}-{largeur}")
            assert_accessible(page)
    site.surveillance.assert_quiet()


def test_a_note_is_added_without_script(site: Any) -> None:
    page = site.open("delegation", script=False).new_page()
    page.goto(f"{site.fiche}notes/")
    page.get_by_label("Note", exact=True).fill("Notée sans script")
    page.get_by_role("button", name="Ajouter").click()
    page.goto(site.fiche)
    assert "Notée sans script" in page.inner_text("main")
