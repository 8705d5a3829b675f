"""Typing dialogue in a real browser as the secretary general does: a page, its fields, its button."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from factories.navigateur import Surveillance
from playwright.sync_api import expect

if TYPE_CHECKING:
    from factories.site_servi import SiteMembres
    from playwright.sync_api import Browser, Locator, Page


@dataclass
class Saisie:
    """Somebody in front of the site.

    Attributes:
        page: Their page.
        adresse: Where the site answers.
    """

    page: Page
    adresse: str

    def go(self, chemin: str) -> Page:
        """Open an address of the site, which answers."""
        answer = self.page.goto(f"{self.adresse}{chemin}")
        assert answer is not None
        assert answer.status == 200, (answer.status, chemin)
        return self.page

    def link(self, nom: str, *, exact: bool = False) -> None:
        """Follow a link of the page by its words."""
        self.page.get_by_role("link", name=nom, exact=exact).first.click()

    def fill(self, prefixe: str = "", /, **champs: str) -> None:
        """Fill fields by their names; a choice is made by the words that are read."""
        for nom, valeur in champs.items():
            champ = self.page.locator(f"main [name='{prefixe}{nom}']")
            if champ.evaluate("c => c.tagName") == "SELECT":
                champ.select_option(label=valeur)
            else:
                champ.fill(valeur)

    def send(self, bouton: str = "Enregistrer") -> str:
        """Send the form, that nothing refuses.

        Returns:
            Path of the page that answers.
        """
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=bouton, exact=True).click()
        refus = self.page.locator("main [role='alert']")
        assert refus.count() == 0, refus.first.inner_text()
        return self.path

    def create(self, chemin: str, **champs: str) -> str:
        """Open a form, fill it, send it: path of the page that answers."""
        self.go(chemin)
        self.fill(**champs)
        return self.send()

    @property
    def path(self) -> str:
        """Path of the page that is open."""
        return self.page.url.removeprefix(self.adresse).partition("?")[0]


@dataclass
class Lecteurs:
    """Those who read, each in a profile of their own, on a watched Chromium.

    Attributes:
        navigateur: Chromium.
        site: The site.
        surveillance: What pages did wrong.
    """

    navigateur: Browser
    site: SiteMembres
    surveillance: Surveillance = field(default_factory=Surveillance)

    def open(self, role: str = "", largeur: int = 1280) -> Saisie:
        """A person of a role; a visitor without one."""
        contexte = self.navigateur.new_context(locale="fr-FR", timezone_id="Europe/Paris")
        contexte.set_default_timeout(60_000)
        contexte.on("page", self.surveillance.watch)
        if role:
            return Saisie(self.site.sign_in(contexte, role, largeur), self.site.adresse)
        page = contexte.new_page()
        page.set_viewport_size({"width": largeur, "height": 900})
        return Saisie(page, self.site.adresse)


def main_of(saisie: Saisie, chemin: str) -> Locator:
    """What a page says."""
    return saisie.go(chemin).locator("main")


def status_of(saisie: Saisie, chemin: str) -> int:
    """What an address answers."""
    return saisie.page.request.get(f"{saisie.adresse}{chemin}").status


def text_of(saisie: Saisie, chemin: str) -> str:
    """Whole text of an address, a page with its source or a file."""
    answer = saisie.page.request.get(f"{saisie.adresse}{chemin}")
    assert answer.ok, (answer.status, chemin)
    return answer.body().decode("utf-8-sig")


def says(saisie: Saisie, *phrases: str) -> None:
    """The open page says each of these; spaces of any kind are alike."""
    for phrase in phrases:
        attendu = re.compile(r"\s*".join(map(re.escape, phrase.split())))
        expect(saisie.page.locator("main")).to_contain_text(attendu)


def see(saisie: Saisie, nom: str, *chemins: str) -> None:
    """Keep pictures, at both widths, for whoever asks for them by MAILLAGE_IMAGES; nothing overflows."""
    for rang, chemin in enumerate(chemins):
        saisie.go(chemin)
        for largeur in (1280, 390):
            saisie.page.set_viewport_size({"width": largeur, "height": 900})
            assert saisie.page.evaluate("document.documentElement.scrollWidth") <= largeur, chemin
            dossier = os.environ.get("MAILLAGE_IMAGES")
            if dossier:
                image = Path(dossier) / f"{nom}-{rang}-{largeur}.png"
                saisie.page.screenshot(path=str(image), full_page=True, animations="disabled")
        saisie.page.set_viewport_size({"width": 1280, "height": 900})
